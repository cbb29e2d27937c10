-- Tenancy: the app connects as a member of kolo_app, which owns nothing and cannot bypass row-level security.
-- A transaction says which business it works for (kolo.business); without it every tenant table is empty.

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'kolo_app') THEN
    CREATE ROLE kolo_app NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
  END IF;
END
$$;

CREATE FUNCTION current_business() RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT nullif(current_setting('kolo.business', true), '')::bigint $$;

DO $$
DECLARE t text;
BEGIN
  FOR t IN
    SELECT c.table_name FROM information_schema.columns c
    JOIN information_schema.tables i USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND c.column_name = 'business_id' AND i.table_type = 'BASE TABLE'
      AND c.table_name NOT IN ('session', 'mail')
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (business_id = current_business()) WITH CHECK (business_id = current_business())', t);
  END LOOP;
END
$$;

ALTER TABLE business ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON business USING (id = current_business()) WITH CHECK (id = current_business());

GRANT USAGE ON SCHEMA public TO kolo_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON
  api_key, business, business_day, credential, installation, item, location, lot, mail, member, member_code,
  member_profile, member_stats, member_tag, operation, operation_line, outbox, person, person_identifier, session,
  sign_in_attempt, sign_in_code, staff, tag, voucher TO kolo_app;
-- History is appended to, never rewritten.
GRANT SELECT, INSERT ON audit, idempotency, programme_version, transfer TO kolo_app;
GRANT USAGE ON SEQUENCE outbox_id_seq TO kolo_app;

CREATE FUNCTION refuse_rewriting() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% rows are never changed or deleted: correct with a new one', TG_TABLE_NAME;
END
$$;
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON transfer FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();

-- What must be known before a business is chosen, or across businesses, and nothing more: each function answers one
-- question with the owner's eyes.

CREATE FUNCTION business_find(p_id bigint, p_slug text, p_join_code text) RETURNS SETOF business
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$ SELECT * FROM business WHERE id = p_id OR slug = p_slug OR join_code = p_join_code LIMIT 1 $$;

CREATE FUNCTION business_ids() RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$ SELECT id FROM business ORDER BY id $$;

CREATE FUNCTION memberships_of_person(p_person bigint) RETURNS TABLE (business_id bigint, member_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$ SELECT business_id, id FROM member WHERE person_id = p_person ORDER BY business_id LIMIT 200 $$;

CREATE FUNCTION staff_of_credential(p_credential bigint)
RETURNS TABLE (business_id bigint, staff_id bigint, business_name text, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  SELECT s.business_id, s.id, b.name, s.role FROM staff s JOIN business b ON b.id = s.business_id
  WHERE s.credential_id = p_credential AND s.disabled_at IS NULL ORDER BY b.name LIMIT 200
$$;

-- Claims up to p_limit due events of one shard of members. The shard's advisory lock is held to the end of the
-- transaction, so one member's events are handled in order whatever the number of workers. An event waiting for a
-- retry holds back the later ones of its member.
CREATE FUNCTION outbox_claim(p_now timestamptz, p_limit int) RETURNS SETOF outbox
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE v_shard int;
BEGIN
  FOR v_shard IN
    SELECT DISTINCT mod(coalesce(member_id, business_id), 16)::int FROM outbox WHERE due_at <= p_now AND dead_at IS NULL
  LOOP
    CONTINUE WHEN NOT pg_try_advisory_xact_lock(1263553615, v_shard);
    RETURN QUERY
      SELECT o.* FROM outbox o
      WHERE mod(coalesce(o.member_id, o.business_id), 16) = v_shard AND o.due_at <= p_now AND o.dead_at IS NULL
        AND NOT EXISTS (
          SELECT FROM outbox e WHERE e.business_id = o.business_id AND e.member_id = o.member_id
            AND e.id < o.id AND e.due_at > p_now AND e.dead_at IS NULL)
      ORDER BY o.id LIMIT p_limit;
    IF FOUND THEN RETURN; END IF;
  END LOOP;
END
$$;

CREATE FUNCTION outbox_done(p_businesses bigint[], p_ids bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
AS $$ DELETE FROM outbox WHERE (business_id, id) IN (SELECT * FROM unnest(p_businesses, p_ids)) $$;

CREATE FUNCTION outbox_failed(p_business bigint, p_id bigint, p_due timestamptz, p_dead timestamptz, p_error text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  UPDATE outbox SET attempts = attempts + 1, due_at = p_due, dead_at = p_dead, error = left(p_error, 2000)
  WHERE business_id = p_business AND id = p_id
$$;

CREATE FUNCTION members_with_due_lots(p_now timestamptz, p_limit int) RETURNS TABLE (business_id bigint, member_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  SELECT DISTINCT l.business_id, l.member_id FROM lot l WHERE l.remaining > 0 AND l.expires_at <= p_now LIMIT p_limit
$$;

REVOKE EXECUTE ON FUNCTION
  business_find, business_ids, memberships_of_person, staff_of_credential, outbox_claim, outbox_done, outbox_failed,
  members_with_due_lots FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
  business_find, business_ids, memberships_of_person, staff_of_credential, outbox_claim, outbox_done, outbox_failed,
  members_with_due_lots TO kolo_app;
