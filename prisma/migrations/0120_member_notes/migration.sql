-- What the staff writes about a member: personal data, apart from the books, gone when the member is erased.
CREATE TABLE member_note (
  business_id bigint NOT NULL,
  member_id bigint NOT NULL,
  id bigint NOT NULL,
  staff_id bigint NOT NULL,
  text text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  edited_at timestamptz(3),
  CONSTRAINT member_note_pkey PRIMARY KEY (business_id, member_id, id)
);
ALTER TABLE member_note ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON member_note USING (business_id = (SELECT current_business())) WITH CHECK (business_id = current_business());
GRANT SELECT, INSERT, UPDATE, DELETE ON member_note TO kolo_app;

-- Points that went or came back without an operation: all a member's timeline reads from the ledger itself.
CREATE INDEX transfer_by_itself ON transfer (business_id, member_id, id) WHERE operation_id IS NULL;

-- A member's changes apart from purchases, grants and codes, which the audit trail has by the thousand.
CREATE INDEX audit_member_change ON audit (business_id, subject_id, id)
  WHERE subject_kind = 'member' AND action <> ALL (ARRAY['purchase.record', 'purchase.refund', 'points.grant', 'code.show', 'code.exchange']);
