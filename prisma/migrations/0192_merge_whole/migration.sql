-- A merge brings along what a member knows of themself in the business's own fields, what walks through journeys, and
-- rewards that wait for them; taken back, each is where it was.

-- Own fields as the profile: what the one who stays does not say, the other did. Both are written down whole.
CREATE FUNCTION merge_fields(p_business bigint, p_merge bigint, p_survivor bigint, p_loser bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM merge_take(p_business, p_merge, 'member_fields', 'x.member_id IN ($2, $3)', p_survivor, p_loser);
  INSERT INTO member_fields (business_id, member_id, fields)
  SELECT p_business, p_survivor, merge_said(p_business, p_merge, p_loser) || merge_said(p_business, p_merge, p_survivor)
  WHERE EXISTS (SELECT FROM member_merge_row r WHERE r.business_id = p_business AND r.merge_id = p_merge AND r.source = 'member_fields');
END
$$;

-- What own fields said of a member before a merge.
CREATE FUNCTION merge_said(p_business bigint, p_merge bigint, p_member bigint) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT r.row->'fields' FROM member_merge_row r WHERE r.business_id = p_business AND r.merge_id = p_merge
    AND r.source = 'member_fields' AND r.what = 'taken' AND (r.row->>'member_id')::bigint = p_member), '{}')
$$;

