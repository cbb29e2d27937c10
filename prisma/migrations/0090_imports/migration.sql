-- Import: files in pieces, their rows as read, what was brought in already, and the numbers members have elsewhere.
CREATE TABLE import_run (
  business_id bigint NOT NULL,
  id bigint NOT NULL,
  kind text NOT NULL CHECK (kind IN ('members', 'balances', 'purchases')),
  file_name text NOT NULL,
  state text NOT NULL,
  staff_id bigint,
  bytes bigint NOT NULL DEFAULT 0,
  mapping jsonb,
  report jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3),
  PRIMARY KEY (business_id, id)
);
CREATE TABLE import_piece (
  business_id bigint NOT NULL,
  import_id bigint NOT NULL,
  no int NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (business_id, import_id, no)
);
CREATE TABLE import_row (
  business_id bigint NOT NULL,
  import_id bigint NOT NULL,
  no int NOT NULL,
  line int NOT NULL,
  state text NOT NULL,
  key text NOT NULL,
  nth int NOT NULL,
  external text,
  phone text,
  email text,
  name text,
  birth_date date,
  gender text,
  note text,
  at timestamptz(3),
  points bigint,
  total_minor bigint,
  receipt text,
  lines jsonb,
  faults jsonb,
  raw jsonb,
  member_id bigint,
  ref bigint,
  made_member boolean NOT NULL DEFAULT false,
  PRIMARY KEY (business_id, import_id, no)
) WITH (fillfactor = 60);
CREATE INDEX import_row_business_id_key_import_id_idx ON import_row (business_id, key, import_id);
CREATE INDEX import_row_faults ON import_row (business_id, import_id, no) WHERE state = 'bad';
CREATE TABLE import_key (
  business_id bigint NOT NULL,
  kind text NOT NULL,
  key text NOT NULL,
  import_id bigint NOT NULL,
  PRIMARY KEY (business_id, kind, key)
);
CREATE TABLE member_external (
  business_id bigint NOT NULL,
  external text NOT NULL,
  member_id bigint NOT NULL,
  import_id bigint NOT NULL,
  PRIMARY KEY (business_id, external)
);
CREATE INDEX member_external_business_id_member_id_idx ON member_external (business_id, member_id);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['import_run', 'import_piece', 'import_row', 'import_key', 'member_external']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (business_id = current_business()) WITH CHECK (business_id = current_business())', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO kolo_app', t);
  END LOOP;
END
$$;

-- Ids of things of the past: many share a moment (a file of days has all of a day at noon), so 60,000 milliseconds after it stand
-- open to them. What is older than 2000 is pressed, in order, into January 2000, for ids are positive.
CREATE SEQUENCE import_low MINVALUE 0 MAXVALUE 245759999 CYCLE CACHE 64;
GRANT USAGE ON SEQUENCE import_low TO kolo_app;
CREATE FUNCTION import_id(p_at timestamptz) RETURNS bigint
LANGUAGE sql VOLATILE
AS $$
  SELECT (CASE WHEN x.ms >= 946684800000 THEN x.ms - 946684800000 ELSE floor(x.ms::numeric * 2592000 / 946684800)::bigint END + x.low / 4096) * 4096 + x.low % 4096
  FROM (SELECT floor(extract(epoch FROM p_at) * 1000)::bigint AS ms, nextval('import_low') AS low) x
$$;

-- Keeps rows as read. Things named alike in one file are told apart by how many stood before them.
CREATE FUNCTION import_keep(p_business bigint, p_import bigint, p_rows jsonb) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO import_row (business_id, import_id, no, line, state, key, nth, external, phone, email, name, birth_date, gender, note, at,
    points, total_minor, receipt, lines, faults, raw)
  SELECT p_business, p_import, r.no, r.line, r.state, r.key,
    row_number() OVER (PARTITION BY r.key ORDER BY r.no)
      + (SELECT count(*) FROM import_row x WHERE x.business_id = p_business AND x.import_id = p_import AND x.key = r.key),
    r.external, r.phone, r.email, r.name, r."birthDate", r.gender, r.note,
    r.at, r.points, r."totalMinor", r.receipt, r.lines, r.faults, r.raw
  FROM jsonb_to_recordset(p_rows) AS r(no int, line int, state text, key text, external text, phone text, email text, name text,
    "birthDate" date, gender text, note text, at timestamptz, points bigint, "totalMinor" bigint, receipt text, lines jsonb,
    faults jsonb, raw jsonb)
  ON CONFLICT (business_id, import_id, no) DO NOTHING
