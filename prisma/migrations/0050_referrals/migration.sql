-- Referrals: who came by whom, what it paid, and the sums screens read. Kept by the handler of events, never by the till.

-- Browsers a person signed in or joined with, as keyed hashes: two members of one telephone are worth a look.
CREATE TABLE "person_device" (
    "device" TEXT NOT NULL,
    "person_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "person_device_pkey" PRIMARY KEY ("device", "person_id")
);
CREATE INDEX "person_device_person_id_idx" ON "person_device"("person_id");

CREATE TABLE "referral" (
    "business_id" BIGINT NOT NULL,
    "member_id" BIGINT NOT NULL,
    "inviter_id" BIGINT NOT NULL,
    "joined_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "suspicions" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "device" TEXT,
    "network" TEXT,
    "bought_at" TIMESTAMPTZ(3),
    "effective_id" BIGINT,
    "points" BIGINT NOT NULL DEFAULT 0,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by" BIGINT,
    "decision" TEXT,

    CONSTRAINT "referral_pkey" PRIMARY KEY ("business_id", "member_id"),
    CONSTRAINT "referral_state" CHECK ("state" IN ('open', 'held', 'rejected'))
);
CREATE INDEX "referral_business_id_inviter_id_member_id_idx" ON "referral"("business_id", "inviter_id", "member_id");
CREATE INDEX "referral_device" ON "referral"("business_id", "device", "member_id") WHERE device IS NOT NULL;
CREATE INDEX "referral_network" ON "referral"("business_id", "network", "member_id") WHERE network IS NOT NULL;
CREATE INDEX "referral_held" ON "referral"("business_id", "member_id") WHERE state = 'held';

-- One reward of one level for one cause; the key makes it given once.
CREATE TABLE "referral_reward" (
    "business_id" BIGINT NOT NULL,
    "source_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "level" INTEGER NOT NULL,
    "friend_id" BIGINT NOT NULL,
    "member_id" BIGINT NOT NULL,
    "programme_version" INTEGER NOT NULL,
    "rate_bps" INTEGER NOT NULL DEFAULT 0,
    "base_minor" BIGINT NOT NULL DEFAULT 0,
    "points" BIGINT NOT NULL,
    "taken" BIGINT NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL,
    "held_by" BIGINT,
    "grant_id" BIGINT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "referral_reward_pkey" PRIMARY KEY ("business_id", "source_id", "kind", "level"),
    CONSTRAINT "referral_reward_kind" CHECK ("kind" IN ('percent', 'invitation', 'friend_first', 'friend_join')),
    CONSTRAINT "referral_reward_state" CHECK ("state" IN ('paid', 'held', 'dropped')),
    CONSTRAINT "referral_reward_taken" CHECK ("taken" BETWEEN 0 AND "points")
);
CREATE INDEX "referral_reward_held" ON "referral_reward"("business_id", "held_by", "source_id") WHERE held_by IS NOT NULL;
CREATE INDEX "referral_reward_business_id_friend_id_kind_idx" ON "referral_reward"("business_id", "friend_id", "kind");

-- An inviter in sums: their own link and friends; friends of friends apart.
CREATE TABLE "referral_stats" (
    "business_id" BIGINT NOT NULL,
    "member_id" BIGINT NOT NULL,
    "opened" INTEGER NOT NULL DEFAULT 0,
    "joined" INTEGER NOT NULL DEFAULT 0,
    "bought" INTEGER NOT NULL DEFAULT 0,
    "far_joined" INTEGER NOT NULL DEFAULT 0,
    "cash_minor" BIGINT NOT NULL DEFAULT 0,
    "far_cash_minor" BIGINT NOT NULL DEFAULT 0,
    "points" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "referral_stats_pkey" PRIMARY KEY ("business_id", "member_id")
);
CREATE INDEX "referral_stats_cash" ON "referral_stats"("business_id", "cash_minor", "member_id");
CREATE INDEX "referral_stats_points" ON "referral_stats"("business_id", "points", "member_id");
CREATE INDEX "referral_stats_joined" ON "referral_stats"("business_id", "joined", "member_id");

-- A business's day: how far invitations went.
CREATE TABLE "referral_day" (
    "business_id" BIGINT NOT NULL,
    "day" DATE NOT NULL,
    "opened" INTEGER NOT NULL DEFAULT 0,
    "joined" INTEGER NOT NULL DEFAULT 0,
    "bought" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "referral_day_pkey" PRIMARY KEY ("business_id", "day")
);

