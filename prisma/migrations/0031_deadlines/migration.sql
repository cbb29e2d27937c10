-- Points with deadlines: ends that visits move, points that wait for a confirmation, reminders.

-- CreateTable
CREATE TABLE "lot_move" (
    "business_id" BIGINT NOT NULL,
    "member_id" BIGINT NOT NULL,
    "lot_id" BIGINT NOT NULL,
    "operation_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "expires_before" TIMESTAMPTZ(3),
    "expires_after" TIMESTAMPTZ(3),

    CONSTRAINT "lot_move_pkey" PRIMARY KEY ("business_id","member_id","lot_id","operation_id")
);

-- CreateTable
CREATE TABLE "earn_confirmation" (
    "business_id" BIGINT NOT NULL,
    "operation_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" BIGINT,

    CONSTRAINT "earn_confirmation_pkey" PRIMARY KEY ("business_id","operation_id")
);

-- CreateTable
CREATE TABLE "expiry_reminder" (
    "business_id" BIGINT NOT NULL,
    "member_id" BIGINT NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "days" INTEGER NOT NULL,
    "points" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "expiry_reminder_pkey" PRIMARY KEY ("business_id","member_id","ends_at","days")
);

-- CreateIndex
CREATE INDEX "lot_move_operation" ON "lot_move"("business_id", "operation_id");

-- CreateIndex
CREATE INDEX "expiry_reminder_ends" ON "expiry_reminder"("business_id", "ends_at");

ALTER TABLE lot_move ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON lot_move USING (business_id = current_business()) WITH CHECK (business_id = current_business());
ALTER TABLE earn_confirmation ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON earn_confirmation USING (business_id = current_business()) WITH CHECK (business_id = current_business());
ALTER TABLE expiry_reminder ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON expiry_reminder USING (business_id = current_business()) WITH CHECK (business_id = current_business());
GRANT SELECT, INSERT, UPDATE, DELETE ON lot_move, expiry_reminder TO kolo_app;
GRANT SELECT, INSERT ON earn_confirmation TO kolo_app;

