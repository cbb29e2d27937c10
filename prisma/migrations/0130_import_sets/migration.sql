-- Import by sets: a stretch of rows is posted by a few statements, each row written twice (as read, as posted) and never moved between indexes.

-- On what stays as it is: rows that are dealt with keep their places in all indexes.
DROP INDEX import_row_faults;
CREATE INDEX import_row_faults ON import_row (business_id, import_id, no) WHERE faults IS NOT NULL;

-- As before in one expression, which is computed in its query instead of being called for each row.
CREATE OR REPLACE FUNCTION import_id(p_at timestamptz) RETURNS bigint
LANGUAGE sql VOLATILE
AS $$
  SELECT (CASE WHEN p_at >= '2000-01-01T00:00:00Z' THEN floor(extract(epoch FROM p_at) * 1000)::bigint - 946684800000
    ELSE floor(extract(epoch FROM p_at) * 1000 * 2592000 / 946684800)::bigint END) * 4096 + nextval('import_low')
$$;

CREATE OR REPLACE FUNCTION import_keep(p_business bigint, p_import bigint, p_rows jsonb) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO import_row (business_id, import_id, no, line, state, key, nth, external, phone, email, name, birth_date, gender, note, at,
    points, total_minor, receipt, lines, faults, raw)
  SELECT p_business, p_import, r.no, r.line, CASE WHEN r.faults IS NULL THEN 'good' ELSE 'bad' END, r.key,
    row_number() OVER (PARTITION BY r.key ORDER BY r.no)
      + (SELECT count(*) FROM import_row x WHERE x.business_id = p_business AND x.import_id = p_import AND x.key = r.key),
    r.external, r.phone, r.email, r.name, r."birthDate", r.gender, r.note,
    r.at, r.points, r."totalMinor", r.receipt, r.lines, r.faults, r.raw
  FROM jsonb_to_recordset(p_rows) AS r(no int, line int, key text, external text, phone text, email text, name text,
    "birthDate" date, gender text, note text, at timestamptz, points bigint, "totalMinor" bigint, receipt text, lines jsonb,
    faults jsonb, raw jsonb)
  ON CONFLICT (business_id, import_id, no) DO NOTHING
$$;

-- These functions look every row up by its key, whatever the planner believes: tables that grew from nothing a moment ago have no
-- figures yet, and each stretch would read all that the stretches before it wrote.
ALTER FUNCTION import_resolve(bigint, bigint, int, int) SET enable_seqscan = off;
ALTER FUNCTION import_resolve(bigint, bigint, int, int) SET enable_bitmapscan = off;
ALTER FUNCTION import_resolve(bigint, bigint, int, int) SET enable_hashjoin = off;
ALTER FUNCTION import_resolve(bigint, bigint, int, int) SET enable_mergejoin = off;
ALTER FUNCTION import_claim(bigint, bigint, text, int, int) SET enable_seqscan = off;
ALTER FUNCTION import_claim(bigint, bigint, text, int, int) SET enable_bitmapscan = off;
ALTER FUNCTION import_claim(bigint, bigint, text, int, int) SET enable_hashjoin = off;
ALTER FUNCTION import_claim(bigint, bigint, text, int, int) SET enable_mergejoin = off;

-- Finds or makes the members of a stretch of rows; each row names its member afterwards.
CREATE OR REPLACE FUNCTION import_members(p_business bigint, p_import bigint, p_after int, p_until int, p_now timestamptz,
  p_actor_kind text, p_actor bigint) RETURNS void
LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan SET enable_seqscan = off SET enable_bitmapscan = off
  SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
