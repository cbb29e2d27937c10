-- Families: members who belong together. And what the business holds of one member, as one document.

CREATE TABLE "household" (
    "business_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "household_pkey" PRIMARY KEY ("business_id", "id")
);

CREATE TABLE "household_member" (
    "business_id" BIGINT NOT NULL,
    "member_id" BIGINT NOT NULL,
    "household_id" BIGINT NOT NULL,
    "is_payer" BOOLEAN NOT NULL DEFAULT false,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "household_member_pkey" PRIMARY KEY ("business_id", "member_id")
);
CREATE INDEX "household_member_business_id_household_id_idx" ON "household_member"("business_id", "household_id");

ALTER TABLE household ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON household USING (business_id = current_business()) WITH CHECK (business_id = current_business());
ALTER TABLE household_member ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON household_member USING (business_id = (SELECT current_business())) WITH CHECK (business_id = current_business());
GRANT SELECT, INSERT, UPDATE, DELETE ON household, household_member TO kolo_app;

-- Everything that names a member, table by table, also of tables that come later; of each at most p_most rows. Keys to browsers
-- and codes that open something are not theirs to carry about.
CREATE FUNCTION member_document(p_business bigint, p_member bigint, p_most int) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE t record; v_all jsonb := '{}'; v_rows jsonb; v_ids bigint[];
BEGIN
  v_ids := p_member || ARRAY(SELECT a.value::bigint FROM member_alias a
    WHERE a.business_id = p_business AND a.member_id = p_member AND a.kind = 'id');
  FOR t IN SELECT * FROM member_tables(ARRAY['member_code', 'lot_heir', 'lot_move', 'segment_check', 'segment_gone', 'outbox', 'import_row',
    'idempotency', 'tombstone', 'member_merge', 'member_merge_row', 'member_distinct', 'operation_effect', 'rule_use']) LOOP
    EXECUTE format(
      'SELECT jsonb_agg(row) FROM (SELECT to_jsonb(x) - ARRAY[''business_id'', ''member_id'', ''p256dh'', ''auth'', ''search'', ''because'', ''merge_id''] AS row
         FROM %I x WHERE x.business_id = $1 AND x.member_id = ANY ($2) ORDER BY x LIMIT $3) y', t.source)
      INTO v_rows USING p_business, v_ids, p_most;
    IF v_rows IS NOT NULL THEN v_all := v_all || jsonb_build_object(t.source, v_rows); END IF;
  END LOOP;
  RETURN v_all || jsonb_build_object(
    'member', (SELECT to_jsonb(m) - ARRAY['business_id'] FROM member m WHERE m.business_id = p_business AND m.id = p_member),
    'operation_line', (SELECT coalesce(jsonb_agg(to_jsonb(l) - 'business_id' ORDER BY l.operation_id, l.no), '[]') FROM operation o
      JOIN operation_line l ON l.business_id = o.business_id AND l.operation_id = o.id WHERE o.business_id = p_business AND o.member_id = p_member),
    'message_event', (SELECT coalesce(jsonb_agg(to_jsonb(e) - 'business_id' ORDER BY e.message_id, e.id), '[]') FROM message g
      JOIN message_event e ON e.business_id = g.business_id AND e.message_id = g.id WHERE g.business_id = p_business AND g.member_id = p_member),
    'tags', (SELECT coalesce(jsonb_agg(g.name ORDER BY g.name), '[]') FROM member_tag x JOIN tag g ON g.business_id = x.business_id AND g.id = x.tag_id
      WHERE x.business_id = p_business AND x.member_id = p_member),
    'segments', (SELECT coalesce(jsonb_agg(jsonb_build_object('name', g.name, 'since', x.entered_at) ORDER BY g.name), '[]') FROM segment_member x
      JOIN segment g ON g.business_id = x.business_id AND g.id = x.segment_id WHERE x.business_id = p_business AND x.member_id = p_member),
    'journeys', (SELECT coalesce(jsonb_agg(jsonb_build_object('name', j.name, 'state', x.state, 'entered_at', x.entered_at, 'ended_at', x.ended_at)
      ORDER BY x.id), '[]') FROM journey_run x JOIN journey j ON j.business_id = x.business_id AND j.id = x.journey_id
      WHERE x.business_id = p_business AND x.member_id = p_member),
    'staff_changes', (SELECT coalesce(jsonb_agg(jsonb_build_object('at', a.at, 'by', a.actor_kind, 'what', a.action) ORDER BY a.id), '[]') FROM audit a
      WHERE a.business_id = p_business AND a.subject_kind = 'member' AND a.subject_id = ANY (v_ids)));
END
$$;
