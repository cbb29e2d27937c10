-- A file of members fills the business's own fields, too: what nobody knew yet is learned, what is known stays.
-- As read it is what the row says; once posted, what of it was new, and goes again when the import is taken back.
ALTER TABLE import_row ADD COLUMN fields jsonb;

CREATE FUNCTION import_fields(p_business bigint, p_import bigint, p_after int, p_until int) RETURNS void
LANGUAGE sql AS $$
  WITH mine AS MATERIALIZED (
    SELECT DISTINCT ON (r.member_id) r.no, r.member_id, r.fields FROM import_row r
    WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until AND r.state = 'good'
      AND r.fields IS NOT NULL ORDER BY r.member_id, r.no
  ), fresh AS MATERIALIZED (
    SELECT m.no, m.member_id, (SELECT jsonb_object_agg(e.key, e.value) FROM jsonb_each(m.fields) e
      WHERE NOT coalesce(f.fields, '{}') ? e.key) AS fields
    FROM mine m LEFT JOIN member_fields f ON f.business_id = p_business AND f.member_id = m.member_id
  ), kept AS (
    INSERT INTO member_fields (business_id, member_id, fields)
    SELECT p_business, member_id, fields FROM fresh WHERE fields IS NOT NULL ORDER BY member_id
    ON CONFLICT (business_id, member_id) DO UPDATE SET fields = excluded.fields || member_fields.fields
  )
  UPDATE import_row r SET fields = (SELECT x.fields FROM fresh x WHERE x.no = r.no)
  WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until AND r.state = 'good'
    AND r.fields IS NOT NULL
$$;

-- Takes out again what a stretch of rows brought, unless somebody wrote something else there since.
CREATE FUNCTION import_unfield(p_business bigint, p_import bigint, p_after int, p_until int) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE member_fields f SET fields = f.fields - ARRAY(SELECT e.key FROM jsonb_each(r.fields) e WHERE f.fields->e.key = e.value)
  FROM import_row r
  WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after AND r.no <= p_until AND r.state = 'done'
    AND r.fields IS NOT NULL AND f.business_id = p_business AND f.member_id = r.member_id;
  DELETE FROM member_fields f WHERE f.business_id = p_business AND f.fields = '{}' AND f.member_id = ANY (ARRAY(
    SELECT r.member_id FROM import_row r WHERE r.business_id = p_business AND r.import_id = p_import AND r.no > p_after
      AND r.no <= p_until AND r.state = 'done' AND r.fields IS NOT NULL));
END
$$;

DO $$
DECLARE
  v record;
  v_text text;
BEGIN
  -- One function is changed in three places, and whole only after the last.
  PERFORM set_config('check_function_bodies', 'off', true);
  FOR v IN SELECT * FROM (VALUES
    ('import_keep', 'lines, faults, raw)' || E'\n  SELECT', 'lines, faults, raw, fields)' || E'\n  SELECT'),
    ('import_keep', 'r.lines, r.faults, r.raw' || E'\n', 'r.lines, r.faults, r.raw, r.fields' || E'\n'),
    ('import_keep', 'faults jsonb, raw jsonb)', 'faults jsonb, raw jsonb, fields jsonb)'),
    ('import_balances', '  -- Members who were here already change by nothing but an opening balance they have not had.',
      '  PERFORM import_fields(p_business, p_import, p_after, p_until);' || E'\n'
      || '  -- Members who were here already change by nothing but fields nobody filled and an opening balance they have not had.'),
    ('import_balances', 'coalesce(r.points, 0) = 0 AND NOT r.made_member', 'coalesce(r.points, 0) = 0 AND NOT r.made_member AND r.fields IS NULL'),
    ('import_balances', 'CASE WHEN r.made_member THEN', 'CASE WHEN r.made_member OR r.fields IS NOT NULL THEN'),
    ('import_undo', E'  UPDATE import_row r SET state = ''undone''',
      '  PERFORM import_unfield(p_business, p_import, p_after, p_until);' || E'\n' || E'  UPDATE import_row r SET state = ''undone'''),
    ('erase_member', 'note = NULL, raw = NULL', 'note = NULL, raw = NULL, fields = NULL'),
    ('members_forget', '''segment_member''', '''segment_member'', ''segment_check'', ''segment_stay'', ''member_fields''')
  ) AS x(name, old, new) LOOP
    SELECT pg_get_functiondef(v.name::regproc) INTO v_text;
    IF position(v.old IN v_text) = 0 THEN RAISE EXCEPTION '% is written in another way: %', v.name, v.old; END IF;
    EXECUTE replace(v_text, v.old, v.new);
  END LOOP;
END
$$;
