-- Rules an owner writes, versioned with the programme, and what they have given: to each member in a period, and of a budget.

-- A version is in force from its moment on, unless it was cancelled before; a later moment wins.
ALTER TABLE programme_version
  ADD COLUMN effective_at timestamptz(3),
  ADD COLUMN cancelled_at timestamptz(3);
UPDATE programme_version SET effective_at = created_at;
ALTER TABLE programme_version ALTER COLUMN effective_at SET NOT NULL;
CREATE INDEX programme_version_in_force ON programme_version (business_id, effective_at DESC, version DESC) WHERE cancelled_at IS NULL;
GRANT UPDATE (cancelled_at) ON programme_version TO kolo_app;

-- What happened before the first version (an upload of old purchases) is priced under it.
CREATE FUNCTION programme_in_force(p_business bigint, p_now timestamptz) RETURNS int
LANGUAGE sql STABLE AS $$
  SELECT coalesce(
    (SELECT version FROM programme_version WHERE business_id = p_business AND effective_at <= p_now AND cancelled_at IS NULL
     ORDER BY effective_at DESC, version DESC LIMIT 1),
    (SELECT version FROM programme_version WHERE business_id = p_business AND cancelled_at IS NULL
     ORDER BY effective_at, version LIMIT 1))
$$;

-- One body of a rule, in the versions from from_version up to (not with) to_version; a changed rule is another row.
CREATE TABLE programme_rule (
  business_id bigint NOT NULL,
  rule_id bigint NOT NULL,
  from_version int NOT NULL,
  to_version int,
  body jsonb NOT NULL,
  PRIMARY KEY (business_id, rule_id, from_version)
);
CREATE INDEX programme_rule_open ON programme_rule (business_id, rule_id) WHERE to_version IS NULL;

CREATE TABLE rule_use (
  business_id bigint NOT NULL,
  member_id bigint NOT NULL,
  rule_id bigint NOT NULL,
  -- 'day 2026-11-22', 'month 2026-11' or 'ever', in the business's calendar
  period text NOT NULL,
  starts_at timestamptz(3) NOT NULL,
  ends_at timestamptz(3) NOT NULL,
  amount bigint NOT NULL,
  times int NOT NULL,
  PRIMARY KEY (business_id, member_id, rule_id, period)
);

-- A budget in shards, so that members of different shards never wait for each other. Each shard may use its share; who needs
-- more takes all shards, in order, and levels them.
CREATE TABLE rule_budget (
  business_id bigint NOT NULL,
  rule_id bigint NOT NULL,
  shard int NOT NULL,
  used bigint NOT NULL,
  PRIMARY KEY (business_id, rule_id, shard)
);

ALTER TABLE programme_rule ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON programme_rule USING (business_id = current_business()) WITH CHECK (business_id = current_business());
ALTER TABLE rule_use ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON rule_use USING (business_id = current_business()) WITH CHECK (business_id = current_business());
ALTER TABLE rule_budget ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON rule_budget USING (business_id = current_business()) WITH CHECK (business_id = current_business());
GRANT SELECT, INSERT, UPDATE (to_version) ON programme_rule TO kolo_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON rule_use TO kolo_app;
GRANT SELECT, INSERT, UPDATE ON rule_budget TO kolo_app;

-- What of a bill and of the member a price hung on and nobody could read later: paid before, rules brought, segments and tags.
ALTER TABLE operation ADD COLUMN extras jsonb;
ALTER TABLE operation_line ADD COLUMN category text;

CREATE FUNCTION rule_budget_open(p_business bigint, p_rule bigint) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO rule_budget (business_id, rule_id, shard, used)
  SELECT p_business, p_rule, shard, 0 FROM generate_series(0, 15) AS shard ORDER BY shard ON CONFLICT DO NOTHING
$$;

