-- The six digits a member shows, in one round trip: the live code with the most life left if it lives to p_until at least, else the
-- first of p_codes that is free; a spent or dead one is free again. No row when none is.
CREATE FUNCTION code_show(
  p_business bigint, p_now timestamptz, p_member bigint, p_until timestamptz, p_expires timestamptz, p_codes text[],
  p_audit bigint, p_actor_kind text, p_actor bigint
) RETURNS TABLE (code text, expires_at timestamptz)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE v_code text;
BEGIN
  PERFORM set_config('kolo.business', p_business::text, true);
  RETURN QUERY SELECT c.code, c.expires_at FROM member_code c
    WHERE c.business_id = p_business AND c.member_id = p_member AND c.used_at IS NULL AND c.expires_at > p_until
      AND c.code NOT LIKE '%-%' ORDER BY c.expires_at DESC LIMIT 1;
  IF FOUND THEN RETURN; END IF;
  FOREACH v_code IN ARRAY p_codes LOOP
    INSERT INTO member_code AS c (business_id, code, member_id, issued_at, expires_at)
    VALUES (p_business, v_code, p_member, p_now, p_expires)
    ON CONFLICT (business_id, code) DO UPDATE
      SET member_id = excluded.member_id, issued_at = excluded.issued_at, expires_at = excluded.expires_at, used_at = NULL
      WHERE c.used_at IS NOT NULL OR c.expires_at <= excluded.issued_at;
    CONTINUE WHEN NOT FOUND;
    INSERT INTO audit (business_id, id, at, actor_kind, actor_id, action, subject_kind, subject_id, detail)
    VALUES (p_business, p_audit, p_now, p_actor_kind, p_actor, 'code.show', 'member', p_member, '{}');
    RETURN QUERY SELECT v_code, p_expires;
    RETURN;
  END LOOP;
END
$$;
