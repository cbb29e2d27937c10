-- Forgetting a person: everything that is said of them goes, what happened stays without a name.

CREATE TABLE "tombstone" (
    "business_id" BIGINT NOT NULL,
    "member_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tombstone_pkey" PRIMARY KEY ("business_id", "member_id")
);
ALTER TABLE tombstone ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tombstone USING (business_id = current_business()) WITH CHECK (business_id = current_business());
GRANT SELECT, INSERT ON tombstone TO kolo_app;

-- What stays of an erased member, because it is the books or counts somebody else's doings: opaque numbers, and no words.
-- Every other table that names members forgets them, also one that comes later.
CREATE FUNCTION erase_apart() RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
  SELECT ARRAY['transfer', 'lot', 'lot_move', 'lot_heir', 'operation', 'operation_effect', 'entitlement', 'entitlement_use', 'stamp_entry',
    'promo_use', 'promo_code', 'certificate', 'tier_change', 'journey_run', 'referral', 'referral_reward', 'referral_stats', 'import_row',
    'suppression', 'segment_member', 'segment_gone', 'outbox', 'tombstone', 'member_alias']
$$;

CREATE FUNCTION erase_member(p_business bigint, p_now timestamptz, p_member bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE v record; v_burned bigint := 0; v_persons bigint[]; v_names text[]; v_person bigint;
BEGIN
  PERFORM only_own(p_business);
  PERFORM FROM member_stats x WHERE x.business_id = p_business AND x.member_id = p_member FOR UPDATE;
  IF NOT EXISTS (SELECT FROM member x WHERE x.business_id = p_business AND x.id = p_member) THEN
    RAISE EXCEPTION 'not_found' USING ERRCODE = 'KO001';
  END IF;
  INSERT INTO tombstone (business_id, member_id, at) VALUES (p_business, p_member, p_now) ON CONFLICT DO NOTHING;

  -- Points go to breakage, what was owed is let go.
  FOR v IN SELECT x.id, x.remaining FROM lot x WHERE x.business_id = p_business AND x.member_id = p_member AND x.remaining <> 0 ORDER BY x.expires_at, x.id LOOP
    IF v.remaining > 0 THEN
      PERFORM ledger_transfer(p_business, p_member, v.id, NULL, p_now, 'member', 'breakage', v.remaining, 'expire');
      v_burned := v_burned + v.remaining;
    ELSE
      PERFORM ledger_transfer(p_business, p_member, v.id, NULL, p_now, 'issued', 'member', -v.remaining, 'give');
    END IF;
  END LOOP;

  -- Every name they were known by here.
  v_persons := ARRAY(SELECT x.person_id FROM member x WHERE x.business_id = p_business AND x.id = p_member AND x.person_id IS NOT NULL
    UNION SELECT a.value::bigint FROM member_alias a WHERE a.business_id = p_business AND a.member_id = p_member AND a.kind = 'person');
  v_names := ARRAY(
    SELECT n FROM member_profile p CROSS JOIN LATERAL (VALUES (p.phone), (p.email), (p.name)) AS x(n)
      WHERE p.business_id = p_business AND p.member_id = p_member AND n IS NOT NULL
    UNION SELECT a.value FROM member_alias a WHERE a.business_id = p_business AND a.member_id = p_member AND a.kind IN ('phone', 'email')
    UNION SELECT i.value FROM person_identifier i WHERE i.person_id = ANY (v_persons));

  DELETE FROM message_event x USING message m WHERE m.business_id = p_business AND m.member_id = p_member
    AND x.business_id = p_business AND x.message_id = m.id;
  DELETE FROM message_content x USING message m WHERE m.business_id = p_business AND m.member_id = p_member
    AND x.business_id = p_business AND x.id = m.content_id
    AND NOT EXISTS (SELECT FROM message o WHERE o.business_id = p_business AND o.content_id = x.id AND o.member_id <> p_member
      AND o.source_kind = m.source_kind AND o.source_id = m.source_id);
  FOR v IN SELECT t.source FROM member_tables(erase_apart()) t LOOP
    EXECUTE format('DELETE FROM %I WHERE business_id = $1 AND member_id = $2', v.source) USING p_business, p_member;
  END LOOP;
  DELETE FROM member_merge_row x USING member_merge g WHERE g.business_id = p_business AND p_member IN (g.survivor_id, g.loser_id)
    AND x.business_id = p_business AND x.merge_id = g.id;
  UPDATE member_merge x SET kept = NULL WHERE x.business_id = p_business AND p_member IN (x.survivor_id, x.loser_id) AND x.kept IS NOT NULL;
  DELETE FROM member_distinct x WHERE x.business_id = p_business AND x.other_id = p_member;
  DELETE FROM member_alias x WHERE x.business_id = p_business AND x.member_id = p_member AND x.kind <> 'id';

  -- What stays says nothing in words.
  UPDATE operation x SET because = (SELECT coalesce(jsonb_agg(y - 'comment'), '[]') FROM jsonb_array_elements(x.because) y)
  WHERE x.business_id = p_business AND x.member_id = p_member AND x.because::text LIKE '%comment%';
  UPDATE entitlement x SET comment = NULL WHERE x.business_id = p_business AND x.member_id = p_member AND x.comment IS NOT NULL;
  UPDATE tier_change x SET comment = NULL WHERE x.business_id = p_business AND x.member_id = p_member AND x.comment IS NOT NULL;
  UPDATE certificate x SET greeting = NULL, member_id = NULL WHERE x.business_id = p_business AND x.member_id = p_member;
  UPDATE journey_run x SET trigger = '{}', arms = '{}',
    state = CASE WHEN x.state = 'active' THEN 'exited' ELSE x.state END, reason = CASE WHEN x.state = 'active' THEN 'member_gone' ELSE x.reason END,
    ended_at = coalesce(x.ended_at, p_now), step = CASE WHEN x.state = 'active' THEN NULL ELSE x.step END, due_at = NULL, waiting = NULL
  WHERE x.business_id = p_business AND x.member_id = p_member;
  UPDATE referral x SET device = NULL, network = NULL, decision = NULL WHERE x.business_id = p_business AND x.member_id = p_member;
  -- Nobody is rewarded any more for friends, and what was is not asked back.
  UPDATE referral_reward x SET state = 'dropped', held_by = NULL WHERE x.business_id = p_business AND x.member_id = p_member;
  UPDATE member x SET inviter_id = NULL WHERE x.business_id = p_business AND x.inviter_id = p_member;
  UPDATE suppression x SET member_id = NULL WHERE x.business_id = p_business AND x.member_id = p_member;
  UPDATE import_row x SET external = NULL, phone = NULL, email = NULL, name = NULL, birth_date = NULL, gender = NULL, note = NULL, raw = NULL
  WHERE x.business_id = p_business AND (x.member_id = p_member
    OR (x.state = 'bad' AND EXISTS (SELECT FROM unnest(v_names) n WHERE n IN (x.phone, x.email, x.name)
      OR position(lower(to_json(n)::text) IN lower(x.raw::text)) > 0)));
  -- Waiting news counts for the day, not for the one who is gone.
  UPDATE outbox x SET member_id = NULL WHERE x.business_id = p_business AND x.member_id = p_member;
  DELETE FROM member x WHERE x.business_id = p_business AND x.id = p_member;
  DELETE FROM mail x WHERE x.business_id = p_business AND x.recipient = ANY (v_names);

  -- A person with no card left anywhere has nothing to sign in to.
  FOREACH v_person IN ARRAY v_persons LOOP
    CONTINUE WHEN EXISTS (SELECT FROM memberships_of_person(v_person));
    DELETE FROM mail x USING person_identifier i WHERE i.person_id = v_person AND x.recipient = i.value AND x.kind = 'person';
    DELETE FROM sign_in_code x USING person_identifier i WHERE i.person_id = v_person AND x.identifier = i.value;
    DELETE FROM person_identifier x WHERE x.person_id = v_person;
    DELETE FROM person_device x WHERE x.person_id = v_person;
    DELETE FROM session x WHERE x.person_id = v_person;
    DELETE FROM person x WHERE x.id = v_person;
  END LOOP;
  RETURN v_burned;
END
$$;

-- Members a tombstone stands for who are there all the same: somebody brought a backup back.
CREATE FUNCTION risen(p_business bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE AS $$
  SELECT t.member_id FROM tombstone t JOIN member m ON m.business_id = t.business_id AND m.id = t.member_id WHERE t.business_id = p_business
$$;

REVOKE EXECUTE ON FUNCTION erase_member FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_member TO kolo_app;
