-- Who is asking: what sign-in must know before a business is chosen, each question answered in one round trip.

-- Whom the message is for decides who may read it in the local mailbox.
ALTER TABLE "mail" ADD COLUMN "kind" TEXT NOT NULL;

-- A live staff session with the business it works in, if any. A staff row disabled or given another role since takes
-- effect with the next question, because nothing of it is copied into the session.
CREATE FUNCTION session_staff(p_id text, p_now timestamptz)
RETURNS TABLE (
  credential_id bigint, email text, signed_in_at timestamptz, expires_at timestamptz,
  staff_id bigint, staff_name text, role text, business jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  SELECT c.id, c.email, s.created_at, s.expires_at, m.id, m.name, m.role, CASE WHEN m.id IS NOT NULL THEN to_jsonb(b) END
  FROM session s
  JOIN credential c ON c.id = s.credential_id
  LEFT JOIN staff m ON m.business_id = s.business_id AND m.id = s.staff_id AND m.credential_id = c.id
    AND m.disabled_at IS NULL
  LEFT JOIN business b ON b.id = m.business_id
  WHERE s.id = p_id AND s.kind = 'staff' AND s.revoked_at IS NULL AND s.expires_at > p_now
$$;

-- The till a key belongs to. The use is noted once a minute at most, so that a busy till does not write on every call.
CREATE FUNCTION till_by_key(p_business bigint, p_hash text, p_now timestamptz)
RETURNS TABLE (key_id bigint, key_hash text, business jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  UPDATE api_key k SET last_used_at = p_now
  WHERE k.business_id = p_business AND k.key_hash = p_hash AND k.revoked_at IS NULL
    AND (k.last_used_at IS NULL OR k.last_used_at < p_now - interval '1 minute');
  RETURN QUERY
    SELECT k.id, k.key_hash, to_jsonb(b) FROM api_key k JOIN business b ON b.id = k.business_id
    WHERE k.business_id = p_business AND k.key_hash = p_hash AND k.revoked_at IS NULL;
END
$$;

-- The local mailbox as the owner of one business may read it. With several businesses on one installation a code read
-- there would open somebody else's doors, so: letters to members only if the person belongs here or nowhere yet,
-- letters to staff only if they work here and nowhere else.
CREATE FUNCTION mailbox_of(p_business bigint, p_before bigint, p_take int) RETURNS SETOF mail
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  SELECT m.* FROM mail m
  WHERE m.id < p_before AND CASE m.kind
    WHEN 'person' THEN NOT EXISTS (
        SELECT FROM person_identifier i JOIN member e ON e.person_id = i.person_id
        WHERE i.kind = 'email' AND i.value = m.recipient)
      OR EXISTS (
        SELECT FROM person_identifier i JOIN member e ON e.person_id = i.person_id
        WHERE i.kind = 'email' AND i.value = m.recipient AND e.business_id = p_business)
    WHEN 'staff' THEN EXISTS (
        SELECT FROM credential c JOIN staff s ON s.credential_id = c.id
        WHERE c.email = m.recipient AND s.business_id = p_business)
      AND NOT EXISTS (
        SELECT FROM credential c JOIN staff s ON s.credential_id = c.id
        WHERE c.email = m.recipient AND s.business_id <> p_business)
    ELSE m.business_id = p_business END
  ORDER BY m.id DESC LIMIT p_take
$$;

REVOKE EXECUTE ON FUNCTION session_staff, till_by_key, mailbox_of FROM PUBLIC;
GRANT EXECUTE ON FUNCTION session_staff, till_by_key, mailbox_of TO kolo_app;
