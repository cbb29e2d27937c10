-- The ledger's verbs. Each is called with the member's row in member_stats locked; lots then change in (expiry, id) order.
-- A lot's `remaining` is always the sum of its transfers. Points taken back after they were spent leave their lot below
-- zero: that is what the member owes, and it nets against everything else the member has.

ALTER TABLE transfer
  ADD CONSTRAINT transfer_points_positive CHECK (points > 0),
  ADD CONSTRAINT transfer_accounts CHECK (
    debit IN ('member', 'issued', 'redeemed', 'breakage', 'settlement')
    AND credit IN ('member', 'issued', 'redeemed', 'breakage', 'settlement')
    AND (debit = 'member') <> (credit = 'member'));
ALTER TABLE lot ADD CONSTRAINT lot_expired_not_negative CHECK (expired >= 0);
ALTER TABLE operation
  ADD CONSTRAINT operation_kind CHECK (kind IN ('purchase', 'refund', 'grant')),
  ADD CONSTRAINT operation_state CHECK (state IN ('normal', 'canceled', 'reversal')),
  ADD CONSTRAINT operation_refunded CHECK (kind <> 'purchase' OR refunded_minor BETWEEN 0 AND total_minor);

-- Ids we make ourselves: milliseconds since 2000 above twelve low bits; sortable by time and below 2^53 until 2069.
CREATE SEQUENCE id_low MINVALUE 0 MAXVALUE 4095 CYCLE CACHE 32;
GRANT USAGE ON SEQUENCE id_low TO kolo_app;
CREATE FUNCTION next_id(p_at timestamptz) RETURNS bigint
LANGUAGE sql VOLATILE
AS $$ SELECT (((extract(epoch FROM p_at) * 1000)::bigint - 946684800000) << 12) | nextval('id_low') $$;

CREATE FUNCTION ledger_transfer(
  p_business bigint, p_member bigint, p_lot bigint, p_operation bigint, p_now timestamptz,
  p_debit text, p_credit text, p_points bigint, p_reason text
) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE lot SET
    remaining = remaining + CASE WHEN p_credit = 'member' THEN p_points ELSE -p_points END,
    expired = expired + CASE WHEN p_credit = 'breakage' THEN p_points WHEN p_debit = 'breakage' THEN -p_points ELSE 0 END
  WHERE business_id = p_business AND member_id = p_member AND id = p_lot;
  INSERT INTO transfer (business_id, member_id, id, lot_id, operation_id, at, debit, credit, points, reason)
  VALUES (p_business, p_member, next_id(p_now), p_lot, p_operation, p_now, p_debit, p_credit, p_points, p_reason);
END
$$;

