-- A member's time in a segment they have left: one row for each leaving, from when to when. Who is in now is in segment_member.
CREATE TABLE segment_stay (
  business_id bigint NOT NULL,
  member_id bigint NOT NULL,
  id bigint NOT NULL,
  segment_id bigint NOT NULL,
  entered_at timestamptz(3) NOT NULL,
  left_at timestamptz(3) NOT NULL,
  CONSTRAINT segment_stay_pkey PRIMARY KEY (business_id, member_id, id)
);
ALTER TABLE segment_stay ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON segment_stay USING (business_id = (SELECT current_business())) WITH CHECK (business_id = current_business());
GRANT SELECT, INSERT, UPDATE, DELETE ON segment_stay TO kolo_app;