DECLARE v_by text;
BEGIN
  PERFORM import_resolve(p_business, p_import, p_after, p_until);
  FOREACH v_by IN ARRAY ARRAY['phone', 'external', 'email'] LOOP
    EXIT WHEN NOT EXISTS (SELECT FROM import_row r WHERE r.business_id = p_business AND r.import_id = p_import
      AND r.no > p_after AND r.no <= p_until AND r.state = 'good' AND r.member_id IS NULL);
    WITH fresh AS MATERIALIZED (
      SELECT f.*, import_id(f.since) AS id FROM (
        SELECT DISTINCT ON (w.who) w.*, min(least(coalesce(w.at, p_now), p_now)) OVER (PARTITION BY w.who) AS since
        FROM (SELECT r.*, CASE v_by WHEN 'phone' THEN r.phone WHEN 'external' THEN r.external ELSE r.email END AS who
          FROM import_row r
          WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until AND r.state = 'good'
            AND r.member_id IS NULL) w
        WHERE w.who IS NOT NULL ORDER BY w.who, w.no
      ) f
    ), made AS (
      INSERT INTO member (business_id, id, source, invite_code, created_at)
      SELECT p_business, id, 'import', translate(left(replace(gen_random_uuid()::text, '-', ''), 12), '01', 'gh'), since FROM fresh
    ), told AS (
      INSERT INTO member_profile (business_id, member_id, name, phone, email, birth_date, gender, note, search)
      SELECT p_business, id, coalesce(name, CASE WHEN phone IS NULL AND email IS NULL THEN external END), phone, email, birth_date,
        gender, note, lower(concat_ws(' ', coalesce(name, CASE WHEN phone IS NULL AND email IS NULL THEN external END), phone, email))
      FROM fresh
    ), counted AS (
      INSERT INTO member_stats (business_id, member_id) SELECT p_business, id FROM fresh
    ), numbered AS (
      INSERT INTO member_external (business_id, external, member_id, import_id)
      SELECT DISTINCT ON (external) p_business, external, id, p_import FROM fresh WHERE external IS NOT NULL ORDER BY external, no
      ON CONFLICT DO NOTHING
    ), written AS (
      INSERT INTO audit (business_id, id, at, actor_kind, actor_id, action, subject_kind, subject_id, detail)
      SELECT p_business, id, p_now, p_actor_kind, p_actor, 'member.enrol', 'member', id,
        jsonb_build_object('source', 'import', 'importId', p_import) FROM fresh
    )
    UPDATE import_row r SET member_id = f.id, made_member = true FROM fresh f
    WHERE r.business_id = p_business AND r.import_id = p_import AND r.no = f.no;
    PERFORM import_resolve(p_business, p_import, p_after, p_until);
  END LOOP;
  -- A member known by phone learns the number they have elsewhere.
  INSERT INTO member_external (business_id, external, member_id, import_id)
  SELECT DISTINCT ON (r.external) p_business, r.external, r.member_id, p_import FROM import_row r
  WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until AND r.state = 'good'
    AND r.external IS NOT NULL AND r.member_id IS NOT NULL
  ORDER BY r.external, r.no
  ON CONFLICT DO NOTHING;
END
$$;

-- The things bought with the purchases of a stretch of rows, each as the catalogue's own where it has one of that name.
CREATE FUNCTION import_lines(p_business bigint, p_import bigint, p_after int, p_until int) RETURNS void
LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM import_row r WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after
    AND r.no <= p_until AND r.state = 'done' AND r.lines IS NOT NULL) THEN RETURN; END IF;
  WITH goods AS MATERIALIZED (
    SELECT DISTINCT ON (lower(t.name)) lower(t.name) AS name, t.id, t.category FROM item t
    WHERE t.business_id = p_business ORDER BY lower(t.name), t.archived_at NULLS FIRST, t.id
  )
  INSERT INTO operation_line (business_id, operation_id, no, item_id, name, quantity, amount_minor, category)
  SELECT p_business, r.ref, x.no, i.id, x.line->>'name', (x.line->>'quantity')::int, (x.line->>'amountMinor')::bigint,
    coalesce(x.line->>'category', i.category)
  FROM import_row r CROSS JOIN LATERAL jsonb_array_elements(r.lines) WITH ORDINALITY AS x(line, no)
  LEFT JOIN goods i ON i.name = lower(x.line->>'name')
  WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until AND r.state = 'done'
    AND r.lines IS NOT NULL;
  UPDATE import_row r SET lines = NULL WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after
    AND r.no <= p_until AND r.state = 'done' AND r.lines IS NOT NULL;
