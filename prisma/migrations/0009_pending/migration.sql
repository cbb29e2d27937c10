-- Points that began to be spendable since the last look are news: cards show them, and journeys may start on them. Answers how
-- many members were told. The look is remembered in the same transaction, so each beginning is told once.
CREATE FUNCTION announce_available(p_now timestamptz) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE v_since timestamptz; v_told int;
BEGIN
  INSERT INTO installation (key, value) VALUES ('pending_seen', to_jsonb(p_now)) ON CONFLICT (key) DO NOTHING;
  SELECT (value #>> '{}')::timestamptz INTO v_since FROM installation WHERE key = 'pending_seen' FOR UPDATE;
  IF p_now <= v_since THEN RETURN 0; END IF;
  INSERT INTO outbox (business_id, member_id, type, payload, at, due_at)
  SELECT business_id, member_id, 'points.available', jsonb_build_object('points', sum(remaining)), p_now, p_now FROM lot
  WHERE remaining > 0 AND available_at > v_since AND available_at <= p_now
    -- Made before it began: the id holds the moment it was made.
    AND (id >> 12) + 946684800000 < extract(epoch FROM available_at) * 1000 - 1000
  GROUP BY business_id, member_id;
  GET DIAGNOSTICS v_told = ROW_COUNT;
  UPDATE installation SET value = to_jsonb(p_now) WHERE key = 'pending_seen';
  RETURN v_told;
END
$$;
REVOKE EXECUTE ON FUNCTION announce_available FROM PUBLIC;
GRANT EXECUTE ON FUNCTION announce_available TO kolo_app;
