-- Jobs are queued in the transaction that wants them; the queue's own tables stay closed to the app's role.
CREATE FUNCTION enqueue_job(p_task text, p_payload json, p_key text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  PERFORM graphile_worker.add_job(p_task, p_payload, job_key => p_key, max_attempts => 15);
END
$$;

-- The members who have a live claim to an inviter's tier: friends who bought and did not give everything back.
CREATE FUNCTION recount_invitations(p_business bigint, p_inviter bigint) RETURNS TABLE (effective int, cash_spent bigint, tier_id text)
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('kolo.business', p_business::text, true);
  PERFORM FROM member_stats s WHERE s.business_id = p_business AND s.member_id = p_inviter FOR UPDATE;
  RETURN QUERY
    UPDATE member_stats s SET version = version + 1, effective_invited_count = (
      SELECT count(*) FROM member m JOIN member_stats f ON f.business_id = m.business_id AND f.member_id = m.id
      WHERE m.business_id = p_business AND m.inviter_id = p_inviter AND f.visits > 0)
    WHERE s.business_id = p_business AND s.member_id = p_inviter
    RETURNING s.effective_invited_count, s.cash_spent_minor, s.tier_id;
END
$$;

REVOKE EXECUTE ON FUNCTION enqueue_job FROM PUBLIC;
GRANT EXECUTE ON FUNCTION enqueue_job TO kolo_app;