-- Takes from a budget or, where too little is left of it, says that the decision was made on old figures.
CREATE FUNCTION rule_budget_take(p_business bigint, p_rule bigint, p_member bigint, p_amount bigint, p_budget bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE v_total bigint; v_own int := mod(p_member, 16);
BEGIN
  UPDATE rule_budget SET used = used + p_amount
  WHERE business_id = p_business AND rule_id = p_rule AND shard = v_own
    AND used + p_amount <= p_budget / 16 + (shard < p_budget % 16)::int;
  IF FOUND THEN RETURN; END IF;
  PERFORM FROM rule_budget WHERE business_id = p_business AND rule_id = p_rule ORDER BY shard FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM rule_budget_open(p_business, p_rule);
    PERFORM FROM rule_budget WHERE business_id = p_business AND rule_id = p_rule ORDER BY shard FOR UPDATE;
  END IF;
  SELECT sum(used) + p_amount INTO v_total FROM rule_budget WHERE business_id = p_business AND rule_id = p_rule;
  IF v_total > p_budget THEN RAISE EXCEPTION 'stale' USING ERRCODE = 'KO002'; END IF;
  UPDATE rule_budget SET used = v_total / 16 + (shard < v_total % 16)::int
  WHERE business_id = p_business AND rule_id = p_rule;
END
$$;

CREATE FUNCTION rule_budgets_used(p_business bigint, p_rules bigint[]) RETURNS TABLE (rule_id bigint, used bigint)
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('kolo.business', p_business::text, true);
  RETURN QUERY SELECT b.rule_id, sum(b.used)::bigint FROM rule_budget b
    WHERE b.business_id = p_business AND b.rule_id = ANY(p_rules) GROUP BY b.rule_id;
END
$$;

CREATE FUNCTION effect_rule_apply(
  p_business bigint, p_now timestamptz, p_operation bigint, p_member bigint, p_ref text, p_amount bigint, p_detail jsonb
) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO rule_use (business_id, member_id, rule_id, period, starts_at, ends_at, amount, times)
  SELECT p_business, p_member, p_ref::bigint, x.key, coalesce(x."from", '1970-01-01'), coalesce(x."to", '9999-12-31'), p_amount, 1
  FROM jsonb_to_recordset(p_detail->'periods') AS x(key text, "from" timestamptz, "to" timestamptz)
  ON CONFLICT (business_id, member_id, rule_id, period)
  DO UPDATE SET amount = rule_use.amount + excluded.amount, times = rule_use.times + 1;
  IF p_amount > 0 AND p_detail->>'budget' IS NOT NULL THEN
    PERFORM rule_budget_take(p_business, p_ref::bigint, p_member, p_amount, (p_detail->>'budget')::bigint);
  END IF;
END
$$;

CREATE FUNCTION effect_rule_undo(
  p_business bigint, p_now timestamptz, p_operation bigint, p_member bigint, p_ref text, p_amount bigint, p_full boolean, p_detail jsonb
) RETURNS text
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE rule_use SET amount = amount - p_amount, times = times - p_full::int
  WHERE business_id = p_business AND member_id = p_member AND rule_id = p_ref::bigint
    AND period IN (SELECT x->>'key' FROM jsonb_array_elements(p_detail->'periods') x);
  IF p_amount > 0 AND p_detail->>'budget' IS NOT NULL THEN
    UPDATE rule_budget SET used = used - p_amount
    WHERE business_id = p_business AND rule_id = p_ref::bigint AND shard = mod(p_member, 16);
  END IF;
  RETURN NULL;
END
$$;

DROP FUNCTION till_member;
-- As before, with the version that is in force at p_now and what rules with limits gave the member before.
CREATE FUNCTION till_member(
  p_business bigint, p_now timestamptz, p_code text, p_phone text, p_uid text, p_member bigint, p_key text
) RETURNS TABLE (
  programme_version int, replay_operation bigint, replay_fingerprint text, found_by text,
  member_id bigint, person_id bigint, uid text, inviter_id bigint, source text, created_at timestamptz, blocked_at timestamptz,
  name text, phone text, email text, birth_date date, gender text, note text, tags jsonb, segments bigint[], uses jsonb,
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
      programme_in_force(p_business, p_now),
      i.operation_id, i.fingerprint, v_by,
      m.id, m.person_id, m.uid, m.inviter_id, m.source, m.created_at, m.blocked_at,
      p.name, p.phone, p.email, p.birth_date, p.gender, p.note,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name) ORDER BY t.id), '[]'::jsonb)
       FROM member_tag mt JOIN tag t ON t.business_id = mt.business_id AND t.id = mt.tag_id
       WHERE mt.business_id = p_business AND mt.member_id = v_member),
      ARRAY(SELECT g.segment_id FROM segment_member g WHERE g.business_id = p_business AND g.member_id = v_member ORDER BY 1),
      (SELECT jsonb_agg(jsonb_build_array(u.rule_id, u.period, u.amount, u.times)) FROM rule_use u
       WHERE u.business_id = p_business AND u.member_id = v_member AND u.starts_at <= p_now AND u.ends_at > p_now),
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
-- As before, with each line's category and what else the price hung on.
CREATE FUNCTION record_purchase(
  p_business bigint, p_now timestamptz, p_operation bigint, p_member bigint, p_version bigint,
  p_key text, p_fingerprint text, p_code text,
  p_total bigint, p_cash bigint, p_skip bigint, p_unredeemable bigint, p_discount bigint, p_points bigint,
  p_receipt text, p_staff bigint, p_location bigint, p_programme int, p_tier text, p_tier_after text,
  p_source text, p_actor_kind text, p_actor bigint, p_first boolean, p_because jsonb, p_lines jsonb,
  p_grant_kinds text[], p_grant_points bigint[], p_grant_available timestamptz[], p_grant_expires timestamptz[],
  p_certificate bigint DEFAULT 0, p_effects jsonb DEFAULT NULL, p_extras jsonb DEFAULT NULL
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
    is_first, because, certificate_minor, extras)
  VALUES (p_business, p_operation, 'purchase', 'normal', p_member, p_now, p_total, p_cash, p_skip, p_unredeemable,
    p_discount, p_points, v_earned, p_receipt, p_staff, p_location, p_programme, p_tier, p_source, p_first, p_because,
    p_certificate, p_extras);
  IF p_lines IS NOT NULL THEN
    INSERT INTO operation_line (business_id, operation_id, no, item_id, name, quantity, amount_minor, category)
    SELECT p_business, p_operation, x.no, (x.line->>'itemId')::bigint, x.line->>'name', (x.line->>'quantity')::int,
      (x.line->>'amountMinor')::bigint, x.line->>'category'
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