-- What was learned by the merge goes back, unless it was changed since; the other has their own again.
CREATE FUNCTION unmerge_fields(p_business bigint, p_merge bigint, p_survivor bigint, p_loser bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE v_own jsonb := merge_said(p_business, p_merge, p_survivor); v_other jsonb := merge_said(p_business, p_merge, p_loser);
BEGIN
  UPDATE member_fields x SET fields = x.fields - ARRAY(
    SELECT e.key FROM jsonb_each(v_other) e WHERE NOT v_own ? e.key AND x.fields->e.key = e.value)
  WHERE x.business_id = p_business AND x.member_id = p_survivor;
  DELETE FROM member_fields x WHERE x.business_id = p_business AND x.member_id = p_survivor AND x.fields = '{}';
  IF v_other <> '{}' THEN INSERT INTO member_fields VALUES (p_business, p_loser, v_other); END IF;
END
$$;

-- Nobody walks twice through one journey at a time: where both do, the walk of the one who stays goes on. The other's walks are
-- numbered after theirs.
CREATE FUNCTION merge_runs(p_business bigint, p_merge bigint, p_survivor bigint, p_loser bigint, p_now timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  WITH twice AS (
    SELECT x.* FROM journey_run x WHERE x.business_id = p_business AND x.member_id = p_loser AND x.state = 'active' AND EXISTS (
      SELECT FROM journey_run y WHERE y.business_id = p_business AND y.journey_id = x.journey_id AND y.member_id = p_survivor AND y.state = 'active')
  ), ended AS (
    UPDATE journey_run x SET state = 'exited', reason = 'member_gone', ended_at = p_now, step = NULL, due_at = NULL, waiting = NULL
    FROM twice b WHERE x.business_id = p_business AND x.id = b.id
  )
  INSERT INTO member_merge_row (business_id, merge_id, source, what, no, row)
  SELECT p_business, p_merge, 'journey_run', 'ended', row_number() OVER (), to_jsonb(b) FROM twice b;
  INSERT INTO member_merge_row (business_id, merge_id, source, what, no, row)
  SELECT p_business, p_merge, 'journey_run', 'no', row_number() OVER (), jsonb_build_object('id', x.id, 'no', x.no, 'after', y.last)
  FROM journey_run x CROSS JOIN LATERAL (SELECT max(y.no) AS last FROM journey_run y
    WHERE y.business_id = p_business AND y.journey_id = x.journey_id AND y.member_id = p_survivor) y
  WHERE x.business_id = p_business AND x.member_id = p_loser AND y.last IS NOT NULL;
  -- Through numbers nobody has, because rows change one by one.
  UPDATE journey_run x SET no = -x.no - (r.row->>'after')::int FROM member_merge_row r
  WHERE r.business_id = p_business AND r.merge_id = p_merge AND r.source = 'journey_run' AND r.what = 'no'
    AND x.business_id = p_business AND x.id = (r.row->>'id')::bigint;
  UPDATE journey_run x SET no = -x.no WHERE x.business_id = p_business AND x.member_id = p_loser AND x.no < 0;
END
$$;

CREATE FUNCTION unmerge_runs(p_business bigint, p_merge bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE journey_run x SET no = -(r.row->>'no')::int FROM member_merge_row r
  WHERE r.business_id = p_business AND r.merge_id = p_merge AND r.source = 'journey_run' AND r.what = 'no'
    AND x.business_id = p_business AND x.id = (r.row->>'id')::bigint;
  UPDATE journey_run x SET no = -x.no FROM member_merge_row r
  WHERE r.business_id = p_business AND r.merge_id = p_merge AND r.source = 'journey_run' AND r.what = 'no'
    AND x.business_id = p_business AND x.id = (r.row->>'id')::bigint;
  UPDATE journey_run x SET state = y.state, reason = y.reason, ended_at = y.ended_at, step = y.step, due_at = y.due_at, waiting = y.waiting
  FROM member_merge_row r CROSS JOIN LATERAL jsonb_populate_record(NULL::journey_run, r.row) y
  WHERE r.business_id = p_business AND r.merge_id = p_merge AND r.source = 'journey_run' AND r.what = 'ended'
    AND x.business_id = p_business AND x.id = y.id;
END
$$;

DO $$
DECLARE
  v record;
  v_text text;
BEGIN
  FOR v IN SELECT * FROM (VALUES
    ('merge_apart', '''tombstone''', '''tombstone'', ''member_fields'''),
    -- Whoever invited either of them counts their friends anew: they are locked in the order of all.
    ('merge_members', 'x.member_id IN (p_survivor, p_loser) ORDER BY',
      '(x.member_id IN (p_survivor, p_loser) OR x.member_id IN (SELECT y.inviter_id FROM member y WHERE y.business_id = p_business
        AND y.id IN (p_survivor, p_loser))) ORDER BY'),
    ('merge_members', '  FOR v IN SELECT * FROM member_tables(merge_apart()) LOOP',
      '  PERFORM merge_runs(p_business, p_merge, p_survivor, p_loser, p_now);' || E'\n'
      || '  FOR v IN SELECT * FROM member_tables(merge_apart()) LOOP'),
    ('merge_members', '  DELETE FROM member x WHERE x.business_id = p_business AND x.id = p_loser;',
      '  PERFORM merge_point(p_business, p_merge, ''referral_reward'', ''held_by'', ''{source_id,kind,level}'', p_loser, p_survivor);' || E'\n'
      || '  PERFORM merge_fields(p_business, p_merge, p_survivor, p_loser);' || E'\n'
      || '  DELETE FROM member x WHERE x.business_id = p_business AND x.id = p_loser;'),
    ('merge_members', '  PERFORM merge_invited(p_business, p_survivor);',
      '  PERFORM merge_invited(p_business, x) FROM (VALUES (p_survivor), (sm.inviter_id), (lm.inviter_id)) AS who(x) WHERE x <> p_loser;'),
    ('unmerge_members', '''inviter_id'', ''friend_id''', '''inviter_id'', ''friend_id'', ''held_by'''),
    ('unmerge_members', '''rule_use'', ''stamp_card'', ''referral_stats''', '''rule_use'', ''stamp_card'', ''referral_stats'', ''member_fields'''),
    ('unmerge_members', '  v_quiet := NOT EXISTS',
      '  PERFORM unmerge_runs(p_business, p_merge);' || E'\n'
      || '  PERFORM unmerge_fields(p_business, p_merge, g.survivor_id, g.loser_id);' || E'\n' || '  v_quiet := NOT EXISTS'),
    ('unmerge_members', '  PERFORM merge_invited(p_business, g.loser_id);',
      '  PERFORM merge_invited(p_business, x) FROM (VALUES (g.loser_id), (sm.inviter_id), (lm.inviter_id)) AS who(x) WHERE x <> g.survivor_id;')
  ) AS x(name, old, new) LOOP
    SELECT pg_get_functiondef(v.name::regproc) INTO v_text;
    IF position(v.old IN v_text) = 0 THEN RAISE EXCEPTION '% is written in another way: %', v.name, v.old; END IF;
    EXECUTE replace(v_text, v.old, v.new);
  END LOOP;
END
$$;
