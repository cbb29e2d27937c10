-- Segments: rules that say who is in a group, and what keeps the answers true. Who is in is in segment_member.

CREATE TABLE segment (
  business_id bigint NOT NULL,
  id bigint NOT NULL,
  name text NOT NULL,
  version int NOT NULL,
  rule jsonb NOT NULL,
  topics text[] NOT NULL,
  size int NOT NULL DEFAULT 0,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  built_at timestamptz(3),
  built_version int NOT NULL DEFAULT 0,
  checks_until timestamptz(3),
  archived_at timestamptz(3),
  CONSTRAINT segment_pkey PRIMARY KEY (business_id, id)
);

CREATE TABLE segment_version (
  business_id bigint NOT NULL,
  segment_id bigint NOT NULL,
  version int NOT NULL,
  name text NOT NULL,
  rule jsonb NOT NULL,
  at timestamptz(3) NOT NULL,
  staff_id bigint,
  CONSTRAINT segment_version_pkey PRIMARY KEY (business_id, segment_id, version)
);

-- When a member is looked at again because time alone may have changed the answer.
CREATE TABLE segment_check (
  business_id bigint NOT NULL,
  segment_id bigint NOT NULL,
  member_id bigint NOT NULL,
  due_at timestamptz(3) NOT NULL,
  CONSTRAINT segment_check_pkey PRIMARY KEY (business_id, segment_id, member_id)
);
CREATE INDEX segment_check_business_id_due_at_idx ON segment_check (business_id, due_at);

CREATE TABLE segment_day (
  business_id bigint NOT NULL,
  segment_id bigint NOT NULL,
  day date NOT NULL,
  size int NOT NULL,
  entered int NOT NULL DEFAULT 0,
  "left" int NOT NULL DEFAULT 0,
  CONSTRAINT segment_day_pkey PRIMARY KEY (business_id, segment_id, day)
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['segment', 'segment_version', 'segment_check', 'segment_day'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (business_id = current_business()) WITH CHECK (business_id = current_business())', t);
  END LOOP;
END
$$;
GRANT SELECT, INSERT, UPDATE, DELETE ON segment, segment_check, segment_day TO kolo_app;
GRANT SELECT, INSERT ON segment_version TO kolo_app;

-- The businesses somebody is due to be looked at in.
CREATE FUNCTION segment_businesses_due(p_now timestamptz) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  SELECT b.id FROM business b
  WHERE EXISTS (SELECT FROM segment_check c WHERE c.business_id = b.id AND c.due_at <= p_now) ORDER BY b.id
$$;
REVOKE EXECUTE ON FUNCTION segment_businesses_due FROM PUBLIC;
GRANT EXECUTE ON FUNCTION segment_businesses_due TO kolo_app;

-- Row-level security asks for the business once in a statement instead of once for every row: reading a million members'
-- figures under the plain policy costs as much again as the reading itself.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['member', 'member_profile', 'member_stats', 'member_tag', 'operation', 'operation_line', 'item', 'lot',
    'segment_member', 'segment_check']
  LOOP
    EXECUTE format('ALTER POLICY tenant ON %I USING (business_id = (SELECT current_business()))', t);
  END LOOP;
END
$$;