$$;

-- Tells the planner what has just been read: a table that grew from nothing in one go has no figures yet.
CREATE FUNCTION import_measure() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$ BEGIN ANALYZE import_row, import_key, member, member_profile, member_stats, operation, operation_line; END $$;
REVOKE EXECUTE ON FUNCTION import_measure FROM PUBLIC;
GRANT EXECUTE ON FUNCTION import_measure TO kolo_app;

-- Finds the members rows speak of: by their number elsewhere, then phone, then e-mail.
CREATE FUNCTION import_resolve(p_business bigint, p_import bigint, p_after int, p_until int) RETURNS void
LANGUAGE sql AS $$
  UPDATE import_row r SET member_id = f.id
  FROM (
    SELECT x.no, coalesce(
      CASE WHEN x.external IS NOT NULL THEN
        (SELECT e.member_id FROM member_external e WHERE e.business_id = p_business AND e.external = x.external) END,
      CASE WHEN x.phone IS NOT NULL THEN
        (SELECT p.member_id FROM member_profile p WHERE p.business_id = p_business AND p.phone = x.phone) END,
      -- Behind the fence the index on e-mails is used; a bare min() walks all members in order.
      CASE WHEN x.email IS NOT NULL THEN
        (SELECT min(q.member_id) FROM (SELECT p.member_id FROM member_profile p WHERE p.business_id = p_business AND p.email = x.email
          OFFSET 0) q) END) AS id
    FROM import_row x
    WHERE x.business_id = p_business AND x.import_id = p_import AND x.no > p_after AND x.no <= p_until AND x.state = 'good'
      AND x.member_id IS NULL
  ) f
  WHERE r.business_id = p_business AND r.import_id = p_import AND r.no = f.no AND f.id IS NOT NULL
$$;

