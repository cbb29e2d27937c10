-- Deciding everybody in a segment can be done in parts, by a job that may stop and go on: how far it is stands with the segment.
ALTER TABLE segment
  ADD COLUMN build_after bigint,
  ADD COLUMN build_since timestamptz(3),
  ADD COLUMN build_told boolean,
  ADD COLUMN build_done integer,
  ADD COLUMN build_total integer,
  ADD CONSTRAINT segment_build_whole CHECK (num_nulls(build_after, build_since, build_told, build_done, build_total) IN (0, 5));

-- A segment's members come and go by the thousand at once; what is planned right after, such as a segment that asks about this one,
-- must not be planned for the table as it was. Only the owner of a table may analyze it.
CREATE FUNCTION analyze_segment_members() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  ANALYZE segment_member;
END
$$;
REVOKE EXECUTE ON FUNCTION analyze_segment_members FROM PUBLIC;
GRANT EXECUTE ON FUNCTION analyze_segment_members TO kolo_app;
