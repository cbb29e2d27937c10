-- Who asks about a segment besides other segments (an offer, a journey), so that nobody takes it from under them.
CREATE TABLE segment_use (
  business_id bigint NOT NULL,
  segment_id bigint NOT NULL,
  kind text NOT NULL,
  ref text NOT NULL,
  name text NOT NULL,
  CONSTRAINT segment_use_pkey PRIMARY KEY (business_id, segment_id, kind, ref)
);

-- Members who were erased or merged into another: their books stay, they are in no group.
CREATE TABLE segment_gone (
  business_id bigint NOT NULL,
  member_id bigint NOT NULL,
  CONSTRAINT segment_gone_pkey PRIMARY KEY (business_id, member_id)
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['segment_use', 'segment_gone'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON %I USING (business_id = (SELECT current_business()))', t);
  END LOOP;
END
$$;
GRANT SELECT, INSERT, UPDATE, DELETE ON segment_use, segment_gone TO kolo_app;
