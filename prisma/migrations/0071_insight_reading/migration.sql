-- The visits of some members as day numbers since 1970 with what was paid: what the lifetime models are tried on.
CREATE FUNCTION insight_visits(p_business bigint, p_zone text, p_members bigint[]) RETURNS TABLE (
  member_id bigint, days int[], paid bigint[]
)
LANGUAGE sql STABLE AS $$
  WITH visit AS (
    SELECT o.member_id, (o.at AT TIME ZONE p_zone)::date AS visited_on,
      sum(CASE WHEN o.refunded_minor = 0 THEN o.cash_minor
        ELSE o.cash_minor - round(o.cash_minor::numeric * o.refunded_minor / o.total_minor)::bigint END)::bigint AS paid
    FROM unnest(p_members) AS m(id)
    JOIN operation o ON o.business_id = p_business AND o.member_id = m.id AND o.kind = 'purchase' AND o.state = 'normal'
    GROUP BY 1, 2
  )
  SELECT v.member_id, array_agg(v.visited_on - date '1970-01-01' ORDER BY v.visited_on), array_agg(v.paid ORDER BY v.visited_on)
  FROM visit v GROUP BY 1
$$;

-- Rhythm by category (or by item where it has none): days on which it was bought, at least three, and the median of the last
-- twelve gaps between them. Replaces what was known of these members.
CREATE FUNCTION insight_rhythm(p_business bigint, p_zone text, p_members bigint[]) RETURNS void
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
        SELECT DISTINCT o.member_id, (o.at AT TIME ZONE p_zone)::date AS visited_on,
          coalesce('category:' || i.category, 'item:' || i.id) AS subject, coalesce(i.category, i.name) AS name
        FROM unnest(p_members) AS m(id)
        JOIN operation o ON o.business_id = p_business AND o.member_id = m.id AND o.kind = 'purchase' AND o.state = 'normal'
        JOIN operation_line l ON l.business_id = p_business AND l.operation_id = o.id AND l.item_id IS NOT NULL
        JOIN item i ON i.business_id = p_business AND i.id = l.item_id
      ) d
    ) g
    GROUP BY 1, 2
  ) x WHERE x.visits >= 3
$$;
