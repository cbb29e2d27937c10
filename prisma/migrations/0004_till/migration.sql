-- The till's verbs: one round trip each. What is decided (amounts, tier, why) comes from the caller, decided on a version of
-- the member's row; on another version the answer is 'stale' and nothing is written. Refusals raise KO001 with the code.

-- Who a till means, with all a decision needs, in one row. Tries code, then phone, uid and id; the first that resolves wins.
-- `available` is what could be spent at p_now (below zero: owed); `pending` comes later.
CREATE FUNCTION till_member(
  p_business bigint, p_now timestamptz, p_code text, p_phone text, p_uid text, p_member bigint, p_key text
) RETURNS TABLE (
  programme_version int, replay_operation bigint, replay_fingerprint text, found_by text,
  member_id bigint, person_id bigint, uid text, inviter_id bigint, source text, created_at timestamptz, blocked_at timestamptz,
  name text, phone text, email text, birth_date date, gender text, note text, tags jsonb,
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

-- The audit row of a till's write carries the operation's own number.
CREATE FUNCTION audit_operation(
  p_business bigint, p_now timestamptz, p_operation bigint, p_actor_kind text, p_actor bigint, p_action text, p_member bigint, p_detail jsonb
) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO audit (business_id, id, at, actor_kind, actor_id, action, subject_kind, subject_id, detail)
  VALUES (p_business, p_operation, p_now, p_actor_kind, p_actor, p_action, 'member', p_member, p_detail)
$$;

-- Keeps the key of a write. NULL: go on. 'replay' with the first operation: answer that. A key met with another body is refused.
CREATE FUNCTION keep_key(p_business bigint, p_key text, p_fingerprint text, p_operation bigint, p_now timestamptz) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE v_row idempotency;
BEGIN
  IF p_key IS NULL THEN RETURN NULL; END IF;
  INSERT INTO idempotency (business_id, key, fingerprint, operation_id, at)
  VALUES (p_business, p_key, p_fingerprint, p_operation, p_now) ON CONFLICT DO NOTHING;
  IF FOUND THEN RETURN NULL; END IF;
  SELECT * INTO v_row FROM idempotency WHERE business_id = p_business AND key = p_key;
  IF v_row.fingerprint <> p_fingerprint THEN
    RAISE EXCEPTION 'nonce_conflict' USING ERRCODE = 'KO001';
  END IF;
  RETURN v_row.operation_id;
END
$$;

CREATE FUNCTION record_purchase(
  p_business bigint, p_now timestamptz, p_operation bigint, p_member bigint, p_version bigint,
  p_key text, p_fingerprint text, p_code text,
  p_total bigint, p_cash bigint, p_skip bigint, p_unredeemable bigint, p_discount bigint, p_points bigint,
  p_receipt text, p_staff bigint, p_location bigint, p_programme int, p_tier text, p_tier_after text,
  p_source text, p_actor_kind text, p_actor bigint, p_first boolean, p_because jsonb, p_lines jsonb,
  p_grant_kinds text[], p_grant_points bigint[], p_grant_available timestamptz[], p_grant_expires timestamptz[]
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
    is_first, because)
  VALUES (p_business, p_operation, 'purchase', 'normal', p_member, p_now, p_total, p_cash, p_skip, p_unredeemable,
    p_discount, p_points, v_earned, p_receipt, p_staff, p_location, p_programme, p_tier, p_source, p_first, p_because);
  IF p_lines IS NOT NULL THEN
    INSERT INTO operation_line (business_id, operation_id, no, item_id, name, quantity, amount_minor)
    SELECT p_business, p_operation, x.no, (x.line->>'itemId')::bigint, x.line->>'name', (x.line->>'quantity')::int,
      (x.line->>'amountMinor')::bigint
    FROM jsonb_array_elements(p_lines) WITH ORDINALITY AS x(line, no);
  END IF;
  UPDATE member_stats SET
    version = version + 1, tier_id = p_tier_after, points = points + v_earned - p_points - v_expired,
    visits = visits + 1, cash_spent_minor = cash_spent_minor + p_cash, saved_minor = saved_minor + p_points + p_discount,
    first_at = least(first_at, p_now), last_at = greatest(last_at, p_now)
  WHERE business_id = p_business AND member_id = p_member;
  PERFORM audit_operation(p_business, p_now, p_operation, p_actor_kind, p_actor, 'purchase.record', p_member,
    jsonb_build_object('totalMinor', p_total, 'points', p_points));
  INSERT INTO outbox (business_id, member_id, type, payload, at, due_at)
  VALUES (p_business, p_member, 'purchase.recorded', jsonb_build_object('operationId', p_operation, 'totalMinor', p_total,
    'cashMinor', p_cash, 'discountMinor', p_discount, 'pointsSpent', p_points, 'pointsEarned', v_earned,
    'pointsExpired', v_expired, 'isFirst', p_first, 'tierBefore', p_tier, 'tierAfter', p_tier_after), p_now, p_now);
  RETURN QUERY SELECT 'recorded', p_operation;
END
$$;

-- Refunds a part (or all that is left) of a purchase. The caller worked the amounts out from refunded_minor = p_refunded_before.
CREATE FUNCTION refund_purchase(
  p_business bigint, p_now timestamptz, p_operation bigint, p_origin bigint, p_member bigint, p_version bigint,
  p_key text, p_fingerprint text,
  p_refunded_before bigint, p_total bigint, p_cash bigint, p_discount bigint,
  p_returned_before bigint, p_returned bigint, p_taken_before bigint, p_taken bigint, p_revived timestamptz,
  p_full boolean, p_staff bigint, p_location bigint, p_programme int, p_tier text, p_tier_after text, p_source text, p_actor_kind text, p_actor bigint, p_because jsonb
) RETURNS TABLE (outcome text, operation_id bigint)
LANGUAGE plpgsql AS $$
DECLARE v_stats member_stats; v_replay bigint; v_expired bigint; v_called bigint := 0; v_first timestamptz; v_last timestamptz;
BEGIN
  PERFORM set_config('kolo.business', p_business::text, true);
  SELECT * INTO v_stats FROM member_stats WHERE business_id = p_business AND member_id = p_member FOR UPDATE;
  v_replay := keep_key(p_business, p_key, p_fingerprint, p_operation, p_now);
  IF v_replay IS NOT NULL THEN RETURN QUERY SELECT 'replay', v_replay; RETURN; END IF;
  IF v_stats.version IS DISTINCT FROM p_version THEN
    RAISE EXCEPTION 'stale' USING ERRCODE = 'KO002';
  END IF;
  UPDATE operation SET refunded_minor = refunded_minor + p_total, state = CASE WHEN p_full THEN 'canceled' ELSE state END
  WHERE business_id = p_business AND id = p_origin AND kind = 'purchase' AND refunded_minor = p_refunded_before;
  IF NOT FOUND THEN RAISE EXCEPTION 'stale' USING ERRCODE = 'KO002'; END IF;
  v_expired := ledger_expire(p_business, p_member, p_now);
  IF p_taken > 0 THEN
    v_called := ledger_take_back(p_business, p_member, p_origin, p_operation, p_now, p_taken_before, p_taken);
  END IF;
  IF p_returned > 0 THEN
    PERFORM ledger_give_back(p_business, p_member, p_origin, p_operation, p_now, p_returned_before, p_returned, p_revived);
  END IF;
  INSERT INTO operation (business_id, id, kind, state, member_id, origin_id, at, total_minor, cash_minor, discount_minor,
    points_spent, points_earned, staff_id, location_id, programme_version, tier_id, source, because)
  VALUES (p_business, p_operation, 'refund', 'reversal', p_member, p_origin, p_now, p_total, p_cash, p_discount,
    p_returned, p_taken, p_staff, p_location, p_programme, p_tier, p_source, p_because);
  v_first := v_stats.first_at; v_last := v_stats.last_at;
  IF p_full THEN
    SELECT min(at), max(at) INTO v_first, v_last FROM operation
    WHERE business_id = p_business AND member_id = p_member AND kind = 'purchase' AND state = 'normal';
  END IF;
  UPDATE member_stats SET
    version = version + 1, tier_id = p_tier_after, points = points + p_returned - p_taken + v_called - v_expired,
    visits = visits - p_full::int, full_refunds = full_refunds + p_full::int,
    cash_spent_minor = cash_spent_minor - p_cash, saved_minor = saved_minor - p_returned - p_discount,
    first_at = v_first, last_at = v_last
  WHERE business_id = p_business AND member_id = p_member;
  PERFORM audit_operation(p_business, p_now, p_operation, p_actor_kind, p_actor, 'purchase.refund', p_member,
    jsonb_build_object('originId', p_origin, 'totalMinor', p_total));
  INSERT INTO outbox (business_id, member_id, type, payload, at, due_at)
  VALUES (p_business, p_member, 'purchase.refunded', jsonb_build_object('operationId', p_operation, 'originId', p_origin,
    'totalMinor', p_total, 'cashMinor', p_cash, 'discountMinor', p_discount, 'pointsReturned', p_returned,
    'pointsTaken', p_taken, 'pointsExpired', v_expired - v_called, 'isFull', p_full,
    'tierBefore', p_tier, 'tierAfter', p_tier_after), p_now, p_now);
  RETURN QUERY SELECT 'recorded', p_operation;
END
$$;

-- Gives points without a purchase (p_points > 0), or writes them off (p_points < 0, from live lots only).
CREATE FUNCTION post_grant(
  p_business bigint, p_now timestamptz, p_operation bigint, p_member bigint, p_key text, p_fingerprint text,
  p_points bigint, p_kind text, p_available timestamptz, p_expires timestamptz,
  p_staff bigint, p_location bigint, p_programme int, p_source text, p_actor_kind text, p_actor bigint, p_because jsonb
) RETURNS TABLE (outcome text, operation_id bigint)
LANGUAGE plpgsql AS $$
DECLARE v_stats member_stats; v_replay bigint; v_expired bigint := 0;
BEGIN
  PERFORM set_config('kolo.business', p_business::text, true);
  SELECT * INTO v_stats FROM member_stats WHERE business_id = p_business AND member_id = p_member FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'not_found' USING ERRCODE = 'KO001'; END IF;
  v_replay := keep_key(p_business, p_key, p_fingerprint, p_operation, p_now);
  IF v_replay IS NOT NULL THEN RETURN QUERY SELECT 'replay', v_replay; RETURN; END IF;
  IF p_points > 0 THEN
    PERFORM ledger_give(p_business, p_member, p_operation, p_now, p_kind, p_points, p_available, p_expires, 'issued', 'give');
  ELSE
    v_expired := ledger_expire(p_business, p_member, p_now);
    PERFORM ledger_spend(p_business, p_member, p_operation, p_now, -p_points, 'issued', 'deduct');
  END IF;
  INSERT INTO operation (business_id, id, kind, state, member_id, at, total_minor, cash_minor, points_spent, points_earned,
    staff_id, location_id, programme_version, tier_id, source, because)
  VALUES (p_business, p_operation, 'grant', 'normal', p_member, p_now, 0, 0, greatest(0, -p_points), greatest(0, p_points),
    p_staff, p_location, p_programme, v_stats.tier_id, p_source, p_because);
  UPDATE member_stats SET version = version + 1, points = points + p_points - v_expired
  WHERE business_id = p_business AND member_id = p_member;
  PERFORM audit_operation(p_business, p_now, p_operation, p_actor_kind, p_actor, 'points.grant', p_member,
    jsonb_build_object('points', p_points, 'kind', p_kind));
  INSERT INTO outbox (business_id, member_id, type, payload, at, due_at)
  VALUES (p_business, p_member, 'points.granted', jsonb_build_object('operationId', p_operation, 'points', p_points,
    'kind', p_kind, 'pointsExpired', v_expired), p_now, p_now);
  RETURN QUERY SELECT 'recorded', p_operation;
END
$$;

-- The expiry job's step for one member. Answers the points that went to breakage.
CREATE FUNCTION expire_member(p_business bigint, p_member bigint, p_now timestamptz) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE v_expired bigint;
BEGIN
  PERFORM set_config('kolo.business', p_business::text, true);
  PERFORM FROM member_stats WHERE business_id = p_business AND member_id = p_member FOR UPDATE;
  v_expired := ledger_expire(p_business, p_member, p_now);
  UPDATE member_stats SET version = version + 1, points = points - v_expired
  WHERE business_id = p_business AND member_id = p_member;
  IF v_expired > 0 THEN
    INSERT INTO outbox (business_id, member_id, type, payload, at, due_at)
    VALUES (p_business, p_member, 'points.expired', jsonb_build_object('pointsExpired', v_expired), p_now, p_now);
  END IF;
  RETURN v_expired;
END
$$;