END
$$;

-- Posts the purchases of a stretch of rows at the moments they happened: no points, no events; the trail has their import, and its rows
-- have them. The earliest of a member is their first visit, unless a till saw them before; an import that reaches further back moves that mark.
CREATE OR REPLACE FUNCTION import_purchases(p_business bigint, p_import bigint, p_after int, p_until int, p_now timestamptz,
  p_programme int, p_actor_kind text, p_actor bigint) RETURNS void
LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan SET enable_seqscan = off SET enable_bitmapscan = off
  SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
BEGIN
  PERFORM import_claim(p_business, p_import, 'purchase', p_after, p_until);
  PERFORM import_members(p_business, p_import, p_after, p_until, p_now, p_actor_kind, p_actor);
  PERFORM FROM member_stats s WHERE s.business_id = p_business AND s.member_id = ANY (ARRAY(
    SELECT r.member_id FROM import_row r
    WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until AND r.state = 'good'))
  ORDER BY s.member_id FOR UPDATE;
  WITH mine AS MATERIALIZED (
    SELECT r.no, r.member_id, r.at, r.total_minor, r.receipt, import_id(r.at) AS ref, s.tier_id, s.first_at,
      row_number() OVER (PARTITION BY r.member_id ORDER BY r.at, r.no) AS nth
    FROM import_row r JOIN member_stats s ON s.business_id = p_business AND s.member_id = r.member_id
    WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until AND r.state = 'good'
  ), moved AS (
    UPDATE operation o SET is_first = false FROM mine m
    WHERE m.nth = 1 AND m.at < m.first_at AND o.business_id = p_business AND o.member_id = m.member_id AND o.is_first
      AND o.kind = 'purchase' AND o.source = 'import'
  ), posted AS (
    INSERT INTO operation (business_id, id, kind, state, member_id, at, total_minor, cash_minor, receipt_number, programme_version,
      tier_id, source, is_first, because)
    SELECT p_business, ref, 'purchase', 'normal', member_id, at, total_minor, total_minor, receipt, p_programme, tier_id,
      'import', nth = 1 AND (first_at IS NULL OR at < first_at), '[]' FROM mine
  ), counted AS (
    UPDATE member_stats s SET version = version + 1, visits = s.visits + g.visits, cash_spent_minor = s.cash_spent_minor + g.cash,
      first_at = least(s.first_at, g.first_at), last_at = greatest(s.last_at, g.last_at)
    FROM (SELECT member_id, count(*)::int AS visits, sum(total_minor)::bigint AS cash, min(at) AS first_at, max(at) AS last_at
      FROM mine GROUP BY 1) g
    WHERE s.business_id = p_business AND s.member_id = g.member_id
  )
  -- A row that was dealt with forgets who it was about: that is the member's own record now.
  UPDATE import_row r SET state = 'done', ref = m.ref, external = NULL, phone = NULL, email = NULL, name = NULL
  FROM mine m WHERE r.business_id = p_business AND r.import_id = p_import AND r.no = m.no;
  PERFORM import_lines(p_business, p_import, p_after, p_until);
END
$$;
DROP FUNCTION import_firsts(bigint, bigint, int, int);

-- ledger_give for many members at once, one giving each: points that are available now, as lots or in lots of the same end. Each
-- member's row in member_stats is locked by the caller.
CREATE FUNCTION ledger_give_each(p_business bigint, p_now timestamptz, p_kind text, p_expires timestamptz, p_debit text, p_reason text,
  p_members bigint[], p_operations bigint[], p_points bigint[]) RETURNS void
LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan SET enable_seqscan = off AS $$
BEGIN
  WITH given AS MATERIALIZED (
    SELECT g.member_id, g.operation_id, g.points, l.id AS old, coalesce(l.id, next_id(p_now)) AS lot_id
    FROM unnest(p_members, p_operations, p_points) AS g(member_id, operation_id, points)
    LEFT JOIN LATERAL (SELECT x.id FROM lot x WHERE x.business_id = p_business AND x.member_id = g.member_id AND x.kind = p_kind
      AND x.expires_at IS NOT DISTINCT FROM p_expires AND x.available_at <= p_now ORDER BY x.id LIMIT 1) l ON true
  ), fresh AS (
    INSERT INTO lot (business_id, member_id, id, kind, available_at, expires_at, remaining)
    SELECT p_business, member_id, lot_id, p_kind, p_now, p_expires, points FROM given WHERE old IS NULL
  ), grown AS (
    UPDATE lot l SET remaining = l.remaining + g.points FROM given g
    WHERE g.old IS NOT NULL AND l.business_id = p_business AND l.member_id = g.member_id AND l.id = g.old
  )
  INSERT INTO transfer (business_id, member_id, id, lot_id, operation_id, at, debit, credit, points, reason)
  SELECT p_business, member_id, next_id(p_now), lot_id, operation_id, p_now, p_debit, 'member', points, p_reason FROM given;
END
$$;

-- Posts members, and what they bring along as an opening balance: a grant of its own in the ledger.
CREATE OR REPLACE FUNCTION import_balances(p_business bigint, p_import bigint, p_after int, p_until int, p_now timestamptz, p_programme int,
  p_expires timestamptz, p_comment text, p_actor_kind text, p_actor bigint) RETURNS void
LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan SET enable_seqscan = off SET enable_bitmapscan = off
  SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
DECLARE v_members bigint[]; v_refs bigint[]; v_points bigint[];
BEGIN
  PERFORM import_members(p_business, p_import, p_after, p_until, p_now, p_actor_kind, p_actor);
  -- Members who were here already change by nothing but an opening balance they have not had.
  UPDATE import_row r SET state = 'same'
  WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until AND r.state = 'good'
    AND coalesce(r.points, 0) = 0 AND NOT r.made_member;
  WITH mine AS MATERIALIZED (
    SELECT DISTINCT ON (r.member_id) r.no, r.member_id::text AS key FROM import_row r
    WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until AND r.state = 'good'
      AND r.points > 0 ORDER BY r.member_id, r.no
  ), kept AS (
    INSERT INTO import_key (business_id, kind, key, import_id) SELECT p_business, 'balance', key, p_import FROM mine
    ON CONFLICT DO NOTHING RETURNING key
  )
  UPDATE import_row r SET points = NULL, state = CASE WHEN r.made_member THEN 'good' ELSE 'same' END
  WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until AND r.state = 'good'
    AND r.points > 0 AND r.no NOT IN (SELECT m.no FROM mine m WHERE m.key IN (SELECT key FROM kept));
  UPDATE import_row r SET ref = import_id(p_now)
  WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until AND r.state = 'good' AND r.points > 0;
  SELECT array_agg(x.member_id), array_agg(x.ref), array_agg(x.points) INTO v_members, v_refs, v_points FROM (
    SELECT r.member_id, r.ref, r.points FROM import_row r JOIN member_stats s ON s.business_id = p_business AND s.member_id = r.member_id
    WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until AND r.state = 'good'
      AND r.points > 0 ORDER BY r.member_id FOR UPDATE OF s) x;
  IF v_members IS NOT NULL THEN
    PERFORM ledger_give_each(p_business, p_now, 'grant', p_expires, 'issued', 'give', v_members, v_refs, v_points);
    WITH mine AS MATERIALIZED (
      SELECT g.*, s.tier_id FROM unnest(v_members, v_refs, v_points) AS g(member_id, ref, points)
      JOIN member_stats s ON s.business_id = p_business AND s.member_id = g.member_id
    ), posted AS (
      INSERT INTO operation (business_id, id, kind, state, member_id, at, total_minor, cash_minor, points_earned, programme_version,
        tier_id, source, because)
      SELECT p_business, ref, 'grant', 'normal', member_id, p_now, 0, 0, points, p_programme, tier_id, 'import',
        jsonb_build_array(jsonb_build_object('code', 'granted', 'points', points::text, 'comment', p_comment)) FROM mine
    ), written AS (
      INSERT INTO audit (business_id, id, at, actor_kind, actor_id, action, subject_kind, subject_id, detail)
      SELECT p_business, ref, p_now, p_actor_kind, p_actor, 'points.grant', 'member', member_id,
        jsonb_build_object('points', points, 'kind', 'grant', 'importId', p_import) FROM mine
    )
    UPDATE member_stats s SET version = version + 1, points = s.points + m.points FROM mine m
    WHERE s.business_id = p_business AND s.member_id = m.member_id;
  END IF;
  UPDATE import_row r SET state = CASE r.state WHEN 'good' THEN 'done' ELSE r.state END, external = NULL, phone = NULL, email = NULL,
    name = NULL, birth_date = NULL, gender = NULL, note = NULL
  WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until AND r.state IN ('good', 'same');
