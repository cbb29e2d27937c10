-- Tiers with a life: sums of the window that qualifies, grace, tiers given by staff, and the history of every move.

-- CreateTable
CREATE TABLE "member_standing" (
    "business_id" BIGINT NOT NULL,
    "member_id" BIGINT NOT NULL,
    "window_key" TEXT NOT NULL,
    "earned_tier" TEXT NOT NULL,
    "window_from" TIMESTAMPTZ(3),
    "cash_minor" BIGINT NOT NULL DEFAULT 0,
    "visits" INTEGER NOT NULL DEFAULT 0,
    "invited" INTEGER NOT NULL DEFAULT 0,
    "slide_at" TIMESTAMPTZ(3),
    "grace_until" TIMESTAMPTZ(3),
    "manual_tier" TEXT,
    "manual_until" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),

    CONSTRAINT "member_standing_pkey" PRIMARY KEY ("business_id","member_id")
);

-- CreateTable
CREATE TABLE "tier_change" (
    "business_id" BIGINT NOT NULL,
    "member_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "tier_before" TEXT NOT NULL,
    "tier_after" TEXT NOT NULL,
    "is_up" BOOLEAN NOT NULL,
    "reason" TEXT NOT NULL,
    "operation_id" BIGINT,
    "staff_id" BIGINT,
    "until" TIMESTAMPTZ(3),
    "comment" TEXT,
    "window_from" TIMESTAMPTZ(3),
    "cash_minor" BIGINT,
    "visits" INTEGER,
    "invited" INTEGER,

    CONSTRAINT "tier_change_pkey" PRIMARY KEY ("business_id","member_id","id")
);

-- CreateTable
CREATE TABLE "tier_gift" (
    "business_id" BIGINT NOT NULL,
    "member_id" BIGINT NOT NULL,
    "tier_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "operation_id" BIGINT NOT NULL,
    "points" BIGINT NOT NULL,

    CONSTRAINT "tier_gift_pkey" PRIMARY KEY ("business_id","member_id","tier_id")
);

-- CreateIndex
CREATE INDEX "member_standing_due" ON "member_standing"("due_at", "business_id") WHERE (due_at IS NOT NULL);

ALTER TABLE member_standing ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON member_standing USING (business_id = current_business()) WITH CHECK (business_id = current_business());
ALTER TABLE tier_change ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tier_change USING (business_id = current_business()) WITH CHECK (business_id = current_business());
ALTER TABLE tier_gift ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tier_gift USING (business_id = current_business()) WITH CHECK (business_id = current_business());
GRANT SELECT, INSERT, UPDATE, DELETE ON member_standing, tier_change, tier_gift TO kolo_app;

-- What is kept of one member's standing, or NULL.
CREATE FUNCTION member_life(p_business bigint, p_member bigint) RETURNS jsonb
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('kolo.business', p_business::text, true);
  RETURN (SELECT to_jsonb(s) FROM member_standing s WHERE s.business_id = p_business AND s.member_id = p_member);
END
$$;

-- Writes members' standings and tells of the moves among them. A row: memberId, life (or null: nothing is kept), tierBefore,
-- tierAfter, isUp, reason, operationId, staffId, until, since, comment. Call with the members' rows in member_stats locked.
CREATE FUNCTION standing_write(p_business bigint, p_now timestamptz, p_rows jsonb) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE v jsonb; l jsonb; v_member bigint; v_moved int := 0;
BEGIN
  PERFORM set_config('kolo.business', p_business::text, true);
  FOR v IN SELECT * FROM jsonb_array_elements(p_rows) LOOP
    v_member := (v->>'memberId')::bigint;
    l := nullif(v->'life', 'null'::jsonb);
    IF l IS NULL THEN
      DELETE FROM member_standing WHERE business_id = p_business AND member_id = v_member;
    ELSE
      INSERT INTO member_standing (business_id, member_id, window_key, earned_tier, window_from, cash_minor, visits, invited,
        slide_at, grace_until, manual_tier, manual_until, due_at)
      VALUES (p_business, v_member, l->>'key', l->>'earned', (l->>'from')::timestamptz, (l->>'cashMinor')::bigint,
        (l->>'visits')::int, (l->>'invited')::int, (l->>'slideAt')::timestamptz, (l->>'graceUntil')::timestamptz,
        l->>'manualTier', (l->>'manualUntil')::timestamptz, (l->>'dueAt')::timestamptz)
      ON CONFLICT (business_id, member_id) DO UPDATE SET window_key = excluded.window_key, earned_tier = excluded.earned_tier,
        window_from = excluded.window_from, cash_minor = excluded.cash_minor, visits = excluded.visits, invited = excluded.invited,
        slide_at = excluded.slide_at, grace_until = excluded.grace_until, manual_tier = excluded.manual_tier,
        manual_until = excluded.manual_until, due_at = excluded.due_at;
    END IF;
    IF (v->>'bump')::boolean THEN
      UPDATE member_stats SET version = version + 1, tier_id = v->>'tierAfter'
      WHERE business_id = p_business AND member_id = v_member;
    END IF;
    IF v->>'tierBefore' <> v->>'tierAfter' THEN
      v_moved := v_moved + 1;
      INSERT INTO tier_change (business_id, member_id, id, at, tier_before, tier_after, is_up, reason, operation_id, staff_id, until,
        comment, window_from, cash_minor, visits, invited)
      VALUES (p_business, v_member, next_id(p_now), p_now, v->>'tierBefore', v->>'tierAfter', (v->>'isUp')::boolean, v->>'reason',
        (v->>'operationId')::bigint, (v->>'staffId')::bigint, (v->>'until')::timestamptz, v->>'comment',
        (l->>'from')::timestamptz, (l->>'cashMinor')::bigint, (l->>'visits')::int, (l->>'invited')::int);
      INSERT INTO outbox (business_id, member_id, type, payload, at, due_at)
      VALUES (p_business, v_member, 'tier.changed', jsonb_strip_nulls(jsonb_build_object('tierBefore', v->>'tierBefore',
        'tierAfter', v->>'tierAfter', 'direction', CASE WHEN (v->>'isUp')::boolean THEN 'up' ELSE 'down' END,
        'reason', v->>'reason', 'operationId', v->'operationId', 'since', v->>'since')), p_now, p_now);
    END IF;
  END LOOP;
  RETURN v_moved;
