-- What a purchase does besides points and money (a code used, a certificate spent, a stamp given) is an effect: kept with the
-- purchase, applied and undone with it. Each kind brings two functions:
--   effect_<kind>_apply(business, now, purchase, member, ref, amount, detail): raises KO001 with a refusal's code to refuse it all;
--   effect_<kind>_undo(business, now, purchase, member, ref, amount, full, detail): takes back that part of the amount, and
--   answers NULL, or the code of a reason that says what could not be undone.
-- They run with the member's row locked, in the order of (kind, ref), so that two purchases never wait for each other in a circle.

ALTER TABLE operation ADD COLUMN certificate_minor bigint NOT NULL DEFAULT 0;

CREATE TABLE operation_effect (
  business_id bigint NOT NULL,
  operation_id bigint NOT NULL,
  no int NOT NULL,
  member_id bigint NOT NULL,
  kind text NOT NULL,
  ref text NOT NULL,
  amount bigint NOT NULL,
  undone bigint NOT NULL DEFAULT 0,
  detail jsonb NOT NULL,
  PRIMARY KEY (business_id, operation_id, no),
  CONSTRAINT operation_effect_undone CHECK (undone BETWEEN 0 AND amount)
);
CREATE INDEX operation_effect_business_id_kind_ref_operation_id_idx ON operation_effect (business_id, kind, ref, operation_id);

CREATE TABLE segment_member (
  business_id bigint NOT NULL,
  segment_id bigint NOT NULL,
  member_id bigint NOT NULL,
  entered_at timestamptz(3) NOT NULL,
  PRIMARY KEY (business_id, member_id, segment_id)
);
CREATE INDEX segment_member_business_id_segment_id_member_id_idx ON segment_member (business_id, segment_id, member_id);

ALTER TABLE operation_effect ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON operation_effect USING (business_id = current_business()) WITH CHECK (business_id = current_business());
ALTER TABLE segment_member ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON segment_member USING (business_id = current_business()) WITH CHECK (business_id = current_business());
GRANT SELECT, INSERT, UPDATE ON operation_effect TO kolo_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON segment_member TO kolo_app;

CREATE FUNCTION effects_apply(p_business bigint, p_now timestamptz, p_operation bigint, p_member bigint, p_effects jsonb) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE v record;
BEGIN
  FOR v IN
    SELECT row_number() OVER (ORDER BY e->>'kind', e->>'ref', at)::int AS no, e->>'kind' AS kind, e->>'ref' AS ref,
      (e->>'amount')::bigint AS amount, coalesce(e->'detail', '{}'::jsonb) AS detail
    FROM jsonb_array_elements(p_effects) WITH ORDINALITY AS x(e, at) ORDER BY 1
  LOOP
    INSERT INTO operation_effect (business_id, operation_id, no, member_id, kind, ref, amount, detail)
    VALUES (p_business, p_operation, v.no, p_member, v.kind, v.ref, v.amount, v.detail);
    EXECUTE format('SELECT %I($1, $2, $3, $4, $5, $6, $7)', 'effect_' || v.kind || '_apply')
    USING p_business, p_now, p_operation, p_member, v.ref, v.amount, v.detail;
  END LOOP;
END
$$;