END
$$;

-- What of a stretch of rows cannot be taken back any more: purchases refunded since, balances spent since.
CREATE FUNCTION import_fixed(p_business bigint, p_import bigint, p_after int, p_until int)
RETURNS TABLE (no int, member_id bigint, code text)
LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan SET enable_seqscan = off SET enable_bitmapscan = off
  SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
BEGIN
  RETURN QUERY SELECT r.no, r.member_id, CASE o.kind WHEN 'purchase' THEN 'refunded' ELSE 'spent' END
  FROM import_row r JOIN operation o ON o.business_id = p_business AND o.id = r.ref
  WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until AND r.state = 'done'
    AND CASE o.kind WHEN 'purchase' THEN o.state <> 'normal' OR o.refunded_minor > 0
      ELSE EXISTS (SELECT FROM transfer t JOIN lot l ON l.business_id = t.business_id AND l.member_id = t.member_id AND l.id = t.lot_id
        WHERE t.business_id = p_business AND t.member_id = o.member_id AND t.operation_id = o.id AND t.reason = 'give'
          AND l.remaining + l.expired < t.points) END;
END
$$;

-- Takes back what stands of a stretch of rows, and can be. Purchases of a file moved no points, so they go; balances go back by
-- entries of their own. Answers how many rows were looked at.
CREATE OR REPLACE FUNCTION import_undo(p_business bigint, p_import bigint, p_after int, p_until int, p_now timestamptz, p_programme int,
  p_comment text, p_actor_kind text, p_actor bigint) RETURNS int
LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan SET enable_seqscan = off SET enable_bitmapscan = off
  SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
