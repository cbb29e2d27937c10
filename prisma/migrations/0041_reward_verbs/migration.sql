-- The verbs of entitlements, stamps and certificates, callable from a purchase (effect_*_apply, effect_*_undo) and by themselves.
-- Lock order: the member first, then the entitlement or certificate, then the reward. Refusals raise KO001 with the code.

-- The first instant after the last day, some days from a moment, as the business counts days.
CREATE FUNCTION end_of_day(p_business bigint, p_at timestamptz, p_days int) RETURNS timestamptz
LANGUAGE sql STABLE AS $$
  SELECT ((p_at AT TIME ZONE b.zone)::date + p_days + 1)::timestamp AT TIME ZONE b.zone FROM business b WHERE b.id = p_business
$$;

-- Gives a member one of a reward with its terms as they are now; the same key again answers the first. `p_until` overrules how long
-- it lives. Takes one from the stock where asked to.
CREATE FUNCTION entitlement_give(
  p_business bigint, p_now timestamptz, p_member bigint, p_reward bigint, p_source text, p_source_id bigint, p_key text,
  p_until timestamptz, p_operation bigint, p_comment text, p_take_stock boolean
) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE r reward; v_id bigint := next_id(p_now);
BEGIN
  SELECT * INTO r FROM reward WHERE business_id = p_business AND id = p_reward;
  IF NOT FOUND THEN RAISE EXCEPTION 'not_found' USING ERRCODE = 'KO001'; END IF;
  INSERT INTO entitlement (business_id, id, member_id, reward_id, source, source_id, code, key, name, description, icon, color,
    effect, effect_minor, effect_bps, rule_id, item_id, uses, price_points, price_minor, given_at, starts_at, expires_at,
    operation_id, comment)
  VALUES (p_business, v_id, p_member, p_reward, p_source, p_source_id,
    -- The first twelve digits of a version 4 UUID are random.
    'E-' || upper(left(replace(gen_random_uuid()::text, '-', ''), 12)), p_key, r.name, r.description, r.icon, r.color,
    r.effect, r.effect_minor, r.effect_bps, r.rule_id, r.item_id, r.uses,
    CASE WHEN p_source = 'bought' THEN r.price_points END, CASE WHEN p_source = 'sold' THEN r.price_minor END, p_now, p_now,
    coalesce(p_until, end_of_day(p_business, p_now, r.valid_days)), p_operation, p_comment)
  ON CONFLICT (business_id, key) DO NOTHING;
  IF NOT FOUND THEN
    SELECT id INTO v_id FROM entitlement WHERE business_id = p_business AND key = p_key;
    RETURN v_id;
  END IF;
  IF p_take_stock AND r.stock IS NOT NULL THEN
    UPDATE reward SET stock = stock - 1 WHERE business_id = p_business AND id = p_reward AND stock > 0;
    IF NOT FOUND THEN RAISE EXCEPTION 'reward_sold_out' USING ERRCODE = 'KO001'; END IF;
  END IF;
  INSERT INTO outbox (business_id, member_id, type, payload, at, due_at)
  VALUES (p_business, p_member, 'entitlement.given', jsonb_build_object('entitlementId', v_id, 'rewardId', p_reward,
    'source', p_source), p_now, p_now);
  RETURN v_id;
END
$$;