-- Undoes each effect up to the share p_after of p_whole, as a difference of running totals: parts add up to the whole. Answers
-- what could not be undone, as reasons: the code, the ref, the amount and whatever the effect's detail has under 'say'.
CREATE FUNCTION effects_undo(
  p_business bigint, p_now timestamptz, p_origin bigint, p_member bigint, p_after bigint, p_whole bigint, p_full boolean
) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE v operation_effect; v_part bigint; v_code text; v_said jsonb := '[]';
BEGIN
  FOR v IN SELECT * FROM operation_effect e WHERE e.business_id = p_business AND e.operation_id = p_origin ORDER BY e.no LOOP
    v_part := CASE WHEN p_full THEN v.amount
      ELSE div(2 * v.amount::numeric * p_after + p_whole, 2 * p_whole::numeric)::bigint END - v.undone;
    CONTINUE WHEN v_part = 0 AND NOT p_full;
    EXECUTE format('SELECT %I($1, $2, $3, $4, $5, $6, $7, $8)', 'effect_' || v.kind || '_undo') INTO v_code
    USING p_business, p_now, p_origin, p_member, v.ref, v_part, p_full, v.detail;
    UPDATE operation_effect SET undone = undone + v_part
    WHERE business_id = p_business AND operation_id = p_origin AND no = v.no;
    IF v_code IS NOT NULL THEN
      v_said := v_said || jsonb_build_array(jsonb_build_object('code', v_code, 'ref', v.ref, 'amount', v_part::text)
        || coalesce(v.detail->'say', '{}'::jsonb));
    END IF;
  END LOOP;
  RETURN v_said;
END
$$;

DROP FUNCTION till_member;
-- As before, with the segments the member is in.
CREATE FUNCTION till_member(
  p_business bigint, p_now timestamptz, p_code text, p_phone text, p_uid text, p_member bigint, p_key text
) RETURNS TABLE (
  programme_version int, replay_operation bigint, replay_fingerprint text, found_by text,
  member_id bigint, person_id bigint, uid text, inviter_id bigint, source text, created_at timestamptz, blocked_at timestamptz,
  name text, phone text, email text, birth_date date, gender text, note text, tags jsonb, segments bigint[],
  version bigint, tier_id text, visits int, full_refunds int, cash_spent bigint, saved bigint,
  invited int, effective_invited int, first_at timestamptz, last_at timestamptz,
  available bigint, pending bigint, pending_at timestamptz, expires_at timestamptz, expires_points bigint, code_expires_at timestamptz
)
LANGUAGE plpgsql AS $$
DECLARE v_member bigint; v_by text; v_code_expires timestamptz;
BEGIN
  PERFORM set_config('kolo.business', p_business::text, true);
  IF p_code IS NOT NULL THEN
    SELECT c.member_id, 'code', c.expires_at INTO v_member, v_by, v_code_expires FROM member_code c
    WHERE c.business_id = p_business AND c.code = p_code AND c.used_at IS NULL AND c.expires_at > p_now;
  END IF;
  IF v_member IS NULL AND p_phone IS NOT NULL THEN
    SELECT p.member_id, 'phone' INTO v_member, v_by FROM member_profile p
    WHERE p.business_id = p_business AND p.phone = p_phone;
  END IF;
  IF v_member IS NULL AND p_uid IS NOT NULL THEN
    SELECT m.id, 'uid' INTO v_member, v_by FROM member m WHERE m.business_id = p_business AND m.uid = p_uid;
  END IF;
  IF v_member IS NULL AND p_member IS NOT NULL THEN
    SELECT m.id, 'id' INTO v_member, v_by FROM member m WHERE m.business_id = p_business AND m.id = p_member;
  END IF;
  RETURN QUERY
    SELECT
      (SELECT max(v.version) FROM programme_version v WHERE v.business_id = p_business),
      i.operation_id, i.fingerprint, v_by,
      m.id, m.person_id, m.uid, m.inviter_id, m.source, m.created_at, m.blocked_at,
      p.name, p.phone, p.email, p.birth_date, p.gender, p.note,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name) ORDER BY t.id), '[]'::jsonb)
       FROM member_tag mt JOIN tag t ON t.business_id = mt.business_id AND t.id = mt.tag_id
       WHERE mt.business_id = p_business AND mt.member_id = v_member),
      ARRAY(SELECT g.segment_id FROM segment_member g WHERE g.business_id = p_business AND g.member_id = v_member ORDER BY 1),
      s.version, s.tier_id, s.visits, s.full_refunds, s.cash_spent_minor, s.saved_minor,
      s.invited_count, s.effective_invited_count, s.first_at, s.last_at,
      l.live - greatest(0, l.owed - l.due), l.pending, l.pending_at, l.expires_at,
      (SELECT sum(e.remaining)::bigint FROM lot e
       WHERE e.business_id = p_business AND e.member_id = v_member AND e.remaining > 0 AND e.expires_at = l.expires_at),
      v_code_expires
    FROM (SELECT 1) one
    LEFT JOIN idempotency i ON i.business_id = p_business AND i.key = p_key
    LEFT JOIN member m ON m.business_id = p_business AND m.id = v_member
    LEFT JOIN member_profile p ON p.business_id = p_business AND p.member_id = v_member
    LEFT JOIN member_stats s ON s.business_id = p_business AND s.member_id = v_member
    LEFT JOIN LATERAL (
      SELECT
        coalesce(sum(remaining) FILTER (WHERE remaining > 0 AND x.available_at <= p_now AND (x.expires_at IS NULL OR x.expires_at > p_now)), 0)::bigint AS live,
        coalesce(-sum(remaining) FILTER (WHERE remaining < 0), 0)::bigint AS owed,
        coalesce(sum(remaining) FILTER (WHERE remaining > 0 AND x.expires_at <= p_now), 0)::bigint AS due,
        coalesce(sum(remaining) FILTER (WHERE remaining > 0 AND x.available_at > p_now), 0)::bigint AS pending,
        min(x.available_at) FILTER (WHERE remaining > 0 AND x.available_at > p_now) AS pending_at,
        min(x.expires_at) FILTER (WHERE remaining > 0 AND x.expires_at > p_now) AS expires_at
      FROM lot x WHERE x.business_id = p_business AND x.member_id = v_member AND x.remaining <> 0
    ) l ON true;
