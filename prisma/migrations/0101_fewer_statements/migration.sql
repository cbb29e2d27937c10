-- The same in fewer statements: a new member at once, news of several shards in one batch, rhythms through each member's own rows.

-- Adds a member: the row, the profile, the figures, one more invited at the inviter, audit and news.
CREATE FUNCTION member_enrol(
  p_business bigint, p_now timestamptz, p_member bigint, p_person bigint, p_uid text, p_inviter bigint, p_source text, p_invite_code text,
  p_name text, p_phone text, p_email text, p_birth_date date, p_gender text, p_search text,
  p_audit bigint, p_actor_kind text, p_actor bigint, p_news jsonb
) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO member (business_id, id, person_id, uid, inviter_id, source, invite_code, created_at)
  VALUES (p_business, p_member, p_person, p_uid, p_inviter, p_source, p_invite_code, p_now);
  INSERT INTO member_profile (business_id, member_id, name, phone, email, birth_date, gender, search)
  VALUES (p_business, p_member, p_name, p_phone, p_email, p_birth_date, p_gender, p_search);
  INSERT INTO member_stats (business_id, member_id) VALUES (p_business, p_member);
  IF p_inviter IS NOT NULL THEN
    UPDATE member_stats SET invited_count = invited_count + 1 WHERE business_id = p_business AND member_id = p_inviter;
  END IF;
  INSERT INTO audit (business_id, id, at, actor_kind, actor_id, action, subject_kind, subject_id, detail)
  VALUES (p_business, p_audit, p_now, p_actor_kind, p_actor, 'member.enrol', 'member', p_member,
    jsonb_build_object('source', p_source));
  INSERT INTO outbox (business_id, member_id, type, payload, at, due_at)
  VALUES (p_business, p_member, 'member.joined', p_news, p_now, p_now);
END
$$;

-- Events that were tried and wait: few, and asked for with every claim.
CREATE INDEX outbox_tried ON outbox (due_at) WHERE attempts > 0;

-- Up to p_limit events that are due, of as many shards of members as that takes; whoever else claims gets other shards. A member's
-- events come in order: none while an earlier one waits. Only the oldest that may come are looked at, however many are behind them.
CREATE OR REPLACE FUNCTION outbox_claim(p_now timestamptz, p_limit int) RETURNS SETOF outbox
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE v record; v_last bigint; v_shards int[] := '{}'; v_count bigint := 0;
BEGIN
  WITH waiting AS (
    SELECT business_id, member_id, min(id) AS first_id FROM outbox
    WHERE attempts > 0 AND due_at > p_now AND dead_at IS NULL AND member_id IS NOT NULL GROUP BY 1, 2
  )
  SELECT max(id) INTO v_last FROM (
    SELECT o.id FROM outbox o WHERE o.due_at <= p_now AND o.dead_at IS NULL AND NOT EXISTS (
      SELECT FROM waiting w WHERE w.business_id = o.business_id AND w.member_id = o.member_id AND w.first_id < o.id)
    ORDER BY o.id LIMIT greatest(2000, p_limit)) oldest;
  FOR v IN
    WITH head AS MATERIALIZED (SELECT o.id, o.business_id, o.member_id, o.due_at FROM outbox o WHERE o.id <= v_last AND o.dead_at IS NULL),
    waiting AS (
      SELECT business_id, member_id, min(id) AS first_id FROM head WHERE due_at > p_now AND member_id IS NOT NULL GROUP BY 1, 2
    )
    SELECT mod(coalesce(h.member_id, h.business_id), 16)::int AS shard, count(*) AS events FROM head h
    WHERE h.due_at <= p_now AND NOT EXISTS (
      SELECT FROM waiting w WHERE w.business_id = h.business_id AND w.member_id = h.member_id AND w.first_id < h.id)
    GROUP BY 1 ORDER BY min(h.id)
  LOOP
    CONTINUE WHEN NOT pg_try_advisory_xact_lock(1263553615, v.shard);
    v_shards := v_shards || v.shard;
    v_count := v_count + v.events;
    EXIT WHEN v_count >= p_limit;
  END LOOP;
  -- Asked again under the locks: whoever held a shard until now has ticked off what it had.
  RETURN QUERY
    WITH head AS MATERIALIZED (
      SELECT o.* FROM outbox o
      WHERE o.id <= v_last AND o.dead_at IS NULL AND mod(coalesce(o.member_id, o.business_id), 16) = ANY (v_shards)
    ), waiting AS (
      SELECT h.business_id, h.member_id, min(h.id) AS first_id FROM head h
      WHERE h.due_at > p_now AND h.member_id IS NOT NULL GROUP BY 1, 2
    )
    SELECT h.* FROM head h
    WHERE h.due_at <= p_now AND NOT EXISTS (
      SELECT FROM waiting w WHERE w.business_id = h.business_id AND w.member_id = h.member_id AND w.first_id < h.id)
    ORDER BY h.id LIMIT p_limit;
END
$$;

-- Rhythm by category (or by item where it has none): days on which it was bought, at least three, and the median of the last
-- twelve gaps between them. Replaces what was known of these members. Through each member's own purchases, whatever the planner
-- believes of tables it has not counted yet.
CREATE OR REPLACE FUNCTION insight_rhythm(p_business bigint, p_zone text, p_members bigint[]) RETURNS void
LANGUAGE sql AS $$
  DELETE FROM member_rhythm r WHERE r.business_id = p_business AND r.member_id = ANY (p_members);
  INSERT INTO member_rhythm (business_id, member_id, subject, name, visits, gap_days, last_on, due_on)
  SELECT p_business, x.member_id, x.subject, x.name, x.visits, x.gap, x.last_on, x.last_on + greatest(1, round(x.gap))::int
  FROM (
    SELECT g.member_id, g.subject, min(g.name) AS name, count(*)::int AS visits, max(g.visited_on) AS last_on,
      percentile_cont(0.5) WITHIN GROUP (ORDER BY g.gap) FILTER (WHERE g.gap IS NOT NULL AND g.back <= 12) AS gap
    FROM (
      SELECT d.*, d.visited_on - lag(d.visited_on) OVER (PARTITION BY d.member_id, d.subject ORDER BY d.visited_on) AS gap,
        row_number() OVER (PARTITION BY d.member_id, d.subject ORDER BY d.visited_on DESC) AS back
      FROM (
        SELECT DISTINCT m.id AS member_id, (o.at AT TIME ZONE p_zone)::date AS visited_on,
          coalesce('category:' || i.category, 'item:' || i.id) AS subject, coalesce(i.category, i.name) AS name
        FROM unnest(p_members) AS m(id)
        CROSS JOIN LATERAL (
          SELECT w.id, w.at FROM operation w
          WHERE w.business_id = p_business AND w.member_id = m.id AND w.kind = 'purchase' AND w.state = 'normal' OFFSET 0) o
        CROSS JOIN LATERAL (
          SELECT w.item_id FROM operation_line w
          WHERE w.business_id = p_business AND w.operation_id = o.id AND w.item_id IS NOT NULL OFFSET 0) l
        JOIN item i ON i.business_id = p_business AND i.id = l.item_id
      ) d
    ) g
    GROUP BY 1, 2
  ) x WHERE x.visits >= 3
$$;