-- Who opened whose link on which day, so that a day counts a browser once; forgotten after two days.
CREATE TABLE "referral_open" (
    "business_id" BIGINT NOT NULL,
    "day" DATE NOT NULL,
    "inviter_id" BIGINT NOT NULL,
    "device" TEXT NOT NULL,

    CONSTRAINT "referral_open_pkey" PRIMARY KEY ("business_id", "day", "inviter_id", "device")
);

-- Points friends brought that may wait for the next visit are found without reading other lots.
CREATE INDEX "lot_referral" ON "lot"("business_id", "member_id") WHERE kind = 'referral' AND remaining > 0;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['referral', 'referral_reward', 'referral_stats', 'referral_day', 'referral_open'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (business_id = current_business()) WITH CHECK (business_id = current_business())', t);
  END LOOP;
END
$$;
GRANT SELECT, INSERT, UPDATE, DELETE ON
  person_device, referral, referral_reward, referral_stats, referral_day, referral_open TO kolo_app;

-- When points begin that wait for a visit: never, as long as nobody comes.
CREATE FUNCTION referral_never() RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT timestamptz '2999-12-31 00:00:00+00' $$;

-- What waits for a visit is not "pending from a date": the till's reading leaves it out, whatever else that function has become.
DO $$
DECLARE v_text text;
BEGIN
  SELECT pg_get_functiondef('till_member'::regproc) INTO v_text;
  IF position('x.available_at > p_now' IN v_text) = 0 THEN RAISE EXCEPTION 'till_member reads pending lots in another way'; END IF;
  EXECUTE replace(v_text, 'x.available_at > p_now', 'x.available_at > p_now AND x.available_at < referral_never()');
END
$$;

-- Who stands above some members, up to three levels; a circle ends where it meets itself.
CREATE FUNCTION referral_chain(p_business bigint, p_members bigint[])
RETURNS TABLE (member_id bigint, level int, ancestor_id bigint, link_id bigint)
LANGUAGE sql STABLE AS $$
  WITH RECURSIVE path AS (
    SELECT m.id AS member_id, 1 AS level, m.inviter_id AS ancestor_id, m.id AS link_id, ARRAY[m.id] AS seen FROM member m
    WHERE m.business_id = p_business AND m.id = ANY (p_members) AND m.inviter_id <> m.id
    UNION ALL
    SELECT p.member_id, p.level + 1, m.inviter_id, m.id, p.seen || m.id FROM path p
    JOIN member m ON m.business_id = p_business AND m.id = p.ancestor_id
    WHERE p.level < 3 AND m.inviter_id IS NOT NULL AND m.inviter_id <> ALL (p.seen || m.id)
  )
  SELECT member_id, level, ancestor_id, link_id FROM path ORDER BY member_id, level
$$;

-- Locks members in ascending order, before anything is written: two batches of news never wait crosswise.
CREATE FUNCTION referral_lock(p_business bigint, p_members bigint[])
RETURNS TABLE (member_id bigint, last_at timestamptz, blocked boolean)
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM member_stats s WHERE s.business_id = p_business AND s.member_id = ANY (p_members) ORDER BY s.member_id FOR UPDATE;
  RETURN QUERY
    SELECT s.member_id, s.last_at, m.blocked_at IS NOT NULL FROM member_stats s
    JOIN member m ON m.business_id = s.business_id AND m.id = s.member_id
    WHERE s.business_id = p_business AND s.member_id = ANY (p_members);
END
$$;

-- Takes points of a grant back out of the lot they went into, spent or not: what is gone is owed, what burned is called back
-- first and not owed. An operation of its own; the caller holds the reward's row.
CREATE FUNCTION take_back_grant(
  p_business bigint, p_now timestamptz, p_operation bigint, p_member bigint, p_grant bigint, p_points bigint,
  p_programme int, p_source text, p_actor_kind text, p_because jsonb
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE v_stats member_stats; v_lot bigint; v_back bigint;
BEGIN
  SELECT * INTO v_stats FROM member_stats WHERE business_id = p_business AND member_id = p_member FOR UPDATE;
  SELECT t.lot_id, least(p_points, l.expired) INTO v_lot, v_back FROM transfer t
  JOIN lot l ON l.business_id = t.business_id AND l.member_id = t.member_id AND l.id = t.lot_id
  WHERE t.business_id = p_business AND t.operation_id = p_grant AND t.member_id = p_member AND t.reason = 'give';
  IF v_lot IS NULL THEN RAISE EXCEPTION 'grant % gave nothing to take back', p_grant; END IF;
  INSERT INTO operation (business_id, id, kind, state, member_id, at, total_minor, cash_minor, points_spent,
    programme_version, tier_id, source, because)
  VALUES (p_business, p_operation, 'grant', 'normal', p_member, p_now, 0, 0, p_points, p_programme, v_stats.tier_id, p_source, p_because);
  IF v_back > 0 THEN
    PERFORM ledger_transfer(p_business, p_member, v_lot, p_operation, p_now, 'breakage', 'member', v_back, 'unexpire');
  END IF;
  PERFORM ledger_transfer(p_business, p_member, v_lot, p_operation, p_now, 'member', 'issued', p_points, 'deduct');
  UPDATE member_stats SET version = version + 1, points = points - p_points + v_back
  WHERE business_id = p_business AND member_id = p_member;
  PERFORM audit_operation(p_business, p_now, p_operation, p_actor_kind, NULL, 'points.grant', p_member,
    jsonb_build_object('points', -p_points, 'kind', 'referral'));
  INSERT INTO outbox (business_id, member_id, type, payload, at, due_at)
  VALUES (p_business, p_member, 'points.granted', jsonb_build_object('operationId', p_operation, 'points', -p_points,
    'kind', 'referral', 'pointsExpired', -v_back), p_now, p_now);
END
$$;

-- Lets a member's referral points begin when they bought since p_since (always, when null), and has them wait otherwise.
-- The same answer however often it is asked. Answers whether anything moved.
CREATE FUNCTION referral_settle(p_business bigint, p_now timestamptz, p_member bigint, p_since timestamptz) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE v_last timestamptz;
BEGIN
  SELECT last_at INTO v_last FROM member_stats WHERE business_id = p_business AND member_id = p_member FOR UPDATE;
  IF p_since IS NULL OR v_last >= p_since THEN
    UPDATE lot SET available_at = p_now
    WHERE business_id = p_business AND member_id = p_member AND kind = 'referral' AND remaining > 0 AND available_at = referral_never();
  ELSE
    UPDATE lot SET available_at = referral_never()
    WHERE business_id = p_business AND member_id = p_member AND kind = 'referral' AND remaining > 0 AND available_at <= p_now;
  END IF;
  IF NOT FOUND THEN RETURN false; END IF;
  -- What was decided on the old balance must be decided again.
  UPDATE member_stats SET version = version + 1 WHERE business_id = p_business AND member_id = p_member;
  RETURN true;
END
$$;

-- Members whose referral points are not as their last visit has them, after an id, in order.
CREATE FUNCTION referral_unsettled(p_business bigint, p_since timestamptz, p_after bigint, p_limit int) RETURNS SETOF bigint
LANGUAGE sql STABLE AS $$
  SELECT DISTINCT l.member_id FROM lot l
  JOIN member_stats s ON s.business_id = l.business_id AND s.member_id = l.member_id
  WHERE l.business_id = p_business AND l.member_id > p_after AND l.kind = 'referral' AND l.remaining > 0
    AND (l.available_at = referral_never()) = (p_since IS NULL OR coalesce(s.last_at >= p_since, false))
  ORDER BY 1 LIMIT p_limit
$$;

-- Adds to inviters' sums; a row is made with its first figure.
CREATE FUNCTION referral_add(
  p_business bigint, p_member bigint, p_opened int, p_joined int, p_bought int, p_far_joined int,
  p_cash bigint, p_far_cash bigint, p_points bigint
) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO referral_stats AS r (business_id, member_id, opened, joined, bought, far_joined, cash_minor, far_cash_minor, points)
  VALUES (p_business, p_member, p_opened, p_joined, p_bought, p_far_joined, p_cash, p_far_cash, p_points)
  ON CONFLICT (business_id, member_id) DO UPDATE SET
    opened = r.opened + excluded.opened, joined = r.joined + excluded.joined, bought = r.bought + excluded.bought,
    far_joined = r.far_joined + excluded.far_joined, cash_minor = r.cash_minor + excluded.cash_minor,
    far_cash_minor = r.far_cash_minor + excluded.far_cash_minor, points = r.points + excluded.points
$$;

-- An opened link, once a day and browser; past a thousand a day nobody is counted any more. Answers whether it was counted.
CREATE FUNCTION referral_opened(p_business bigint, p_code text, p_day date, p_device text) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE v_inviter bigint;
BEGIN
  SELECT id INTO v_inviter FROM member WHERE business_id = p_business AND invite_code = p_code;
  IF v_inviter IS NULL OR (SELECT count(*) >= 1000 FROM (SELECT FROM referral_open
    WHERE business_id = p_business AND day = p_day AND inviter_id = v_inviter LIMIT 1000) x) THEN RETURN false; END IF;
  INSERT INTO referral_open (business_id, day, inviter_id, device) VALUES (p_business, p_day, v_inviter, p_device)
  ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM referral_add(p_business, v_inviter, 1, 0, 0, 0, 0, 0, 0);
  INSERT INTO referral_day AS d (business_id, day, opened) VALUES (p_business, p_day, 1)
  ON CONFLICT (business_id, day) DO UPDATE SET opened = d.opened + 1;
  RETURN true;
END
$$;

-- The first purchase of a friend that still stands and reaches p_min after what was given back of it.
CREATE FUNCTION referral_effective(p_business bigint, p_friend bigint, p_min bigint) RETURNS bigint
LANGUAGE sql STABLE AS $$
  SELECT o.id FROM operation o
  WHERE o.business_id = p_business AND o.member_id = p_friend AND o.kind = 'purchase' AND o.state = 'normal'
    AND o.cash_minor - coalesce((SELECT sum(r.cash_minor) FROM operation r
      WHERE r.business_id = p_business AND r.origin_id = o.id AND r.kind = 'refund'), 0) >= p_min
  ORDER BY o.id LIMIT 1
$$;

-- A friend under review, or turned down, lifts nobody's tier.
CREATE OR REPLACE FUNCTION recount_invitations(p_business bigint, p_inviter bigint) RETURNS TABLE (effective int, cash_spent bigint, tier_id text)
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('kolo.business', p_business::text, true);
  PERFORM FROM member_stats s WHERE s.business_id = p_business AND s.member_id = p_inviter FOR UPDATE;
  RETURN QUERY
    UPDATE member_stats s SET version = version + 1, effective_invited_count = (
      SELECT count(*) FROM member m JOIN member_stats f ON f.business_id = m.business_id AND f.member_id = m.id
      LEFT JOIN referral r ON r.business_id = m.business_id AND r.member_id = m.id
      WHERE m.business_id = p_business AND m.inviter_id = p_inviter AND f.visits > 0 AND coalesce(r.state, 'open') = 'open')
    WHERE s.business_id = p_business AND s.member_id = p_inviter
    RETURNING s.effective_invited_count, s.cash_spent_minor, s.tier_id;
END
$$;

-- What was before: friends who came by invitation, their first purchase as the one that made it count, and the sums of it.
INSERT INTO referral (business_id, member_id, inviter_id, joined_at, state, bought_at, effective_id)
SELECT m.business_id, m.id, m.inviter_id, m.created_at, 'open', s.first_at,
  CASE WHEN s.first_at IS NOT NULL THEN (SELECT min(o.id) FROM operation o WHERE o.business_id = m.business_id
    AND o.member_id = m.id AND o.kind = 'purchase' AND o.state = 'normal') END
FROM member m JOIN member_stats s ON s.business_id = m.business_id AND s.member_id = m.id
WHERE m.inviter_id IS NOT NULL;

INSERT INTO referral_stats (business_id, member_id, joined, bought, far_joined, cash_minor, far_cash_minor)
SELECT business_id, inviter_id, sum(joined), sum(bought), sum(far_joined), sum(cash), sum(far_cash) FROM (
  SELECT r.business_id, r.inviter_id, 1 AS joined, (r.bought_at IS NOT NULL)::int AS bought, 0 AS far_joined,
    s.cash_spent_minor AS cash, 0 AS far_cash
  FROM referral r JOIN member_stats s ON s.business_id = r.business_id AND s.member_id = r.member_id
  UNION ALL
  SELECT r.business_id, a.inviter_id, 0, 0, 1, 0, s.cash_spent_minor
  FROM referral r JOIN member_stats s ON s.business_id = r.business_id AND s.member_id = r.member_id
  JOIN referral a ON a.business_id = r.business_id AND a.member_id = r.inviter_id
  UNION ALL
  SELECT r.business_id, b.inviter_id, 0, 0, 1, 0, s.cash_spent_minor
  FROM referral r JOIN member_stats s ON s.business_id = r.business_id AND s.member_id = r.member_id
  JOIN referral a ON a.business_id = r.business_id AND a.member_id = r.inviter_id
  JOIN referral b ON b.business_id = r.business_id AND b.member_id = a.inviter_id
) x GROUP BY 1, 2;

INSERT INTO referral_day (business_id, day, joined, bought)
SELECT business_id, day, sum(joined), sum(bought) FROM (
  SELECT r.business_id, (r.joined_at AT TIME ZONE b.zone)::date AS day, 1 AS joined, 0 AS bought
  FROM referral r JOIN business b ON b.id = r.business_id
  UNION ALL
  SELECT r.business_id, (r.bought_at AT TIME ZONE b.zone)::date, 0, 1
  FROM referral r JOIN business b ON b.id = r.business_id WHERE r.bought_at IS NOT NULL
) x GROUP BY 1, 2;