END
$$;

DROP FUNCTION record_purchase;
-- As before, with what a certificate pays and the effects that go with the purchase.
CREATE FUNCTION record_purchase(
  p_business bigint, p_now timestamptz, p_operation bigint, p_member bigint, p_version bigint,
  p_key text, p_fingerprint text, p_code text,
  p_total bigint, p_cash bigint, p_skip bigint, p_unredeemable bigint, p_discount bigint, p_points bigint,
  p_receipt text, p_staff bigint, p_location bigint, p_programme int, p_tier text, p_tier_after text,
  p_source text, p_actor_kind text, p_actor bigint, p_first boolean, p_because jsonb, p_lines jsonb,
  p_grant_kinds text[], p_grant_points bigint[], p_grant_available timestamptz[], p_grant_expires timestamptz[],
  p_certificate bigint DEFAULT 0, p_effects jsonb DEFAULT NULL
) RETURNS TABLE (outcome text, operation_id bigint)
LANGUAGE plpgsql AS $$
DECLARE v_stats member_stats; v_replay bigint; v_earned bigint := 0; v_expired bigint := 0;
BEGIN
  PERFORM set_config('kolo.business', p_business::text, true);
  SELECT * INTO v_stats FROM member_stats WHERE business_id = p_business AND member_id = p_member FOR UPDATE;
  v_replay := keep_key(p_business, p_key, p_fingerprint, p_operation, p_now);
  IF v_replay IS NOT NULL THEN RETURN QUERY SELECT 'replay', v_replay; RETURN; END IF;
  IF v_stats.version IS DISTINCT FROM p_version THEN
    -- The kept key goes again with the error, so that the next attempt finds it free.
    RAISE EXCEPTION 'stale' USING ERRCODE = 'KO002';
  END IF;
  IF p_code IS NOT NULL THEN
    UPDATE member_code SET used_at = p_now
    WHERE business_id = p_business AND code = p_code AND member_id = p_member AND used_at IS NULL AND expires_at > p_now;
    IF NOT FOUND THEN RAISE EXCEPTION 'code_unknown' USING ERRCODE = 'KO001'; END IF;
  END IF;
  IF p_points > 0 THEN
    v_expired := ledger_expire(p_business, p_member, p_now);
    PERFORM ledger_spend(p_business, p_member, p_operation, p_now, p_points, 'redeemed', 'spend');
  END IF;
  FOR i IN 1 .. coalesce(array_length(p_grant_points, 1), 0) LOOP
    PERFORM ledger_give(p_business, p_member, p_operation, p_now, p_grant_kinds[i], p_grant_points[i],
      p_grant_available[i], p_grant_expires[i], 'issued', 'earn');
    v_earned := v_earned + p_grant_points[i];
  END LOOP;
  INSERT INTO operation (business_id, id, kind, state, member_id, at, total_minor, cash_minor, skip_minor, unredeemable_minor,
    discount_minor, points_spent, points_earned, receipt_number, staff_id, location_id, programme_version, tier_id, source,
    is_first, because, certificate_minor)
  VALUES (p_business, p_operation, 'purchase', 'normal', p_member, p_now, p_total, p_cash, p_skip, p_unredeemable,
    p_discount, p_points, v_earned, p_receipt, p_staff, p_location, p_programme, p_tier, p_source, p_first, p_because,
    p_certificate);
  IF p_lines IS NOT NULL THEN
    INSERT INTO operation_line (business_id, operation_id, no, item_id, name, quantity, amount_minor)
    SELECT p_business, p_operation, x.no, (x.line->>'itemId')::bigint, x.line->>'name', (x.line->>'quantity')::int,
      (x.line->>'amountMinor')::bigint
    FROM jsonb_array_elements(p_lines) WITH ORDINALITY AS x(line, no);
  END IF;
  UPDATE member_stats SET
    version = version + 1, tier_id = p_tier_after, points = points + v_earned - p_points - v_expired,
    visits = visits + 1, cash_spent_minor = cash_spent_minor + p_cash, saved_minor = saved_minor + p_points + p_discount + p_certificate,
    first_at = least(first_at, p_now), last_at = greatest(last_at, p_now)
  WHERE business_id = p_business AND member_id = p_member;
  IF p_effects IS NOT NULL THEN
    PERFORM effects_apply(p_business, p_now, p_operation, p_member, p_effects);
  END IF;
  PERFORM audit_operation(p_business, p_now, p_operation, p_actor_kind, p_actor, 'purchase.record', p_member,
    jsonb_build_object('totalMinor', p_total, 'points', p_points));
  INSERT INTO outbox (business_id, member_id, type, payload, at, due_at)
  VALUES (p_business, p_member, 'purchase.recorded', jsonb_build_object('operationId', p_operation, 'totalMinor', p_total,
    'cashMinor', p_cash, 'discountMinor', p_discount, 'certificateMinor', p_certificate, 'pointsSpent', p_points, 'pointsEarned', v_earned,
    'pointsExpired', v_expired, 'isFirst', p_first, 'tierBefore', p_tier, 'tierAfter', p_tier_after), p_now, p_now);
  RETURN QUERY SELECT 'recorded', p_operation;
