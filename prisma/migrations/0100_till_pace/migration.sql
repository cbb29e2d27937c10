-- What a till waits for, read in small statements: starting a wide one costs more than the rows it touches, and in a stable function
-- all of them see one moment.

DROP FUNCTION till_member;
DROP FUNCTION member_life;

-- Who is meant, everything a decision needs, and whether the key was met before.
CREATE FUNCTION till_member(
  p_business bigint, p_now timestamptz, p_code text, p_phone text, p_uid text, p_member bigint, p_key text
) RETURNS TABLE (
  programme_version int, replay_operation bigint, replay_fingerprint text, found_by text,
  member_id bigint, person_id bigint, uid text, inviter_id bigint, source text, created_at timestamptz, blocked_at timestamptz,
  name text, phone text, email text, birth_date date, gender text, note text, tags jsonb, segments bigint[], uses jsonb,
  version bigint, tier_id text, visits int, full_refunds int, cash_spent bigint, saved bigint,
  invited int, effective_invited int, first_at timestamptz, last_at timestamptz,
  available bigint, pending bigint, pending_at timestamptz, expires_at timestamptz, expires_points bigint, code_expires_at timestamptz,
  life jsonb
)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE v_id bigint; v_member member; v_profile member_profile; v_stats member_stats; v_owed bigint := 0; v_due bigint := 0; v_lot record;
BEGIN
  PERFORM set_config('kolo.business', p_business::text, true);
  IF p_key IS NOT NULL THEN
    SELECT i.operation_id, i.fingerprint INTO replay_operation, replay_fingerprint
    FROM idempotency i WHERE i.business_id = p_business AND i.key = p_key;
  END IF;
  IF p_code IS NOT NULL THEN
    SELECT c.member_id, c.expires_at INTO v_id, code_expires_at FROM member_code c
    WHERE c.business_id = p_business AND c.code = p_code AND c.used_at IS NULL AND c.expires_at > p_now;
    IF v_id IS NOT NULL THEN found_by := 'code'; END IF;
  END IF;
  IF v_id IS NULL AND p_phone IS NOT NULL THEN
    SELECT * INTO v_profile FROM member_profile p WHERE p.business_id = p_business AND p.phone = p_phone;
    v_id := v_profile.member_id;
    IF v_id IS NOT NULL THEN found_by := 'phone'; END IF;
  END IF;
  IF v_id IS NULL AND p_uid IS NOT NULL THEN
    SELECT * INTO v_member FROM member m WHERE m.business_id = p_business AND m.uid = p_uid;
    v_id := v_member.id;
    IF v_id IS NOT NULL THEN found_by := 'uid'; END IF;
  END IF;
  IF v_id IS NULL AND p_member IS NOT NULL THEN v_id := p_member; found_by := 'id'; END IF;
  SELECT v.version INTO programme_version FROM programme_version v
  WHERE v.business_id = p_business AND v.effective_at <= p_now AND v.cancelled_at IS NULL
  ORDER BY v.effective_at DESC, v.version DESC LIMIT 1;
  IF programme_version IS NULL THEN programme_version := programme_in_force(p_business, p_now); END IF;
  IF v_id IS NULL THEN RETURN NEXT; RETURN; END IF;
  IF v_member.id IS NULL THEN
    SELECT * INTO v_member FROM member m WHERE m.business_id = p_business AND m.id = v_id;
    IF v_member.id IS NULL THEN found_by := NULL; RETURN NEXT; RETURN; END IF;
  END IF;
  IF v_profile.member_id IS NULL THEN
    SELECT * INTO v_profile FROM member_profile p WHERE p.business_id = p_business AND p.member_id = v_id;
  END IF;
  SELECT * INTO v_stats FROM member_stats s WHERE s.business_id = p_business AND s.member_id = v_id;
  member_id := v_id;
  person_id := v_member.person_id; uid := v_member.uid; inviter_id := v_member.inviter_id; source := v_member.source;
  created_at := v_member.created_at; blocked_at := v_member.blocked_at;
  name := v_profile.name; phone := v_profile.phone; email := v_profile.email; birth_date := v_profile.birth_date;
  gender := v_profile.gender; note := v_profile.note;
  version := v_stats.version; tier_id := v_stats.tier_id; visits := v_stats.visits; full_refunds := v_stats.full_refunds;
  cash_spent := v_stats.cash_spent_minor; saved := v_stats.saved_minor; invited := v_stats.invited_count;
  effective_invited := v_stats.effective_invited_count; first_at := v_stats.first_at; last_at := v_stats.last_at;
  available := 0; pending := 0;
  FOR v_lot IN SELECT l.remaining, l.available_at, l.expires_at FROM lot l
    WHERE l.business_id = p_business AND l.member_id = v_id AND l.remaining <> 0
  LOOP
    IF v_lot.remaining < 0 THEN v_owed := v_owed - v_lot.remaining; CONTINUE; END IF;
    IF v_lot.expires_at <= p_now THEN v_due := v_due + v_lot.remaining;
    ELSE
      IF v_lot.expires_at = expires_at THEN expires_points := expires_points + v_lot.remaining;
      ELSIF v_lot.expires_at < coalesce(expires_at, 'infinity') THEN expires_at := v_lot.expires_at; expires_points := v_lot.remaining;
      END IF;
      IF v_lot.available_at <= p_now THEN available := available + v_lot.remaining; END IF;
    END IF;
    -- What waits for a visit is not pending from a date.
    IF v_lot.available_at > p_now AND v_lot.available_at < referral_never() THEN
      pending := pending + v_lot.remaining;
      pending_at := least(pending_at, v_lot.available_at);
    END IF;
  END LOOP;
  -- What is owed is first taken from what has ended.
  available := available - greatest(0, v_owed - v_due);
  SELECT coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name) ORDER BY t.id), '[]'::jsonb) INTO tags
  FROM member_tag mt JOIN tag t ON t.business_id = mt.business_id AND t.id = mt.tag_id
  WHERE mt.business_id = p_business AND mt.member_id = v_id;
  segments := ARRAY(SELECT g.segment_id FROM segment_member g WHERE g.business_id = p_business AND g.member_id = v_id ORDER BY 1);
  SELECT jsonb_agg(jsonb_build_array(u.rule_id, u.period, u.amount, u.times)) INTO uses FROM rule_use u
  WHERE u.business_id = p_business AND u.member_id = v_id AND u.starts_at <= p_now AND u.ends_at > p_now;
  SELECT to_jsonb(s) INTO life FROM member_standing s WHERE s.business_id = p_business AND s.member_id = v_id;
  RETURN NEXT;
END
$$;