-- As before, but points that start later keep a lot of their own: a confirmation or a visit then concerns one purchase alone.
CREATE OR REPLACE FUNCTION ledger_give(
  p_business bigint, p_member bigint, p_operation bigint, p_now timestamptz,
  p_kind text, p_points bigint, p_available timestamptz, p_expires timestamptz, p_debit text, p_reason text
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE v_lot bigint;
BEGIN
  IF p_available <= p_now THEN
    SELECT id INTO v_lot FROM lot
    WHERE business_id = p_business AND member_id = p_member AND kind = p_kind AND expires_at IS NOT DISTINCT FROM p_expires
      AND available_at <= p_now
    ORDER BY id LIMIT 1;
  END IF;
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

-- Gives live lots of some kinds a later end, for a visit ('visit') or because a first purchase keeps them ('kept'). Lots that
-- already end then are written down too, so that the visit counts for them when an earlier one is undone. Never an earlier end.
CREATE FUNCTION ledger_extend(
  p_business bigint, p_member bigint, p_operation bigint, p_now timestamptz, p_kinds text[], p_to timestamptz, p_reason text
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE v_lot record;
BEGIN
  FOR v_lot IN
    SELECT id, expires_at FROM lot
    WHERE business_id = p_business AND member_id = p_member AND remaining <> 0 AND kind = ANY (p_kinds)
      AND expires_at > p_now AND (p_to IS NULL OR expires_at <= p_to)
    ORDER BY expires_at, id
  LOOP
    INSERT INTO lot_move (business_id, member_id, lot_id, operation_id, at, reason, expires_before, expires_after)
    VALUES (p_business, p_member, v_lot.id, p_operation, p_now, p_reason, v_lot.expires_at, p_to);
    UPDATE lot SET expires_at = p_to WHERE business_id = p_business AND member_id = p_member AND id = v_lot.id
      AND expires_at IS DISTINCT FROM p_to;
  END LOOP;
END
$$;

-- Takes back what visits did to ends: the lot returns to the end it had, unless a later visit moved it on.
CREATE FUNCTION ledger_unextend(p_business bigint, p_member bigint, p_operations bigint[], p_reasons text[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE v_move record; v_later bigint;
BEGIN
  FOR v_move IN
    SELECT * FROM lot_move WHERE business_id = p_business AND member_id = p_member AND operation_id = ANY (p_operations)
      AND reason = ANY (p_reasons) ORDER BY operation_id DESC, lot_id
  LOOP
    SELECT min(operation_id) INTO v_later FROM lot_move
    WHERE business_id = p_business AND member_id = p_member AND lot_id = v_move.lot_id AND operation_id > v_move.operation_id;
    IF v_later IS NULL THEN
      UPDATE lot SET expires_at = v_move.expires_before
      WHERE business_id = p_business AND member_id = p_member AND id = v_move.lot_id;
    ELSE
      UPDATE lot_move SET expires_before = v_move.expires_before
      WHERE business_id = p_business AND member_id = p_member AND lot_id = v_move.lot_id AND operation_id = v_later;
    END IF;
    DELETE FROM lot_move
    WHERE business_id = p_business AND member_id = p_member AND lot_id = v_move.lot_id AND operation_id = v_move.operation_id;
  END LOOP;
END
$$;

-- What a purchase does to points that are already there, before it is recorded in the same statement. `p_moves`: an array of
-- {kinds, to, reason}. Answers the member, so that the recording waits for it.
CREATE FUNCTION before_purchase(p_business bigint, p_now timestamptz, p_operation bigint, p_member bigint, p_moves jsonb)
RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE v jsonb;
BEGIN
  PERFORM set_config('kolo.business', p_business::text, true);
  PERFORM FROM member_stats WHERE business_id = p_business AND member_id = p_member FOR UPDATE;
  FOR v IN SELECT * FROM jsonb_array_elements(p_moves) LOOP
    PERFORM ledger_extend(p_business, p_member, p_operation, p_now,
      ARRAY(SELECT jsonb_array_elements_text(v->'kinds')), (v->>'to')::timestamptz, v->>'reason');
  END LOOP;
  RETURN p_member;
END
$$;

-- What is written once a purchase or refund is recorded, in the same statement. A request that had been recorded before leaves
-- nothing of what was prepared for it.
CREATE FUNCTION after_purchase(p_business bigint, p_now timestamptz, p_operation bigint, p_member bigint, p_outcome text, p_rows jsonb)
RETURNS int
LANGUAGE plpgsql AS $$
BEGIN
  IF p_outcome = 'recorded' THEN RETURN standing_write(p_business, p_now, p_rows); END IF;
  PERFORM ledger_unextend(p_business, p_member, ARRAY[p_operation], ARRAY['visit', 'kept']);
  RETURN 0;
END
$$;

-- The opposite before a refund. A visit that is undone moves nothing any more; what the first purchase kept is kept as long as any
-- purchase is left.
CREATE FUNCTION before_refund(
  p_business bigint, p_member bigint, p_origin bigint, p_full boolean, p_visits_left int
) RETURNS bigint
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('kolo.business', p_business::text, true);
  PERFORM FROM member_stats WHERE business_id = p_business AND member_id = p_member FOR UPDATE;
  IF p_full THEN
    PERFORM ledger_unextend(p_business, p_member, ARRAY[p_origin], ARRAY['visit']);
    IF p_visits_left = 0 THEN
      PERFORM ledger_unextend(p_business, p_member, ARRAY(SELECT DISTINCT operation_id FROM lot_move
        WHERE business_id = p_business AND member_id = p_member AND reason = 'kept'), ARRAY['kept']);
    END IF;
  END IF;
  RETURN p_member;
END
$$;

CREATE FUNCTION after_refund(
  p_business bigint, p_now timestamptz, p_member bigint, p_outcome text, p_full boolean, p_bought timestamptz, p_cash bigint, p_rows jsonb
) RETURNS int
LANGUAGE plpgsql AS $$
BEGIN
  IF p_outcome <> 'recorded' THEN RETURN 0; END IF;
  PERFORM lower_evidence(p_business, p_member, p_bought, p_cash, p_full);
  RETURN standing_write(p_business, p_now, p_rows);
END
$$;

-- Lets the points of a purchase begin now. Answers how many did; none when they were confirmed before or had begun.
CREATE FUNCTION confirm_earned(
  p_business bigint, p_now timestamptz, p_operation bigint, p_expires timestamptz, p_audit bigint, p_actor_kind text, p_actor bigint
) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE v_member bigint; v_points bigint;
BEGIN
  PERFORM set_config('kolo.business', p_business::text, true);
  SELECT o.member_id INTO v_member FROM operation o WHERE o.business_id = p_business AND o.id = p_operation;
  PERFORM FROM member_stats WHERE business_id = p_business AND member_id = v_member FOR UPDATE;
  INSERT INTO earn_confirmation (business_id, operation_id, at, actor_kind, actor_id)
  VALUES (p_business, p_operation, p_now, p_actor_kind, p_actor) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN RETURN 0; END IF;
  WITH begun AS (
    -- Points of a rule may have a life of their own: it begins now.
    UPDATE lot SET available_at = p_now,
      expires_at = CASE WHEN kind = 'rule' AND expires_at IS NOT NULL THEN p_now + (expires_at - available_at) ELSE p_expires END
    WHERE business_id = p_business AND member_id = v_member AND available_at > p_now AND id IN (
      SELECT t.lot_id FROM transfer t WHERE t.business_id = p_business AND t.operation_id = p_operation AND t.reason = 'earn')
    RETURNING remaining
  ) SELECT coalesce(sum(remaining), 0) INTO v_points FROM begun;
  UPDATE member_stats SET version = version + 1 WHERE business_id = p_business AND member_id = v_member;
  INSERT INTO audit (business_id, id, at, actor_kind, actor_id, action, subject_kind, subject_id, detail)
  VALUES (p_business, p_audit, p_now, p_actor_kind, p_actor, 'purchase.confirm', 'operation', p_operation,
    jsonb_build_object('points', v_points));
  INSERT INTO outbox (business_id, member_id, type, payload, at, due_at)
  VALUES (p_business, v_member, 'points.confirmed', jsonb_build_object('operationId', p_operation, 'points', v_points), p_now, p_now);
  RETURN v_points;
END
$$;

-- Tells members whose points end within a stretch of time, once for each end and number of days. Answers how many.
CREATE FUNCTION remind_of_expiry(
  p_business bigint, p_now timestamptz, p_from timestamptz, p_to timestamptz, p_made timestamptz, p_days int
) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE v_told int;
BEGIN
  PERFORM set_config('kolo.business', p_business::text, true);
  WITH due AS (
    SELECT l.member_id, l.expires_at, sum(l.remaining) AS points FROM lot l
    WHERE l.business_id = p_business AND l.remaining > 0 AND l.expires_at >= p_from AND l.expires_at < p_to
      -- What was only just given with a short life is no news.
      AND l.id < ((extract(epoch FROM p_made) * 1000)::bigint - 946684800000) << 12
    GROUP BY l.member_id, l.expires_at
  ), fresh AS (
    INSERT INTO expiry_reminder (business_id, member_id, ends_at, days, points, at)
    SELECT p_business, member_id, expires_at, p_days, points, p_now FROM due ON CONFLICT DO NOTHING
    RETURNING member_id, ends_at, points
  )
  INSERT INTO outbox (business_id, member_id, type, payload, at, due_at)
  SELECT p_business, member_id, 'points.expiring',
    jsonb_build_object('points', points, 'expiresAt', ends_at, 'days', p_days), p_now, p_now FROM fresh;
  GET DIAGNOSTICS v_told = ROW_COUNT;
  DELETE FROM expiry_reminder WHERE business_id = p_business AND ends_at < p_now - interval '30 days';
  RETURN v_told;
END
$$;
