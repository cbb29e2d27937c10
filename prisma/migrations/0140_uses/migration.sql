-- Where something is used, asked of what uses it: nothing is noted apart that could fall behind.
DROP TABLE segment_use;

-- Shape: p_kind is tier, item, category, segment, tag, location, reward or rule; p_refs their ids as text. Rules count as they are in
-- force or scheduled, journeys as they run and as they are edited.
CREATE FUNCTION uses_of(p_business bigint, p_now timestamptz, p_kind text, p_refs text[])
RETURNS TABLE (target text, kind text, ref text, name text)
LANGUAGE sql STABLE AS $$
  WITH asked AS (
    SELECT r AS ref, CASE WHEN r ~ '^\d{1,18}$' THEN r::bigint END AS id FROM unnest(p_refs) r
  ), versions AS (
    SELECT programme_in_force(p_business, p_now) AS version
    UNION SELECT v.version FROM programme_version v
      WHERE v.business_id = p_business AND v.cancelled_at IS NULL AND v.effective_at > p_now
  ), rules AS (
    SELECT DISTINCT r.rule_id, r.from_version, r.body, r.body->'when' AS need
    FROM programme_rule r JOIN versions v ON r.from_version <= v.version AND (r.to_version IS NULL OR r.to_version > v.version)
    WHERE r.business_id = p_business
  ), journeys AS (
    SELECT j.id, j.kind, j.name, d.definition FROM journey j CROSS JOIN LATERAL (
      SELECT j.draft AS definition
      UNION ALL SELECT v.definition FROM journey_version v
        WHERE v.business_id = j.business_id AND v.journey_id = j.id AND v.version = j.version
    ) d WHERE j.business_id = p_business AND j.state IN ('draft', 'live', 'paused', 'draining')
  ), found AS (
    SELECT a.ref AS target, 'rule' AS kind, r.rule_id::text AS ref, r.body->>'name' AS name
    FROM asked a JOIN rules r ON CASE p_kind
      WHEN 'tier' THEN r.need->'tiers' ? a.ref
      WHEN 'category' THEN r.need->'goods'->'categories' ? a.ref
      WHEN 'item' THEN r.need->'goods'->'items' @> to_jsonb(a.id)
      WHEN 'location' THEN r.need->'locations' @> to_jsonb(a.id)
      WHEN 'segment' THEN r.need->'segments' @> to_jsonb(a.id)
      WHEN 'tag' THEN r.need->'tags' @> to_jsonb(a.id)
      ELSE false END
    UNION ALL
    SELECT a.ref, 'reward', w.id::text, w.name FROM asked a JOIN reward w
      ON w.business_id = p_business AND w.archived_at IS NULL AND CASE p_kind
        WHEN 'tier' THEN a.ref = ANY (w.tier_ids)
        WHEN 'item' THEN w.item_id = a.id
        WHEN 'segment' THEN w.segment_id = a.id
        WHEN 'rule' THEN w.rule_id = a.id
        ELSE false END
    UNION ALL
    SELECT a.ref, 'stamps', s.id::text, s.name FROM asked a JOIN stamp_programme s
      ON s.business_id = p_business AND s.archived_at IS NULL AND CASE p_kind
        WHEN 'category' THEN s.category = a.ref
        WHEN 'item' THEN a.id = ANY (s.item_ids)
        WHEN 'reward' THEN s.reward_id = a.id
        ELSE false END
    UNION ALL
    SELECT a.ref, 'promo', p.id::text, p.name FROM asked a JOIN promo p
      ON p_kind = 'reward' AND p.business_id = p_business AND p.archived_at IS NULL AND p.reward_id = a.id
    UNION ALL
    SELECT a.ref, 'occasion', o.id::text, o.kind FROM asked a JOIN occasion_offer o
      ON p_kind = 'reward' AND o.business_id = p_business AND o.archived_at IS NULL AND o.reward_id = a.id
    UNION ALL
    SELECT a.ref, 'segment', s.id::text, s.name FROM asked a JOIN segment s
      ON s.business_id = p_business AND s.archived_at IS NULL AND s.id IS DISTINCT FROM a.id AND CASE p_kind
        WHEN 'segment' THEN jsonb_path_exists(s.rule, '$.** ? (@.kind == "segment" && @.segment == $id)', jsonb_build_object('id', a.id))
        WHEN 'tier' THEN jsonb_path_exists(s.rule, '$.** ? (@.field == "tier").test.values[*] ? (@ == $id)', jsonb_build_object('id', a.ref))
        WHEN 'tag' THEN jsonb_path_exists(s.rule, '$.** ? (@.field == "tags").test.values[*] ? (@ == $id)', jsonb_build_object('id', a.id))
        WHEN 'item' THEN jsonb_path_exists(s.rule, '$.** ? (@.prop == "item").values[*] ? (@ == $id)', jsonb_build_object('id', a.id))
        WHEN 'category' THEN jsonb_path_exists(s.rule, '$.** ? (@.prop == "category").values[*] ? (@ == $id)', jsonb_build_object('id', a.ref))
        WHEN 'location' THEN jsonb_path_exists(s.rule, '$.** ? (@.prop == "location").values[*] ? (@ == $id)', jsonb_build_object('id', a.id))
        ELSE false END
    UNION ALL
    SELECT a.ref, j.kind, j.id::text, j.name FROM asked a JOIN journeys j ON CASE p_kind
      WHEN 'segment' THEN jsonb_path_exists(j.definition, '$.**.segmentId ? (@ == $id)', jsonb_build_object('id', a.ref))
      WHEN 'tag' THEN jsonb_path_exists(j.definition, '$.**.tagId ? (@ == $id)', jsonb_build_object('id', a.ref))
      WHEN 'reward' THEN jsonb_path_exists(j.definition, '$.**.rewardId ? (@ == $id)', jsonb_build_object('id', a.ref))
      WHEN 'tier' THEN jsonb_path_exists(j.definition, '$.**.tierId ? (@ == $id)', jsonb_build_object('id', a.ref))
        OR jsonb_path_exists(j.definition, '$.** ? (@.property starts with "tier").value ? (@ == $id)', jsonb_build_object('id', a.ref))
      WHEN 'item' THEN jsonb_path_exists(j.definition, '$.** ? (@.property == "item").value ? (@ == $id)', jsonb_build_object('id', a.ref))
      WHEN 'category' THEN jsonb_path_exists(j.definition, '$.** ? (@.property == "category").value ? (@ == $id)', jsonb_build_object('id', a.ref))
      ELSE false END
  )
  SELECT DISTINCT f.target, f.kind, f.ref, f.name FROM found f ORDER BY f.target, f.kind, f.name
$$;
REVOKE ALL ON FUNCTION uses_of(bigint, timestamptz, text, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION uses_of(bigint, timestamptz, text, text[]) TO kolo_app;