-- Takes back what is left of an entitlement. An untouched one gives its piece back to the stock.
CREATE FUNCTION entitlement_withdraw(p_business bigint, p_now timestamptz, p_entitlement bigint, p_because text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE e entitlement;
BEGIN
  SELECT * INTO e FROM entitlement WHERE business_id = p_business AND id = p_entitlement FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'not_found' USING ERRCODE = 'KO001'; END IF;
  IF e.withdrawn_at IS NOT NULL OR e.used >= e.uses THEN RAISE EXCEPTION 'entitlement_used' USING ERRCODE = 'KO001'; END IF;
  UPDATE entitlement SET withdrawn_at = p_now, withdrawn_because = p_because WHERE business_id = p_business AND id = p_entitlement;
  UPDATE entitlement_use SET state = 'released', settled_at = p_now
  WHERE business_id = p_business AND entitlement_id = p_entitlement AND state = 'held';
  IF e.used = 0 AND e.source IN ('bought', 'sold', 'gift', 'promo') THEN
    UPDATE reward SET stock = stock + 1 WHERE business_id = p_business AND id = e.reward_id AND stock IS NOT NULL;
  END IF;
  INSERT INTO outbox (business_id, member_id, type, payload, at, due_at)
  VALUES (p_business, e.member_id, 'entitlement.withdrawn', jsonb_build_object('entitlementId', p_entitlement,
    'because', p_because), p_now, p_now);
END
$$;

-- Sets one use aside until p_until; the same key again answers the first hold. A hold past its time counts no more.
CREATE FUNCTION entitlement_hold(
  p_business bigint, p_now timestamptz, p_use bigint, p_entitlement bigint, p_until timestamptz, p_key text, p_staff bigint, p_location bigint
) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE e entitlement; u entitlement_use;
BEGIN
  SELECT * INTO e FROM entitlement WHERE business_id = p_business AND id = p_entitlement FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'not_found' USING ERRCODE = 'KO001'; END IF;
  SELECT * INTO u FROM entitlement_use WHERE business_id = p_business AND key = p_key;
  IF FOUND THEN
    IF u.entitlement_id <> p_entitlement THEN RAISE EXCEPTION 'nonce_conflict' USING ERRCODE = 'KO001'; END IF;
    RETURN u.id;
  END IF;
  IF e.withdrawn_at IS NOT NULL THEN RAISE EXCEPTION 'not_found' USING ERRCODE = 'KO001'; END IF;
  IF e.expires_at <= p_now THEN RAISE EXCEPTION 'entitlement_expired' USING ERRCODE = 'KO001'; END IF;
  IF e.used + (SELECT count(*) FROM entitlement_use h WHERE h.business_id = p_business AND h.entitlement_id = p_entitlement
      AND h.state = 'held' AND h.hold_until > p_now) >= e.uses THEN
    RAISE EXCEPTION 'entitlement_used' USING ERRCODE = 'KO001';
  END IF;
  INSERT INTO entitlement_use (business_id, id, entitlement_id, member_id, state, held_at, hold_until, key, staff_id, location_id)
  VALUES (p_business, p_use, p_entitlement, e.member_id, 'held', p_now, p_until, p_key, p_staff, p_location);
  RETURN p_use;
END
$$;

-- Makes a hold a use; again is the same. `p_operation`: the purchase it belongs to, whose refund undoes it.
CREATE FUNCTION entitlement_confirm(p_business bigint, p_now timestamptz, p_use bigint, p_member bigint, p_operation bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE e entitlement; u entitlement_use;
BEGIN
  SELECT * INTO u FROM entitlement_use WHERE business_id = p_business AND id = p_use;
  IF NOT FOUND OR (p_member IS NOT NULL AND u.member_id <> p_member) THEN RAISE EXCEPTION 'not_found' USING ERRCODE = 'KO001'; END IF;
  SELECT * INTO e FROM entitlement WHERE business_id = p_business AND id = u.entitlement_id FOR UPDATE;
  SELECT * INTO u FROM entitlement_use WHERE business_id = p_business AND id = p_use FOR UPDATE;
  IF u.state = 'confirmed' AND u.operation_id IS NOT DISTINCT FROM p_operation THEN RETURN; END IF;
  IF u.state <> 'held' OR u.hold_until <= p_now OR e.withdrawn_at IS NOT NULL THEN
    RAISE EXCEPTION 'hold_expired' USING ERRCODE = 'KO001';
  END IF;
  UPDATE entitlement_use SET state = 'confirmed', settled_at = p_now, operation_id = p_operation
  WHERE business_id = p_business AND id = p_use;
  UPDATE entitlement SET used = used + 1 WHERE business_id = p_business AND id = u.entitlement_id;
  INSERT INTO outbox (business_id, member_id, type, payload, at, due_at)
  VALUES (p_business, u.member_id, 'entitlement.used', jsonb_build_object('entitlementId', u.entitlement_id, 'useId', p_use,
    'operationId', p_operation), p_now, p_now);
END
$$;

CREATE FUNCTION entitlement_release(p_business bigint, p_now timestamptz, p_use bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE v_state text;
BEGIN
  SELECT state INTO v_state FROM entitlement_use WHERE business_id = p_business AND id = p_use FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'not_found' USING ERRCODE = 'KO001'; END IF;
  IF v_state = 'confirmed' THEN RAISE EXCEPTION 'entitlement_used' USING ERRCODE = 'KO001'; END IF;
  UPDATE entitlement_use SET state = 'released', settled_at = p_now WHERE business_id = p_business AND id = p_use AND state = 'held';
END
$$;

-- Takes a use back. What ran out meanwhile may be used for p_revived more. NULL, or what could not be undone.
CREATE FUNCTION entitlement_undo(p_business bigint, p_now timestamptz, p_use bigint, p_revived timestamptz) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE e entitlement; u entitlement_use;
BEGIN
  SELECT * INTO u FROM entitlement_use WHERE business_id = p_business AND id = p_use;
  IF NOT FOUND THEN RAISE EXCEPTION 'not_found' USING ERRCODE = 'KO001'; END IF;
  SELECT * INTO e FROM entitlement WHERE business_id = p_business AND id = u.entitlement_id FOR UPDATE;
  UPDATE entitlement_use SET state = 'undone', settled_at = p_now
  WHERE business_id = p_business AND id = p_use AND state = 'confirmed';
  IF NOT FOUND THEN RETURN NULL; END IF;
  UPDATE entitlement SET used = used - 1, expires_at = CASE WHEN expires_at <= p_now THEN p_revived ELSE expires_at END
  WHERE business_id = p_business AND id = u.entitlement_id;
  RETURN CASE WHEN e.withdrawn_at IS NOT NULL THEN 'entitlement_withdrawn' END;
END
$$;

-- A hold named by a purchase becomes a use of it. `p_ref`: the use.
CREATE FUNCTION effect_entitlement_apply(
  p_business bigint, p_now timestamptz, p_operation bigint, p_member bigint, p_ref text, p_amount bigint, p_detail jsonb
) RETURNS void
LANGUAGE sql AS $$ SELECT entitlement_confirm(p_business, p_now, p_ref::bigint, p_member, p_operation) $$;

-- Comes back with the last of the purchase: half a coffee cannot be given back.
CREATE FUNCTION effect_entitlement_undo(
  p_business bigint, p_now timestamptz, p_operation bigint, p_member bigint, p_ref text, p_amount bigint, p_full boolean, p_detail jsonb
) RETURNS text
LANGUAGE sql AS $$
  SELECT CASE WHEN p_full THEN entitlement_undo(p_business, p_now, p_ref::bigint, end_of_day(p_business, p_now, 14)) END
$$;

-- Stamps of a purchase. `p_ref`: the programme. Every full row becomes its reward.
CREATE FUNCTION effect_stamp_apply(
  p_business bigint, p_now timestamptz, p_operation bigint, p_member bigint, p_ref text, p_amount bigint, p_detail jsonb
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE p stamp_programme; c stamp_card;
BEGIN
  SELECT * INTO p FROM stamp_programme WHERE business_id = p_business AND id = p_ref::bigint;
  IF NOT FOUND OR p_amount <= 0 THEN RETURN; END IF;
  INSERT INTO stamp_entry (business_id, operation_id, programme_id, member_id, stamps, at)
  VALUES (p_business, p_operation, p.id, p_member, p_amount, p_now);
  INSERT INTO stamp_card AS s (business_id, member_id, programme_id, stamps) VALUES (p_business, p_member, p.id, p_amount)
  ON CONFLICT (business_id, member_id, programme_id) DO UPDATE SET stamps = s.stamps + excluded.stamps RETURNING s.* INTO c;
  WHILE c.stamps / p.needed > c.rewarded LOOP
    c.rewarded := c.rewarded + 1;
    PERFORM entitlement_give(p_business, p_now, p_member, p.reward_id, 'stamps', p.id,
      format('stamps:%s:%s:%s:%s', p.id, p_member, c.rewarded, p_operation), NULL, p_operation, NULL, false);
  END LOOP;
  UPDATE stamp_card SET rewarded = c.rewarded WHERE business_id = p_business AND member_id = p_member AND programme_id = p.id;
END
$$;

-- Takes stamps back: of a visit with the last of the purchase, of lines in proportion. A row no longer full loses its reward if
-- nobody used it; else the next full row brings none, and the refund says so.
CREATE FUNCTION effect_stamp_undo(
  p_business bigint, p_now timestamptz, p_operation bigint, p_member bigint, p_ref text, p_amount bigint, p_full boolean, p_detail jsonb
) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE p stamp_programme; c stamp_card; s stamp_entry; v_part int; v_reward bigint;
BEGIN
  SELECT * INTO p FROM stamp_programme WHERE business_id = p_business AND id = p_ref::bigint;
  SELECT * INTO s FROM stamp_entry WHERE business_id = p_business AND operation_id = p_operation AND programme_id = p_ref::bigint FOR UPDATE;
  IF NOT FOUND THEN RETURN NULL; END IF;
  v_part := CASE WHEN p_full THEN s.stamps - s.taken WHEN p.counts = 'visit' THEN 0 ELSE least(p_amount, s.stamps - s.taken) END;
  UPDATE stamp_entry SET taken = taken + v_part WHERE business_id = p_business AND operation_id = p_operation AND programme_id = p.id;
  UPDATE stamp_card SET stamps = stamps - v_part
  WHERE business_id = p_business AND member_id = p_member AND programme_id = p.id RETURNING * INTO c;
  WHILE c.stamps / p.needed < c.rewarded LOOP
    SELECT e.id INTO v_reward FROM entitlement e
    WHERE e.business_id = p_business AND e.member_id = p_member AND e.source = 'stamps' AND e.source_id = p.id
      AND e.withdrawn_at IS NULL AND e.used = 0
    ORDER BY e.id DESC LIMIT 1 FOR UPDATE;
    IF NOT FOUND THEN RETURN 'stamps_reward_used'; END IF;
    PERFORM entitlement_withdraw(p_business, p_now, v_reward, 'refund');
    UPDATE stamp_card SET rewarded = rewarded - 1
    WHERE business_id = p_business AND member_id = p_member AND programme_id = p.id RETURNING * INTO c;
  END LOOP;
  RETURN NULL;
END
$$;

-- Moves a certificate's money: the only writer of its balance.
CREATE FUNCTION certificate_move(
  p_business bigint, p_now timestamptz, p_certificate bigint, p_debit text, p_credit text, p_amount bigint, p_reason text, p_operation bigint
) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE certificate SET balance_minor = balance_minor + CASE WHEN p_credit = 'certificate' THEN p_amount ELSE -p_amount END
  WHERE business_id = p_business AND id = p_certificate;
  INSERT INTO certificate_entry (business_id, certificate_id, id, at, debit, credit, amount_minor, reason, operation_id)
  VALUES (p_business, p_certificate, next_id(p_now), p_now, p_debit, p_credit, p_amount, p_reason, p_operation);
END
$$;

-- Part of a bill paid by certificate. `p_ref`: the certificate. Two tills at once never spend more than there is.
CREATE FUNCTION effect_certificate_apply(
  p_business bigint, p_now timestamptz, p_operation bigint, p_member bigint, p_ref text, p_amount bigint, p_detail jsonb
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE c certificate;
BEGIN
  SELECT * INTO c FROM certificate WHERE business_id = p_business AND id = p_ref::bigint FOR UPDATE;
  IF NOT FOUND OR c.withdrawn_at IS NOT NULL THEN RAISE EXCEPTION 'certificate_unknown' USING ERRCODE = 'KO001'; END IF;
  IF c.expires_at <= p_now THEN RAISE EXCEPTION 'certificate_expired' USING ERRCODE = 'KO001'; END IF;
  IF c.balance_minor < p_amount THEN RAISE EXCEPTION 'certificate_balance' USING ERRCODE = 'KO001'; END IF;
  PERFORM certificate_move(p_business, p_now, c.id, 'certificate', 'spent', p_amount, 'spend', p_operation);
END
$$;

-- Gives money back to the certificate it came from; one that ran out meanwhile lives two weeks more.
CREATE FUNCTION effect_certificate_undo(
  p_business bigint, p_now timestamptz, p_operation bigint, p_member bigint, p_ref text, p_amount bigint, p_full boolean, p_detail jsonb
) RETURNS text
LANGUAGE plpgsql AS $$
BEGIN
  IF p_amount <= 0 THEN RETURN NULL; END IF;
  UPDATE certificate SET expires_at = end_of_day(p_business, p_now, 14)
  WHERE business_id = p_business AND id = p_ref::bigint AND expires_at <= p_now;
  PERFORM certificate_move(p_business, p_now, p_ref::bigint, 'spent', 'certificate', p_amount, 'refund', p_operation);
  RETURN NULL;
END
$$;

-- Sends what expired unspent to breakage. Answers how many certificates it concerned.
CREATE FUNCTION certificates_expire(p_business bigint, p_now timestamptz) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE c record; v_count int := 0;
BEGIN
  PERFORM set_config('kolo.business', p_business::text, true);
  FOR c IN SELECT id, balance_minor FROM certificate
    WHERE business_id = p_business AND expires_at <= p_now AND balance_minor > 0 AND withdrawn_at IS NULL ORDER BY id FOR UPDATE
  LOOP
    PERFORM certificate_move(p_business, p_now, c.id, 'certificate', 'breakage', c.balance_minor, 'expire', NULL);
    v_count := v_count + 1;
  END LOOP;
  RETURN v_count;
END
$$;

-- Gives a personal date's reward to whoever has that date soon, once a year; a date moved by its owner brings no second one.
CREATE FUNCTION occasion_give(p_business bigint, p_now timestamptz, p_offer bigint) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE o occasion_offer; v_zone text; v_today date; v_given int;
BEGIN
  PERFORM set_config('kolo.business', p_business::text, true);
  SELECT * INTO o FROM occasion_offer WHERE business_id = p_business AND id = p_offer AND archived_at IS NULL;
  IF NOT FOUND THEN RETURN 0; END IF;
  SELECT zone INTO v_zone FROM business WHERE id = p_business;
  v_today := (p_now AT TIME ZONE v_zone)::date;
  WITH dated AS (
    SELECT p.member_id, p.birth_date AS day, NULL::date AS not_before FROM member_profile p
    WHERE o.kind = 'birthday' AND p.business_id = p_business AND p.birth_date IS NOT NULL
    UNION ALL
    SELECT m.id, (m.created_at AT TIME ZONE v_zone)::date, (m.created_at AT TIME ZONE v_zone)::date + 1 FROM member m
    WHERE o.kind = 'anniversary' AND m.business_id = p_business
  ), coming AS (
    SELECT d.member_id, d.not_before, year, (d.day + make_interval(years => year - extract(year FROM d.day)::int))::date AS day
    FROM dated d CROSS JOIN generate_series(extract(year FROM v_today)::int - 1, extract(year FROM v_today)::int + 1) AS year
  ), due AS (
    SELECT c.* FROM coming c JOIN member m ON m.business_id = p_business AND m.id = c.member_id AND m.blocked_at IS NULL
    -- Two days back: a night the job missed is no reason to forget anybody.
    WHERE c.day BETWEEN v_today - 2 AND v_today + o.days_before AND (c.not_before IS NULL OR c.day >= c.not_before)
      AND NOT EXISTS (SELECT FROM entitlement e WHERE e.business_id = p_business AND e.member_id = c.member_id
        AND e.source = o.kind AND e.source_id = o.id AND e.given_at > p_now - interval '300 days')
  )
  SELECT count(entitlement_give(p_business, p_now, member_id, o.reward_id, o.kind, o.id,
    format('%s:%s:%s:%s', o.kind, o.id, member_id, year),
    (day + o.valid_days + 1)::timestamp AT TIME ZONE v_zone, NULL, NULL, false)) INTO v_given FROM due;
  RETURN v_given;
END
$$;

-- Gives points a reward cost back to the lots they came from, last taken first; what expired meanwhile lives until p_revived.
CREATE FUNCTION return_deducted(
  p_business bigint, p_now timestamptz, p_operation bigint, p_member bigint, p_origin bigint, p_points bigint, p_revived timestamptz,
  p_staff bigint, p_programme int, p_source text, p_actor_kind text, p_actor bigint, p_because jsonb
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE v_stats member_stats; v_row record; v_left bigint := p_points; v_part bigint; v_expired bigint;
BEGIN
  PERFORM set_config('kolo.business', p_business::text, true);
  SELECT * INTO v_stats FROM member_stats WHERE business_id = p_business AND member_id = p_member FOR UPDATE;
  v_expired := ledger_expire(p_business, p_member, p_now);
  FOR v_row IN
    SELECT t.lot_id, t.points, l.expires_at FROM transfer t
    JOIN lot l ON l.business_id = t.business_id AND l.member_id = t.member_id AND l.id = t.lot_id
    WHERE t.business_id = p_business AND t.operation_id = p_origin AND t.member_id = p_member AND t.reason = 'deduct'
    ORDER BY t.id DESC
  LOOP
    EXIT WHEN v_left = 0;
    v_part := least(v_left, v_row.points);
    v_left := v_left - v_part;
    IF v_row.expires_at IS NULL OR v_row.expires_at > p_now THEN
      PERFORM ledger_transfer(p_business, p_member, v_row.lot_id, p_operation, p_now, 'issued', 'member', v_part, 'give');
    ELSE
      PERFORM ledger_give(p_business, p_member, p_operation, p_now, 'revived', v_part, p_now, p_revived, 'issued', 'give');
    END IF;
  END LOOP;
  IF v_left > 0 THEN RAISE EXCEPTION 'return of % beyond what % took', p_points, p_origin; END IF;
  INSERT INTO operation (business_id, id, kind, state, member_id, origin_id, at, total_minor, cash_minor, points_earned, staff_id,
    programme_version, tier_id, source, because)
  VALUES (p_business, p_operation, 'grant', 'normal', p_member, p_origin, p_now, 0, 0, p_points, p_staff, p_programme,
    v_stats.tier_id, p_source, p_because);
  UPDATE member_stats SET version = version + 1, points = points + p_points - v_expired
  WHERE business_id = p_business AND member_id = p_member;
  PERFORM audit_operation(p_business, p_now, p_operation, p_actor_kind, p_actor, 'points.return', p_member,
    jsonb_build_object('points', p_points, 'originId', p_origin));
  INSERT INTO outbox (business_id, member_id, type, payload, at, due_at)
  VALUES (p_business, p_member, 'points.granted', jsonb_build_object('operationId', p_operation, 'points', p_points,
    'kind', 'returned', 'pointsExpired', v_expired), p_now, p_now);
END
$$;
