-- Two members who turn out to be one person: merging them, and taking the merge back.

CREATE TABLE "member_merge" (
    "business_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "survivor_id" BIGINT NOT NULL,
    "loser_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "staff_id" BIGINT,
    "kept" JSONB,
    "undone_at" TIMESTAMPTZ(3),
    "undone_by" BIGINT,

    CONSTRAINT "member_merge_pkey" PRIMARY KEY ("business_id", "id")
);
CREATE INDEX "member_merge_business_id_survivor_id_idx" ON "member_merge"("business_id", "survivor_id");

CREATE TABLE "member_merge_row" (
    "business_id" BIGINT NOT NULL,
    "merge_id" BIGINT NOT NULL,
    "source" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "no" INTEGER NOT NULL,
    "row" JSONB NOT NULL,

    CONSTRAINT "member_merge_row_pkey" PRIMARY KEY ("business_id", "merge_id", "source", "what", "no")
);

CREATE TABLE "member_alias" (
    "business_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "member_id" BIGINT NOT NULL,
    "merge_id" BIGINT NOT NULL,

    CONSTRAINT "member_alias_pkey" PRIMARY KEY ("business_id", "kind", "value"),
    CONSTRAINT "member_alias_kind" CHECK ("kind" IN ('id', 'person', 'uid', 'phone', 'email', 'invite'))
);
CREATE INDEX "member_alias_business_id_member_id_idx" ON "member_alias"("business_id", "member_id");

CREATE TABLE "lot_heir" (
    "business_id" BIGINT NOT NULL,
    "member_id" BIGINT NOT NULL,
    "lot_id" BIGINT NOT NULL,
    "to_member_id" BIGINT NOT NULL,
    "to_lot_id" BIGINT NOT NULL,
    "merge_id" BIGINT NOT NULL,
    "points" BIGINT NOT NULL,

    CONSTRAINT "lot_heir_pkey" PRIMARY KEY ("business_id", "member_id", "lot_id")
);
CREATE INDEX "lot_heir_business_id_merge_id_idx" ON "lot_heir"("business_id", "merge_id");

