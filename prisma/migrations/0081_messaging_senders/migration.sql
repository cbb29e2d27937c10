-- Senders: what a message tried already, whose message a provider's news is about, and marking one as under way.

ALTER TABLE "message" ADD COLUMN "tried" text[] DEFAULT '{}';
DROP INDEX "message_provider";
CREATE INDEX "message_provider" ON "message"("provider_id") WHERE provider_id IS NOT NULL;

-- A provider's news names its own id and nothing else.
CREATE FUNCTION message_of_provider(p_id text) RETURNS TABLE (business_id bigint, message_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$ SELECT m.business_id, m.id FROM message m WHERE m.provider_id = p_id LIMIT 1 $$;

-- The step right before a call that cannot be taken back: true for the one sender that may make it.
CREATE FUNCTION message_begin(p_business bigint, p_id bigint, p_attempt text, p_lease timestamptz) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('kolo.business', p_business::text, true);
  UPDATE message SET state = 'sending', due_at = p_lease
  WHERE business_id = p_business AND id = p_id AND state = 'queued' AND attempt_id = p_attempt;
  RETURN FOUND;
END
$$;

REVOKE EXECUTE ON FUNCTION message_of_provider, message_begin FROM PUBLIC;
GRANT EXECUTE ON FUNCTION message_of_provider, message_begin TO kolo_app;