DECLARE v record; v_lot record; v_ref bigint; v_called bigint; v_rows int; v_purchases bigint[]; v_members bigint[];
BEGIN
  v_members := ARRAY(SELECT DISTINCT r.member_id FROM import_row r WHERE r.business_id = p_business AND r.import_id = p_import
    AND r.no > p_after AND r.no <= p_until AND r.state = 'done' AND r.member_id IS NOT NULL);
  PERFORM FROM member_stats s WHERE s.business_id = p_business AND s.member_id = ANY (v_members) ORDER BY s.member_id FOR UPDATE;
  UPDATE import_row r SET state = 'kept' WHERE r.business_id = p_business AND r.import_id = p_import
    AND r.no = ANY (ARRAY(SELECT f.no FROM import_fixed(p_business, p_import, p_after, p_until) f));
  FOR v IN
    SELECT r.no, r.ref, r.member_id, o.points_earned AS points, s.tier_id FROM import_row r
    JOIN operation o ON o.business_id = p_business AND o.id = r.ref AND o.kind = 'grant'
    JOIN member_stats s ON s.business_id = p_business AND s.member_id = r.member_id
    WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until AND r.state = 'done'
  LOOP
    v_ref := import_id(p_now);
    v_called := 0;
    FOR v_lot IN SELECT t.lot_id, t.points, least(t.points, l.expired) AS back FROM transfer t
      JOIN lot l ON l.business_id = t.business_id AND l.member_id = t.member_id AND l.id = t.lot_id
      WHERE t.business_id = p_business AND t.member_id = v.member_id AND t.operation_id = v.ref AND t.reason = 'give'
    LOOP
      IF v_lot.back > 0 THEN
        PERFORM ledger_transfer(p_business, v.member_id, v_lot.lot_id, v_ref, p_now, 'breakage', 'member', v_lot.back, 'unexpire');
        v_called := v_called + v_lot.back;
      END IF;
      PERFORM ledger_transfer(p_business, v.member_id, v_lot.lot_id, v_ref, p_now, 'member', 'issued', v_lot.points, 'deduct');
    END LOOP;
    INSERT INTO operation (business_id, id, kind, state, member_id, at, total_minor, cash_minor, points_spent, programme_version,
      tier_id, source, because)
    VALUES (p_business, v_ref, 'grant', 'normal', v.member_id, p_now, 0, 0, v.points, p_programme, v.tier_id, 'import',
      jsonb_build_array(jsonb_build_object('code', 'deducted', 'points', v.points::text, 'comment', p_comment)));
    UPDATE member_stats SET version = version + 1, points = points - v.points + v_called
    WHERE business_id = p_business AND member_id = v.member_id;
    PERFORM audit_operation(p_business, p_now, v_ref, p_actor_kind, p_actor, 'points.grant', v.member_id,
      jsonb_build_object('points', -v.points, 'kind', 'grant', 'importId', p_import));
    DELETE FROM import_key WHERE business_id = p_business AND kind = 'balance' AND key = v.member_id::text AND import_id = p_import;
  END LOOP;
  DELETE FROM import_key WHERE business_id = p_business AND kind = 'purchase' AND import_id = p_import AND key = ANY (ARRAY(
    SELECT r.key || '#' || r.nth FROM import_row r WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after
      AND r.no <= p_until AND r.state = 'done'));
  v_purchases := ARRAY(SELECT o.id FROM import_row r JOIN operation o ON o.business_id = p_business AND o.id = r.ref
    AND o.kind = 'purchase' WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until
    AND r.state = 'done');
  DELETE FROM operation_line WHERE business_id = p_business AND operation_id = ANY (v_purchases);
  DELETE FROM operation WHERE business_id = p_business AND id = ANY (v_purchases);
  UPDATE import_row r SET state = 'undone'
  WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until AND r.state = 'done';
  GET DIAGNOSTICS v_rows = ROW_COUNT;
  UPDATE member_stats s SET version = version + 1, visits = g.visits, cash_spent_minor = g.cash, first_at = g.first_at, last_at = g.last_at
  FROM (SELECT m.id, count(o.id) FILTER (WHERE o.kind = 'purchase' AND o.state = 'normal')::int AS visits,
      coalesce(sum(CASE o.kind WHEN 'purchase' THEN o.cash_minor WHEN 'refund' THEN -o.cash_minor ELSE 0 END), 0)::bigint AS cash,
      min(o.at) FILTER (WHERE o.kind = 'purchase' AND o.state = 'normal') AS first_at,
      max(o.at) FILTER (WHERE o.kind = 'purchase' AND o.state = 'normal') AS last_at
    FROM unnest(v_members) AS m(id) LEFT JOIN operation o ON o.business_id = p_business AND o.member_id = m.id GROUP BY 1) g
  WHERE s.business_id = p_business AND s.member_id = g.id AND cardinality(v_purchases) > 0;
  -- The first visit of those another import saw earlier is that one's again.
  UPDATE operation o SET is_first = true FROM unnest(v_members) AS m(id)
  JOIN LATERAL (SELECT x.id, x.source FROM operation x WHERE x.business_id = p_business AND x.member_id = m.id AND x.kind = 'purchase'
    AND x.state = 'normal' ORDER BY x.at, x.id LIMIT 1) f ON f.source = 'import'
  WHERE cardinality(v_purchases) > 0 AND o.business_id = p_business AND o.id = f.id AND NOT o.is_first;
  RETURN v_rows;
END
$$;

ALTER FUNCTION import_unmake(bigint, bigint, int, int) SET plan_cache_mode = force_custom_plan;
ALTER FUNCTION import_unmake(bigint, bigint, int, int) SET enable_seqscan = off;