END
$$;

-- A refund lowers the figures that lifted the member since the purchase: what they say later must be true.
CREATE FUNCTION lower_evidence(
  p_business bigint, p_member bigint, p_bought timestamptz, p_cash bigint, p_full boolean
) RETURNS void
LANGUAGE sql AS $$
  UPDATE tier_change SET cash_minor = cash_minor - p_cash, visits = visits - p_full::int
  WHERE business_id = p_business AND member_id = p_member AND at >= p_bought AND window_from <= p_bought
$$;

-- What members did within their windows: purchases less their refunds, and when the friends they brought first bought.
CREATE FUNCTION members_past(p_business bigint, p_members bigint[], p_from timestamptz) RETURNS TABLE (
  member_id bigint, kind text, at timestamptz, cash bigint, is_visit boolean
)
LANGUAGE sql STABLE AS $$
  SELECT o.member_id, 'purchase', o.at, o.cash_minor - coalesce((
      SELECT sum(r.cash_minor) FROM operation r
      WHERE o.refunded_minor > 0 AND r.business_id = p_business AND r.origin_id = o.id AND r.kind = 'refund'), 0)::bigint,
    o.state = 'normal'
  FROM unnest(p_members) AS m(id)
  JOIN operation o ON o.business_id = p_business AND o.member_id = m.id
    AND o.id >= ((extract(epoch FROM p_from) * 1000)::bigint - 946684800000) << 12
  WHERE o.kind = 'purchase'
  UNION ALL
  SELECT f.inviter_id, 'friend', s.first_at, 0, false
  FROM unnest(p_members) AS m(id)
  JOIN member f ON f.business_id = p_business AND f.inviter_id = m.id
  JOIN member_stats s ON s.business_id = p_business AND s.member_id = f.id
  WHERE s.visits > 0 AND s.first_at >= p_from
$$;

-- Members whose standing is due, across businesses: ids only.
CREATE FUNCTION members_with_due_standing(p_now timestamptz, p_limit int) RETURNS TABLE (business_id bigint, member_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$ SELECT s.business_id, s.member_id FROM member_standing s WHERE s.due_at <= p_now ORDER BY s.due_at LIMIT p_limit $$;
REVOKE EXECUTE ON FUNCTION members_with_due_standing FROM PUBLIC;
GRANT EXECUTE ON FUNCTION members_with_due_standing TO kolo_app;

-- Takes a gift of points back, spent or not: what is no longer there is owed. A burned part is called back first.
CREATE FUNCTION take_gift_back(
  p_business bigint, p_now timestamptz, p_operation bigint, p_member bigint, p_gift bigint, p_programme int, p_because jsonb
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE v_stats member_stats; v_row record; v_back bigint; v_called bigint := 0; v_taken bigint := 0;
BEGIN
  PERFORM set_config('kolo.business', p_business::text, true);
  SELECT * INTO v_stats FROM member_stats WHERE business_id = p_business AND member_id = p_member FOR UPDATE;
  FOR v_row IN
    SELECT t.lot_id, t.points, l.expired FROM transfer t
    JOIN lot l ON l.business_id = t.business_id AND l.member_id = t.member_id AND l.id = t.lot_id
    WHERE t.business_id = p_business AND t.operation_id = p_gift AND t.member_id = p_member AND t.reason = 'give'
  LOOP
    v_back := least(v_row.points, v_row.expired);
    IF v_back > 0 THEN
      PERFORM ledger_transfer(p_business, p_member, v_row.lot_id, p_operation, p_now, 'breakage', 'member', v_back, 'unexpire');
      v_called := v_called + v_back;
    END IF;
    PERFORM ledger_transfer(p_business, p_member, v_row.lot_id, p_operation, p_now, 'member', 'issued', v_row.points, 'deduct');
    v_taken := v_taken + v_row.points;
  END LOOP;
  INSERT INTO operation (business_id, id, kind, state, member_id, at, total_minor, cash_minor, points_spent, points_earned,
    programme_version, tier_id, source, because)
  VALUES (p_business, p_operation, 'grant', 'normal', p_member, p_now, 0, 0, v_taken, 0, p_programme, v_stats.tier_id, 'job', p_because);
  UPDATE member_stats SET version = version + 1, points = points - v_taken + v_called
  WHERE business_id = p_business AND member_id = p_member;
  PERFORM audit_operation(p_business, p_now, p_operation, 'system', NULL, 'points.grant', p_member,
    jsonb_build_object('points', -v_taken, 'kind', 'tier_gift'));
  INSERT INTO outbox (business_id, member_id, type, payload, at, due_at)
  VALUES (p_business, p_member, 'points.granted', jsonb_build_object('operationId', p_operation, 'points', -v_taken,
    'kind', 'tier_gift', 'pointsExpired', -v_called), p_now, p_now);
END
$$;