-- Gives points as a lot; one of the same kind, start and expiry takes them in, so that lots never become crumbs.
CREATE FUNCTION ledger_give(
  p_business bigint, p_member bigint, p_operation bigint, p_now timestamptz,
  p_kind text, p_points bigint, p_available timestamptz, p_expires timestamptz, p_debit text, p_reason text
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE v_lot bigint;
BEGIN
  SELECT id INTO v_lot FROM lot
  WHERE business_id = p_business AND member_id = p_member AND kind = p_kind AND expires_at IS NOT DISTINCT FROM p_expires
    AND (available_at = p_available OR (available_at <= p_now AND p_available <= p_now))
  ORDER BY id LIMIT 1;
  IF v_lot IS NULL THEN
    v_lot := next_id(p_now);
    INSERT INTO lot (business_id, member_id, id, kind, available_at, expires_at, remaining)
    VALUES (p_business, p_member, v_lot, p_kind, p_available, p_expires, p_points);
  ELSE
    UPDATE lot SET remaining = remaining + p_points
    WHERE business_id = p_business AND member_id = p_member AND id = v_lot;
  END IF;
  INSERT INTO transfer (business_id, member_id, id, lot_id, operation_id, at, debit, credit, points, reason)
  VALUES (p_business, p_member, next_id(p_now), v_lot, p_operation, p_now, p_debit, 'member', p_points, p_reason);
END
$$;

-- Sends what has expired to breakage; what the member owes is covered first. Answers the points that went.
CREATE FUNCTION ledger_expire(p_business bigint, p_member bigint, p_now timestamptz) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  v_due record; v_owed record; v_left bigint; v_part bigint; v_expired bigint := 0;
BEGIN
  FOR v_due IN
    SELECT id, remaining FROM lot
    WHERE business_id = p_business AND member_id = p_member AND remaining > 0 AND expires_at <= p_now
    ORDER BY expires_at, id
  LOOP
    v_left := v_due.remaining;
    FOR v_owed IN
      SELECT id, -remaining AS points FROM lot
      WHERE business_id = p_business AND member_id = p_member AND remaining < 0 ORDER BY expires_at, id
    LOOP
      EXIT WHEN v_left = 0;
      v_part := least(v_left, v_owed.points);
      PERFORM ledger_transfer(p_business, p_member, v_due.id, NULL, p_now, 'member', 'settlement', v_part, 'settle');
      PERFORM ledger_transfer(p_business, p_member, v_owed.id, NULL, p_now, 'settlement', 'member', v_part, 'settle');
      v_left := v_left - v_part;
    END LOOP;
    IF v_left > 0 THEN
      PERFORM ledger_transfer(p_business, p_member, v_due.id, NULL, p_now, 'member', 'breakage', v_left, 'expire');
      v_expired := v_expired + v_left;
    END IF;
  END LOOP;
  RETURN v_expired;
END
$$;

-- Takes points from live lots, earliest expiry first. Call ledger_expire before.
CREATE FUNCTION ledger_spend(
  p_business bigint, p_member bigint, p_operation bigint, p_now timestamptz, p_points bigint, p_credit text, p_reason text
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE v_lot record; v_left bigint := p_points; v_part bigint; v_free bigint;
BEGIN
  SELECT coalesce(sum(remaining) FILTER (WHERE remaining < 0 OR available_at <= p_now), 0) INTO v_free FROM lot
  WHERE business_id = p_business AND member_id = p_member AND remaining <> 0;
  IF v_free < p_points THEN
    RAISE EXCEPTION 'insufficient_points' USING ERRCODE = 'KO001';
  END IF;
  FOR v_lot IN
    SELECT id, remaining FROM lot
    WHERE business_id = p_business AND member_id = p_member AND remaining > 0 AND available_at <= p_now
      AND (expires_at IS NULL OR expires_at > p_now)
    ORDER BY expires_at NULLS LAST, id
  LOOP
    EXIT WHEN v_left = 0;
    v_part := least(v_left, v_lot.remaining);
    PERFORM ledger_transfer(p_business, p_member, v_lot.id, p_operation, p_now, 'member', p_credit, v_part, p_reason);
    v_left := v_left - v_part;
  END LOOP;
  IF v_left > 0 THEN
    RAISE EXCEPTION 'insufficient_points' USING ERRCODE = 'KO001';
  END IF;
END
$$;

-- Takes back p_points of what p_origin earned, after p_before of it were taken back already: the lots that became (or
-- become) available last come first, so pending points go before anything else. A lot's expired part is called back
-- first: points that burned are not owed.
CREATE FUNCTION ledger_take_back(
  p_business bigint, p_member bigint, p_origin bigint, p_operation bigint, p_now timestamptz, p_before bigint, p_points bigint
) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE v_row record; v_skip bigint := p_before; v_left bigint := p_points; v_part bigint; v_back bigint; v_called bigint := 0;
BEGIN
  FOR v_row IN
    SELECT t.lot_id, t.points, l.expired FROM transfer t
    JOIN lot l ON l.business_id = t.business_id AND l.member_id = t.member_id AND l.id = t.lot_id
    WHERE t.business_id = p_business AND t.operation_id = p_origin AND t.member_id = p_member AND t.reason = 'earn'
    ORDER BY l.available_at DESC, l.id DESC, t.id DESC
  LOOP
    EXIT WHEN v_left = 0;
    IF v_skip >= v_row.points THEN v_skip := v_skip - v_row.points; CONTINUE; END IF;
    v_part := least(v_left, v_row.points - v_skip);
    v_skip := 0;
    v_back := least(v_part, v_row.expired);
    IF v_back > 0 THEN
      PERFORM ledger_transfer(p_business, p_member, v_row.lot_id, p_operation, p_now, 'breakage', 'member', v_back, 'unexpire');
      v_called := v_called + v_back;
    END IF;
    PERFORM ledger_transfer(p_business, p_member, v_row.lot_id, p_operation, p_now, 'member', 'issued', v_part, 'take_back');
    v_left := v_left - v_part;
  END LOOP;
  IF v_left > 0 THEN RAISE EXCEPTION 'take_back of % beyond what % earned', p_points, p_origin; END IF;
  RETURN v_called;
END
$$;

-- Gives p_points that p_origin spent back to the lots they came from, last spent first, after p_before already went back.
-- A lot that expired meanwhile first has its debt filled; the rest is given again until p_revived.
CREATE FUNCTION ledger_give_back(
  p_business bigint, p_member bigint, p_origin bigint, p_operation bigint, p_now timestamptz,
  p_before bigint, p_points bigint, p_revived timestamptz
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE v_row record; v_skip bigint := p_before; v_left bigint := p_points; v_part bigint; v_same bigint;
BEGIN
  FOR v_row IN
    SELECT t.lot_id, t.points, l.remaining, l.expires_at, l.available_at FROM transfer t
    JOIN lot l ON l.business_id = t.business_id AND l.member_id = t.member_id AND l.id = t.lot_id
    WHERE t.business_id = p_business AND t.operation_id = p_origin AND t.member_id = p_member AND t.reason = 'spend'
    ORDER BY t.id DESC
  LOOP
    EXIT WHEN v_left = 0;
    IF v_skip >= v_row.points THEN v_skip := v_skip - v_row.points; CONTINUE; END IF;
    v_part := least(v_left, v_row.points - v_skip);
    v_skip := 0;
    v_left := v_left - v_part;
    v_same := CASE WHEN v_row.expires_at IS NULL OR v_row.expires_at > p_now THEN v_part
                   ELSE least(v_part, greatest(0, -v_row.remaining)) END;
    IF v_same > 0 THEN
      PERFORM ledger_transfer(p_business, p_member, v_row.lot_id, p_operation, p_now, 'redeemed', 'member', v_same, 'give_back');
    END IF;
    IF v_part > v_same THEN
      PERFORM ledger_give(p_business, p_member, p_operation, p_now, 'revived', v_part - v_same, p_now, p_revived, 'redeemed', 'give_back');
    END IF;
  END LOOP;
  IF v_left > 0 THEN RAISE EXCEPTION 'give_back of % beyond what % spent', p_points, p_origin; END IF;
END
$$;