-- Finds or makes the members of a stretch of rows. Answers nothing; each row names its member afterwards.
CREATE FUNCTION import_members(p_business bigint, p_import bigint, p_after int, p_until int, p_now timestamptz,
  p_actor_kind text, p_actor bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE v_by text;
BEGIN
  PERFORM import_resolve(p_business, p_import, p_after, p_until);
  FOREACH v_by IN ARRAY ARRAY['phone', 'external', 'email'] LOOP
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

-- Keeps the keys of a stretch of rows; what was brought in before is marked, and not brought in again.
CREATE FUNCTION import_claim(p_business bigint, p_import bigint, p_kind text, p_after int, p_until int) RETURNS void
LANGUAGE sql AS $$
  WITH mine AS MATERIALIZED (
    SELECT r.no, r.key || '#' || r.nth AS key FROM import_row r
    WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until AND r.state = 'good'
  ), kept AS (
    INSERT INTO import_key (business_id, kind, key, import_id) SELECT p_business, p_kind, key, p_import FROM mine
    ON CONFLICT DO NOTHING RETURNING key
  )
  UPDATE import_row r SET state = 'same', external = NULL, phone = NULL, email = NULL, name = NULL, birth_date = NULL, gender = NULL, note = NULL, lines = NULL, raw = NULL FROM mine m
  WHERE r.business_id = p_business AND r.import_id = p_import AND r.no = m.no AND m.key NOT IN (SELECT key FROM kept)
$$;

-- A row that was dealt with forgets who it was about: that is the member's own record now.

-- Posts the purchases of a stretch of rows at the moments they happened: no points, no events, one audit row each.
CREATE FUNCTION import_purchases(p_business bigint, p_import bigint, p_after int, p_until int, p_now timestamptz, p_programme int,
  p_actor_kind text, p_actor bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM import_claim(p_business, p_import, 'purchase', p_after, p_until);
  PERFORM import_members(p_business, p_import, p_after, p_until, p_now, p_actor_kind, p_actor);
  PERFORM FROM member_stats s WHERE s.business_id = p_business AND s.member_id IN (
    SELECT r.member_id FROM import_row r
    WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until AND r.state = 'good')
  ORDER BY s.member_id FOR UPDATE;
  UPDATE import_row r SET ref = import_id(r.at)
  WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until AND r.state = 'good';
  INSERT INTO operation (business_id, id, kind, state, member_id, at, total_minor, cash_minor, receipt_number, programme_version,
    tier_id, source, is_first, because)
  SELECT p_business, r.ref, 'purchase', 'normal', r.member_id, r.at, r.total_minor, r.total_minor, r.receipt, p_programme, s.tier_id,
    'import', s.first_at IS NULL AND row_number() OVER (PARTITION BY r.member_id ORDER BY r.at, r.no) = 1, '[]'
  FROM import_row r JOIN member_stats s ON s.business_id = p_business AND s.member_id = r.member_id
  WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until AND r.state = 'good';
  INSERT INTO operation_line (business_id, operation_id, no, item_id, name, quantity, amount_minor, category)
  SELECT p_business, r.ref, x.no, i.id, x.line->>'name', (x.line->>'quantity')::int, (x.line->>'amountMinor')::bigint,
    coalesce(x.line->>'category', i.category)
  FROM import_row r CROSS JOIN LATERAL jsonb_array_elements(r.lines) WITH ORDINALITY AS x(line, no)
  LEFT JOIN LATERAL (SELECT t.id, t.category FROM item t
    WHERE t.business_id = p_business AND lower(t.name) = lower(x.line->>'name') ORDER BY t.archived_at NULLS FIRST, t.id LIMIT 1) i ON true
  WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until AND r.state = 'good'
    AND r.lines IS NOT NULL;
  INSERT INTO audit (business_id, id, at, actor_kind, actor_id, action, subject_kind, subject_id, detail)
  SELECT p_business, r.ref, p_now, p_actor_kind, p_actor, 'purchase.record', 'member', r.member_id,
    jsonb_build_object('totalMinor', r.total_minor, 'points', 0, 'importId', p_import)
  FROM import_row r
  WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until AND r.state = 'good';
  UPDATE member_stats s SET version = version + 1, visits = s.visits + g.visits, cash_spent_minor = s.cash_spent_minor + g.cash,
    first_at = least(s.first_at, g.first_at), last_at = greatest(s.last_at, g.last_at)
  FROM (SELECT r.member_id, count(*)::int AS visits, sum(r.total_minor)::bigint AS cash, min(r.at) AS first_at, max(r.at) AS last_at
    FROM import_row r
    WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until AND r.state = 'good'
    GROUP BY 1) g
  WHERE s.business_id = p_business AND s.member_id = g.member_id;
  UPDATE import_row r SET state = 'done', external = NULL, phone = NULL, email = NULL, name = NULL, birth_date = NULL, gender = NULL, note = NULL, lines = NULL, raw = NULL
  WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until AND r.state = 'good';
END
$$;

-- Posts members, and what they bring along as an opening balance: a grant of its own in the ledger.
CREATE FUNCTION import_balances(p_business bigint, p_import bigint, p_after int, p_until int, p_now timestamptz, p_programme int,
  p_expires timestamptz, p_comment text, p_actor_kind text, p_actor bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE v record; v_ref bigint;
BEGIN
  PERFORM import_members(p_business, p_import, p_after, p_until, p_now, p_actor_kind, p_actor);
  -- Members who were here already change by nothing but an opening balance they have not had.
  UPDATE import_row r SET state = 'same', external = NULL, phone = NULL, email = NULL, name = NULL, birth_date = NULL, gender = NULL, note = NULL, lines = NULL, raw = NULL
  WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until AND r.state = 'good'
    AND coalesce(r.points, 0) = 0 AND NOT r.made_member;
  WITH mine AS MATERIALIZED (
    SELECT DISTINCT ON (r.member_id) r.no, r.member_id FROM import_row r
    WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until AND r.state = 'good'
      AND r.points > 0 ORDER BY r.member_id, r.no
  ), kept AS (
    INSERT INTO import_key (business_id, kind, key, import_id) SELECT p_business, 'balance', member_id::text, p_import FROM mine
    ON CONFLICT DO NOTHING RETURNING key
  )
  UPDATE import_row r SET points = NULL, state = CASE WHEN r.made_member THEN 'good' ELSE 'same' END
  WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until AND r.state = 'good'
    AND r.points > 0 AND r.no NOT IN (SELECT m.no FROM mine m JOIN kept k ON k.key = m.member_id::text);
  FOR v IN
    SELECT r.no, r.member_id, r.points, s.tier_id FROM import_row r
    JOIN member_stats s ON s.business_id = p_business AND s.member_id = r.member_id
    WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until AND r.state = 'good'
      AND r.points > 0 ORDER BY r.member_id FOR UPDATE OF s
  LOOP
    v_ref := import_id(p_now);
    PERFORM ledger_give(p_business, v.member_id, v_ref, p_now, 'grant', v.points, p_now, p_expires, 'issued', 'give');
    INSERT INTO operation (business_id, id, kind, state, member_id, at, total_minor, cash_minor, points_earned, programme_version,
      tier_id, source, because)
    VALUES (p_business, v_ref, 'grant', 'normal', v.member_id, p_now, 0, 0, v.points, p_programme, v.tier_id, 'import',
      jsonb_build_array(jsonb_build_object('code', 'granted', 'points', v.points::text, 'comment', p_comment)));
    UPDATE member_stats SET version = version + 1, points = points + v.points
    WHERE business_id = p_business AND member_id = v.member_id;
    PERFORM audit_operation(p_business, p_now, v_ref, p_actor_kind, p_actor, 'points.grant', v.member_id,
      jsonb_build_object('points', v.points, 'kind', 'grant', 'importId', p_import));
    UPDATE import_row SET ref = v_ref WHERE business_id = p_business AND import_id = p_import AND no = v.no;
  END LOOP;
  UPDATE import_row r SET state = 'done', external = NULL, phone = NULL, email = NULL, name = NULL, birth_date = NULL, gender = NULL, note = NULL, lines = NULL, raw = NULL
  WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until AND r.state = 'good';
END
$$;

-- Which purchase was the first of a member is known only when all of a file stands: said anew for some of its members.
CREATE FUNCTION import_firsts(p_business bigint, p_import bigint, p_after int, p_until int) RETURNS void
LANGUAGE sql AS $$
  UPDATE operation o SET is_first = (o.id = f.first_id)
  FROM (SELECT m.member_id, (SELECT x.id FROM operation x WHERE x.business_id = p_business AND x.member_id = m.member_id
      AND x.kind = 'purchase' AND x.state = 'normal' ORDER BY x.at, x.id LIMIT 1) AS first_id
    FROM (SELECT DISTINCT r.member_id FROM import_row r WHERE r.business_id = p_business AND r.import_id = p_import
      AND r.no > p_after AND r.no <= p_until AND r.member_id IS NOT NULL) m) f
  WHERE o.business_id = p_business AND o.member_id = f.member_id AND o.kind = 'purchase' AND o.source = 'import'
    AND o.is_first <> (o.id = f.first_id)
$$;

-- Everything that is said of members and is not the books. What they did stays, without a name.
CREATE FUNCTION members_forget(p_business bigint, p_members bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['member_profile', 'member_stats', 'member_code', 'member_tag', 'member_external', 'member_insight',
    'member_rhythm', 'segment_member']
  LOOP
    EXECUTE format('DELETE FROM %I WHERE business_id = $1 AND member_id = ANY ($2)', t) USING p_business, p_members;
  END LOOP;
  DELETE FROM member WHERE business_id = p_business AND id = ANY (p_members);
END
$$;

-- Takes back what stands of a stretch of rows. Purchases of a file moved no points, so untouched ones go; refunded ones stay, and
-- so does whoever did anything else. Balances go back by entries of their own. Answers how many rows stood.
CREATE FUNCTION import_undo(p_business bigint, p_import bigint, p_after int, p_until int, p_now timestamptz, p_programme int, p_comment text,
  p_actor_kind text, p_actor bigint) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE v record; v_lot record; v_ref bigint; v_called bigint; v_rows int; v_purchases bigint[];
BEGIN
  PERFORM FROM member_stats s WHERE s.business_id = p_business AND s.member_id IN (
    SELECT r.member_id FROM import_row r WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until AND r.state = 'done')
  ORDER BY s.member_id FOR UPDATE;
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
      WHERE t.business_id = p_business AND t.operation_id = v.ref AND t.reason = 'give'
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
  UPDATE import_row r SET state = CASE WHEN EXISTS (SELECT FROM operation o WHERE o.business_id = p_business AND o.id = r.ref
      AND o.kind = 'purchase' AND (o.state <> 'normal' OR o.refunded_minor > 0)) THEN 'kept' ELSE 'undone' END
  WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until AND r.state = 'done';
  GET DIAGNOSTICS v_rows = ROW_COUNT;
  -- Arrays, because a table that has just grown has no figures: each row is then found by its key, whatever the planner believes.
  v_purchases := ARRAY(SELECT o.id FROM import_row r JOIN operation o ON o.business_id = p_business AND o.id = r.ref
    AND o.kind = 'purchase' WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until AND r.state = 'undone');
  DELETE FROM operation_line WHERE business_id = p_business AND operation_id = ANY (v_purchases);
  DELETE FROM operation WHERE business_id = p_business AND id = ANY (v_purchases);
  DELETE FROM import_key WHERE business_id = p_business AND kind = 'purchase' AND import_id = p_import AND key = ANY (ARRAY(
    SELECT r.key || '#' || r.nth FROM import_row r WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until AND r.state = 'undone'));
  UPDATE member_stats s SET version = version + 1, visits = g.visits, cash_spent_minor = g.cash, first_at = g.first_at, last_at = g.last_at
  FROM (SELECT m.id, count(o.id) FILTER (WHERE o.kind = 'purchase' AND o.state = 'normal')::int AS visits,
      coalesce(sum(CASE o.kind WHEN 'purchase' THEN o.cash_minor WHEN 'refund' THEN -o.cash_minor ELSE 0 END), 0)::bigint AS cash,
      min(o.at) FILTER (WHERE o.kind = 'purchase' AND o.state = 'normal') AS first_at,
      max(o.at) FILTER (WHERE o.kind = 'purchase' AND o.state = 'normal') AS last_at
    FROM (SELECT DISTINCT r.member_id AS id FROM import_row r WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until
      AND r.state IN ('undone', 'kept')) m LEFT JOIN operation o ON o.business_id = p_business AND o.member_id = m.id GROUP BY 1) g
  WHERE s.business_id = p_business AND s.member_id = g.id;
  RETURN v_rows;
END
$$;

-- The members a file made, of a stretch of its rows, who did nothing else: they go. Answers how many.
CREATE FUNCTION import_unmake(p_business bigint, p_import bigint, p_after int, p_until int) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE v_members bigint[];
BEGIN
  -- Step by step, by keys: the figures the planner has are of before the undoing.
  v_members := ARRAY(SELECT r.member_id FROM import_row r WHERE r.business_id = p_business AND r.import_id = p_import
    AND r.no > p_after AND r.no <= p_until AND r.made_member AND r.member_id IS NOT NULL);
  v_members := ARRAY(SELECT m.id FROM member m WHERE m.business_id = p_business AND m.id = ANY (v_members) AND m.person_id IS NULL
    AND m.source = 'import');
  v_members := ARRAY(SELECT s.member_id FROM member_stats s WHERE s.business_id = p_business AND s.member_id = ANY (v_members)
    AND s.points = 0 AND s.visits = 0);
  v_members := ARRAY(SELECT x FROM unnest(v_members) AS x EXCEPT SELECT o.member_id FROM operation o
    WHERE o.business_id = p_business AND o.member_id = ANY (v_members) AND NOT (o.source = 'import' AND o.kind = 'grant'));
  v_members := ARRAY(SELECT x FROM unnest(v_members) AS x EXCEPT SELECT i.inviter_id FROM member i
    WHERE i.business_id = p_business AND i.inviter_id = ANY (v_members));
  PERFORM members_forget(p_business, v_members);
  RETURN cardinality(v_members);
END
$$;
