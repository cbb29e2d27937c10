-- Fields a business makes for itself, and what they hold of its members: personal data, one row for a member, erased with them.
CREATE TABLE custom_field (
  business_id bigint NOT NULL,
  id bigint NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  options text[] NOT NULL,
  position int NOT NULL,
  created_at timestamptz(3) NOT NULL,
  archived_at timestamptz(3),
  CONSTRAINT custom_field_pkey PRIMARY KEY (business_id, id),
  CONSTRAINT custom_field_kind CHECK (kind IN ('text', 'number', 'day', 'flag', 'choice'))
);
CREATE UNIQUE INDEX custom_field_name ON custom_field (business_id, name) WHERE archived_at IS NULL;
CREATE TABLE member_fields (
  business_id bigint NOT NULL,
  member_id bigint NOT NULL,
  fields jsonb NOT NULL,
  CONSTRAINT member_fields_pkey PRIMARY KEY (business_id, member_id)
);
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['custom_field', 'member_fields'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (business_id = (SELECT current_business())) WITH CHECK (business_id = current_business())', t);
  END LOOP;
END
$$;
GRANT SELECT, INSERT, UPDATE ON custom_field TO kolo_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON member_fields TO kolo_app;