END
$$;

DROP FUNCTION refund_purchase;
-- As before, with the certificate's share; effects are undone with it, and what cannot be is said in the refund's explanation.
CREATE FUNCTION refund_purchase(
  p_business bigint, p_now timestamptz, p_operation bigint, p_origin bigint, p_member bigint, p_version bigint,
  p_key text, p_fingerprint text,
  p_refunded_before bigint, p_total bigint, p_cash bigint, p_discount bigint,
  p_returned_before bigint, p_returned bigint, p_taken_before bigint, p_taken bigint, p_revived timestamptz,
  p_full boolean, p_staff bigint, p_location bigint, p_programme int, p_tier text, p_tier_after text, p_source text, p_actor_kind text, p_actor bigint, p_because jsonb,
  p_certificate bigint DEFAULT 0
) RETURNS TABLE (outcome text, operation_id bigint)
LANGUAGE plpgsql AS $$
DECLARE v_stats member_stats; v_replay bigint; v_expired bigint; v_called bigint := 0; v_first timestamptz; v_last timestamptz;
  v_whole bigint; v_said jsonb;
BEGIN
  PERFORM set_config('kolo.business', p_business::text, true);
  SELECT * INTO v_stats FROM member_stats WHERE business_id = p_business AND member_id = p_member FOR UPDATE;
  v_replay := keep_key(p_business, p_key, p_fingerprint, p_operation, p_now);
  IF v_replay IS NOT NULL THEN RETURN QUERY SELECT 'replay', v_replay; RETURN; END IF;
  IF v_stats.version IS DISTINCT FROM p_version THEN
    RAISE EXCEPTION 'stale' USING ERRCODE = 'KO002';
  END IF;
  UPDATE operation SET refunded_minor = refunded_minor + p_total, state = CASE WHEN p_full THEN 'canceled' ELSE state END
  WHERE business_id = p_business AND id = p_origin AND kind = 'purchase' AND refunded_minor = p_refunded_before
  RETURNING total_minor INTO v_whole;
  IF NOT FOUND THEN RAISE EXCEPTION 'stale' USING ERRCODE = 'KO002'; END IF;
  v_expired := ledger_expire(p_business, p_member, p_now);
  IF p_taken > 0 THEN
    v_called := ledger_take_back(p_business, p_member, p_origin, p_operation, p_now, p_taken_before, p_taken);
  END IF;
  IF p_returned > 0 THEN
    PERFORM ledger_give_back(p_business, p_member, p_origin, p_operation, p_now, p_returned_before, p_returned, p_revived);
  END IF;
  v_said := effects_undo(p_business, p_now, p_origin, p_member, p_refunded_before + p_total, v_whole, p_full);
  INSERT INTO operation (business_id, id, kind, state, member_id, origin_id, at, total_minor, cash_minor, discount_minor,
    points_spent, points_earned, staff_id, location_id, programme_version, tier_id, source, because, certificate_minor)
  VALUES (p_business, p_operation, 'refund', 'reversal', p_member, p_origin, p_now, p_total, p_cash, p_discount,
    p_returned, p_taken, p_staff, p_location, p_programme, p_tier, p_source, p_because || v_said, p_certificate);
  v_first := v_stats.first_at; v_last := v_stats.last_at;
  IF p_full THEN
    SELECT min(at), max(at) INTO v_first, v_last FROM operation
    WHERE business_id = p_business AND member_id = p_member AND kind = 'purchase' AND state = 'normal';
  END IF;
  UPDATE member_stats SET
    version = version + 1, tier_id = p_tier_after, points = points + p_returned - p_taken + v_called - v_expired,
    visits = visits - p_full::int, full_refunds = full_refunds + p_full::int,
    cash_spent_minor = cash_spent_minor - p_cash, saved_minor = saved_minor - p_returned - p_discount - p_certificate,
    first_at = v_first, last_at = v_last
  WHERE business_id = p_business AND member_id = p_member;
  PERFORM audit_operation(p_business, p_now, p_operation, p_actor_kind, p_actor, 'purchase.refund', p_member,
    jsonb_build_object('originId', p_origin, 'totalMinor', p_total));
  INSERT INTO outbox (business_id, member_id, type, payload, at, due_at)
  VALUES (p_business, p_member, 'purchase.refunded', jsonb_build_object('operationId', p_operation, 'originId', p_origin,
    'totalMinor', p_total, 'cashMinor', p_cash, 'discountMinor', p_discount, 'certificateMinor', p_certificate, 'pointsReturned', p_returned,
    'pointsTaken', p_taken, 'pointsExpired', v_expired - v_called, 'isFull', p_full,
    'tierBefore', p_tier, 'tierAfter', p_tier_after), p_now, p_now);
  RETURN QUERY SELECT 'recorded', p_operation;
END
$$;