-- Pairs somebody looked at and said: two people.
CREATE TABLE "member_distinct" (
    "business_id" BIGINT NOT NULL,
    "member_id" BIGINT NOT NULL,
    "other_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "staff_id" BIGINT,

    CONSTRAINT "member_distinct_pkey" PRIMARY KEY ("business_id", "member_id", "other_id")
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['member_merge', 'member_merge_row', 'member_alias', 'lot_heir', 'member_distinct'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON %I USING (business_id = (SELECT current_business())) WITH CHECK (business_id = current_business())', t);
  END LOOP;
END
$$;
-- A refund of a merged purchase may make a lot's heir; all else is written by the merge itself.
GRANT SELECT ON member_merge, member_merge_row, member_alias, lot_heir TO kolo_app;
GRANT INSERT ON lot_heir TO kolo_app;
GRANT SELECT, INSERT, DELETE ON member_distinct TO kolo_app;

-- Names that sound alike: words in any order, their first four letters, letters that are mixed up folded together.
CREATE FUNCTION name_key(p_name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT string_agg(word, ' ' ORDER BY word COLLATE "C") FROM (
    SELECT left(regexp_replace(translate(lower(w), 'ёєэйїіыyъь''’`', 'ееуиииии'), '(.)\1+', '\1', 'g'), 4) AS word
    FROM regexp_split_to_table(p_name, '[^[:alnum:]''’`]+') AS w WHERE w <> '') x
$$;
CREATE INDEX member_profile_phone_tail ON member_profile (business_id, right(phone, 9)) WHERE phone IS NOT NULL;
CREATE INDEX member_profile_mailbox ON member_profile (business_id, lower(email)) WHERE email IS NOT NULL;
CREATE INDEX member_profile_born ON member_profile (business_id, birth_date, name_key(name)) WHERE birth_date IS NOT NULL AND name IS NOT NULL;

-- Where a lot's points are now: the lot itself, or the one that took it over when its member was merged into another.
CREATE FUNCTION lot_home(p_business bigint, p_member bigint, p_lot bigint) RETURNS lot
LANGUAGE sql STABLE AS $$
  WITH RECURSIVE path AS (
    SELECT p_member AS member_id, p_lot AS lot_id, 0 AS step
    UNION ALL
    SELECT h.to_member_id, h.to_lot_id, p.step + 1 FROM path p
    JOIN lot_heir h ON h.business_id = p_business AND h.member_id = p.member_id AND h.lot_id = p.lot_id
  )
  SELECT l FROM path p JOIN lot l ON l.business_id = p_business AND l.member_id = p.member_id AND l.id = p.lot_id
  ORDER BY p.step DESC LIMIT 1
$$;

-- The lot of p_member that stands for a lot of somebody who was merged into them; made when there is none yet.
CREATE FUNCTION lot_inherited(p_business bigint, p_member bigint, p_lot bigint, p_now timestamptz) RETURNS lot
LANGUAGE plpgsql AS $$
DECLARE v_lot lot; v_merge bigint; v_new bigint;
BEGIN
  SELECT l.* INTO v_lot FROM member_alias a
  JOIN lot l ON l.business_id = p_business AND l.member_id = a.value::bigint AND l.id = p_lot
  WHERE a.business_id = p_business AND a.member_id = p_member AND a.kind = 'id';
  IF NOT FOUND THEN RAISE EXCEPTION 'lot % is not of member % nor of anybody merged into them', p_lot, p_member; END IF;
  v_lot := lot_home(p_business, v_lot.member_id, v_lot.id);
  IF v_lot.member_id <> p_member THEN
    SELECT a.merge_id INTO v_merge FROM member_alias a
    WHERE a.business_id = p_business AND a.kind = 'id' AND a.value = v_lot.member_id::text;
    v_new := next_id(p_now);
    INSERT INTO lot (business_id, member_id, id, kind, available_at, expires_at, remaining)
    VALUES (p_business, p_member, v_new, v_lot.kind, v_lot.available_at, v_lot.expires_at, 0);
    INSERT INTO lot_heir (business_id, member_id, lot_id, to_member_id, to_lot_id, merge_id, points)
    VALUES (p_business, v_lot.member_id, v_lot.id, p_member, v_new, v_merge, 0);
    SELECT l.* INTO v_lot FROM lot l WHERE l.business_id = p_business AND l.member_id = p_member AND l.id = v_new;
  END IF;
  RETURN v_lot;
END
$$;

-- As before; what happens to a lot whose member was merged happens to the lot that took it over.
CREATE OR REPLACE FUNCTION ledger_transfer(
  p_business bigint, p_member bigint, p_lot bigint, p_operation bigint, p_now timestamptz,
  p_debit text, p_credit text, p_points bigint, p_reason text
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE v_lot bigint := p_lot; v_home lot;
BEGIN
  UPDATE lot SET
    remaining = remaining + CASE WHEN p_credit = 'member' THEN p_points ELSE -p_points END,
    expired = expired + CASE WHEN p_credit = 'breakage' THEN p_points WHEN p_debit = 'breakage' THEN -p_points ELSE 0 END
  WHERE business_id = p_business AND member_id = p_member AND id = p_lot;
  IF NOT FOUND THEN
    v_home := lot_inherited(p_business, p_member, p_lot, p_now);
    v_lot := v_home.id;
    -- What burned before the merge burned in the lot of then: there it is called back, and moves on.
    IF p_debit = 'breakage' THEN
      PERFORM ledger_called_on(p_business, p_member, p_lot, v_lot, p_operation, p_now, p_points, p_reason);
      RETURN;
    END IF;
    UPDATE lot SET
      remaining = remaining + CASE WHEN p_credit = 'member' THEN p_points ELSE -p_points END,
      expired = expired + CASE WHEN p_credit = 'breakage' THEN p_points ELSE 0 END
    WHERE business_id = p_business AND member_id = p_member AND id = v_lot;
  END IF;
  INSERT INTO transfer (business_id, member_id, id, lot_id, operation_id, at, debit, credit, points, reason)
  VALUES (p_business, p_member, next_id(p_now), v_lot, p_operation, p_now, p_debit, p_credit, p_points, p_reason);
END
$$;

-- Moves points between the lots of two members: out of one into settlement, out of settlement into the other. Below zero: a debt.
CREATE FUNCTION ledger_move(
  p_business bigint, p_from bigint, p_from_lot bigint, p_to bigint, p_to_lot bigint, p_now timestamptz, p_points bigint
) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF p_points > 0 THEN
    PERFORM ledger_transfer(p_business, p_from, p_from_lot, NULL, p_now, 'member', 'settlement', p_points, 'merge');
    PERFORM ledger_transfer(p_business, p_to, p_to_lot, NULL, p_now, 'settlement', 'member', p_points, 'merge');
  ELSIF p_points < 0 THEN
    PERFORM ledger_transfer(p_business, p_from, p_from_lot, NULL, p_now, 'settlement', 'member', -p_points, 'merge');
    PERFORM ledger_transfer(p_business, p_to, p_to_lot, NULL, p_now, 'member', 'settlement', -p_points, 'merge');
  END IF;
END
$$;

CREATE FUNCTION ledger_called_on(
  p_business bigint, p_member bigint, p_lot bigint, p_home bigint, p_operation bigint, p_now timestamptz, p_points bigint, p_reason text
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE v_old lot; v_part bigint;
BEGIN
  SELECT l.* INTO v_old FROM member_alias a
  JOIN lot l ON l.business_id = p_business AND l.member_id = a.value::bigint AND l.id = p_lot
  WHERE a.business_id = p_business AND a.member_id = p_member AND a.kind = 'id';
  v_part := least(p_points, v_old.expired);
  IF v_part > 0 THEN
    PERFORM ledger_transfer(p_business, v_old.member_id, v_old.id, p_operation, p_now, 'breakage', 'member', v_part, p_reason);
    PERFORM ledger_move(p_business, v_old.member_id, v_old.id, p_member, p_home, p_now, v_part);
    UPDATE lot_heir SET points = points + v_part
    WHERE business_id = p_business AND member_id = v_old.member_id AND lot_id = v_old.id AND to_member_id = p_member;
  END IF;
  IF p_points > v_part THEN
    PERFORM ledger_transfer(p_business, p_member, p_home, p_operation, p_now, 'breakage', 'member', p_points - v_part, p_reason);
  END IF;
END
$$;
GRANT UPDATE (points) ON lot_heir TO kolo_app;

-- As before, over the lots of whoever the purchase was recorded for: that may be somebody merged since.
CREATE OR REPLACE FUNCTION ledger_take_back(
  p_business bigint, p_member bigint, p_origin bigint, p_operation bigint, p_now timestamptz, p_before bigint, p_points bigint
) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE v_row record; v_skip bigint := p_before; v_left bigint := p_points; v_part bigint; v_back bigint; v_called bigint := 0;
BEGIN
  FOR v_row IN
    SELECT t.lot_id, t.points, l.expired + CASE WHEN h.member_id <> l.member_id THEN h.expired ELSE 0 END AS expired FROM transfer t
    JOIN lot l ON l.business_id = t.business_id AND l.member_id = t.member_id AND l.id = t.lot_id
    CROSS JOIN LATERAL lot_home(p_business, l.member_id, l.id) h
    WHERE t.business_id = p_business AND t.operation_id = p_origin AND t.reason = 'earn'
    ORDER BY l.available_at DESC, l.id DESC, t.id DESC
  LOOP
    EXIT WHEN v_left = 0;
    IF v_skip >= v_row.points THEN v_skip := v_skip - v_row.points; CONTINUE; END IF;
    v_part := least(v_left, v_row.points - v_skip);
    v_skip := 0;
    v_back := least(v_part, v_row.expired);
    IF v_back > 0 THEN
      PERFORM ledger_transfer(p_business, p_member, v_row.lot_id, p_operation, p_now, 'breakage', 'member', v_back, 'unexpire');
      v_called := v_called + v_back;
    END IF;
    PERFORM ledger_transfer(p_business, p_member, v_row.lot_id, p_operation, p_now, 'member', 'issued', v_part, 'take_back');
    v_left := v_left - v_part;
  END LOOP;
  IF v_left > 0 THEN RAISE EXCEPTION 'take_back of % beyond what % earned', p_points, p_origin; END IF;
  RETURN v_called;
END
$$;

CREATE OR REPLACE FUNCTION ledger_give_back(
  p_business bigint, p_member bigint, p_origin bigint, p_operation bigint, p_now timestamptz,
  p_before bigint, p_points bigint, p_revived timestamptz
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE v_row record; v_skip bigint := p_before; v_left bigint := p_points; v_part bigint; v_same bigint; v_owed bigint;
BEGIN
  FOR v_row IN
    SELECT t.lot_id, t.member_id, t.points FROM transfer t
    WHERE t.business_id = p_business AND t.operation_id = p_origin AND t.reason = 'spend'
    ORDER BY t.id DESC
  LOOP
    EXIT WHEN v_left = 0;
    IF v_skip >= v_row.points THEN v_skip := v_skip - v_row.points; CONTINUE; END IF;
    v_part := least(v_left, v_row.points - v_skip);
    v_skip := 0;
    v_left := v_left - v_part;
    SELECT CASE WHEN h.expires_at IS NULL OR h.expires_at > p_now THEN v_part ELSE greatest(0, -h.remaining) END INTO v_owed
    FROM lot_home(p_business, v_row.member_id, v_row.lot_id) h;
    v_same := least(v_part, v_owed);
    IF v_same > 0 THEN
      PERFORM ledger_transfer(p_business, p_member, v_row.lot_id, p_operation, p_now, 'redeemed', 'member', v_same, 'give_back');
    END IF;
    IF v_part > v_same THEN
      PERFORM ledger_give(p_business, p_member, p_operation, p_now, 'revived', v_part - v_same, p_now, p_revived, 'redeemed', 'give_back');
    END IF;
  END LOOP;
  IF v_left > 0 THEN RAISE EXCEPTION 'give_back of % beyond what % spent', p_points, p_origin; END IF;
END
$$;

-- Moves of ends are named by the visit: whoever's lot it is today.
CREATE OR REPLACE FUNCTION ledger_unextend(p_business bigint, p_member bigint, p_operations bigint[], p_reasons text[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE v_move record; v_later bigint;
BEGIN
  FOR v_move IN
    SELECT * FROM lot_move WHERE business_id = p_business AND operation_id = ANY (p_operations)
      AND reason = ANY (p_reasons) ORDER BY operation_id DESC, lot_id
  LOOP
    SELECT min(operation_id) INTO v_later FROM lot_move
    WHERE business_id = p_business AND member_id = v_move.member_id AND lot_id = v_move.lot_id AND operation_id > v_move.operation_id;
    IF v_later IS NULL THEN
      UPDATE lot SET expires_at = v_move.expires_before
      WHERE business_id = p_business AND member_id = v_move.member_id AND id = v_move.lot_id;
    ELSE
      UPDATE lot_move SET expires_before = v_move.expires_before
      WHERE business_id = p_business AND member_id = v_move.member_id AND lot_id = v_move.lot_id AND operation_id = v_later;
    END IF;
    DELETE FROM lot_move
    WHERE business_id = p_business AND member_id = v_move.member_id AND lot_id = v_move.lot_id AND operation_id = v_move.operation_id;
  END LOOP;
END
$$;

-- The other functions that go back to an operation's lots: an operation says whose it is, its transfers say whose it was.
DO $$
DECLARE
  v record;
  v_text text;
BEGIN
  FOR v IN SELECT * FROM (VALUES
    ('take_gift_back', ' AND t.member_id = p_member', ''),
    ('take_back_grant', ' AND t.member_id = p_member', ''),
    ('return_deducted', ' AND t.member_id = p_member', ''),
    ('confirm_earned', 'SELECT t.lot_id FROM transfer t', 'SELECT (lot_home(p_business, t.member_id, t.lot_id)).id FROM transfer t')
  ) AS x(name, old, new) LOOP
    SELECT pg_get_functiondef(v.name::regproc) INTO v_text;
    IF position(v.old IN v_text) = 0 THEN RAISE EXCEPTION '% finds its lots in another way', v.name; END IF;
    EXECUTE replace(v_text, v.old, v.new);
  END LOOP;
END
$$;

-- A person whose member was merged into another's holds that one's card.
CREATE OR REPLACE FUNCTION memberships_of_person(p_person bigint) RETURNS TABLE (business_id bigint, member_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  SELECT m.business_id, m.id FROM member m WHERE m.person_id = p_person
  UNION
  SELECT a.business_id, a.member_id FROM member_alias a WHERE a.kind = 'person' AND a.value = p_person::text
  ORDER BY 1 LIMIT 200
$$;
CREATE INDEX "member_alias_person" ON "member_alias"("value") WHERE kind = 'person';

-- Whom a phone, a till's uid or a number leads to that was somebody's who was merged. For tills, which ask outside a transaction.
CREATE FUNCTION survivor_of(p_business bigint, p_phone text, p_uid text, p_id text) RETURNS TABLE (member_id bigint)
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('kolo.business', p_business::text, true);
  RETURN QUERY SELECT a.member_id FROM member_alias a
    JOIN (VALUES (1, 'phone', p_phone), (2, 'uid', p_uid), (3, 'id', p_id)) AS x(no, kind, value) ON x.kind = a.kind AND x.value = a.value
    WHERE a.business_id = p_business ORDER BY x.no LIMIT 1;
END
$$;
