-- Messaging: messages with their state, what members agreed to, where they can be reached, templates, and the senders' lanes.

CREATE TABLE "message" (
  "business_id" bigint NOT NULL, "id" bigint NOT NULL, "member_id" bigint NOT NULL, "key" text NOT NULL,
  "purpose" text NOT NULL, "kind" text NOT NULL, "state" text NOT NULL DEFAULT 'queued', "channels" text[],
  "lane" text NOT NULL, "channel" text, "priority" smallint NOT NULL, "refusal" text,
  "content_id" bigint, "template_id" bigint, "template_version" integer, "variables" jsonb NOT NULL DEFAULT '{}',
  "source_kind" text NOT NULL, "source_id" text NOT NULL, "source_step" text, "source_variant" text,
  "created_at" timestamptz(3) NOT NULL, "due_at" timestamptz(3) NOT NULL, "expires_at" timestamptz(3),
  "attempts" integer NOT NULL DEFAULT 0, "attempt_id" text, "released_at" timestamptz(3), "rendered" jsonb,
  "provider_id" text, "sent_at" timestamptz(3), "delivered_at" timestamptz(3), "opened_at" timestamptz(3),
  "clicked_at" timestamptz(3), "read_at" timestamptz(3), "ended_at" timestamptz(3),
  CONSTRAINT "message_pkey" PRIMARY KEY ("business_id", "id"),
  CONSTRAINT message_purpose CHECK (purpose IN ('marketing', 'service')),
  CONSTRAINT message_state CHECK (state IN ('queued', 'sending', 'sent', 'delivered', 'opened', 'clicked', 'failed', 'refused')),
  CONSTRAINT message_has_content CHECK (content_id IS NOT NULL OR (template_id IS NOT NULL AND template_version IS NOT NULL))
);
CREATE UNIQUE INDEX "message_business_id_key_key" ON "message"("business_id", "key");
CREATE INDEX "message_business_id_member_id_released_at_idx" ON "message"("business_id", "member_id", "released_at");
CREATE INDEX "message_business_id_source_kind_source_id_id_idx" ON "message"("business_id", "source_kind", "source_id", "id");
CREATE INDEX "message_due" ON "message"("lane", "business_id", "priority", "due_at") WHERE state = 'queued';
CREATE INDEX "message_under_way" ON "message"("business_id", "due_at") WHERE state = 'sending';
CREATE INDEX "message_provider" ON "message"("business_id", "provider_id") WHERE provider_id IS NOT NULL;

CREATE TABLE "message_content" (
  "business_id" bigint NOT NULL, "id" bigint NOT NULL, "content" jsonb NOT NULL,
  CONSTRAINT "message_content_pkey" PRIMARY KEY ("business_id", "id")
);
CREATE TABLE "message_event" (
  "business_id" bigint NOT NULL, "message_id" bigint NOT NULL, "id" bigint NOT NULL, "kind" text NOT NULL,
  "channel" text, "reason" text, "detail" jsonb NOT NULL DEFAULT '{}', "at" timestamptz(3) NOT NULL,
  CONSTRAINT "message_event_pkey" PRIMARY KEY ("business_id", "message_id", "id")
);
CREATE TABLE "member_consent" (
  "business_id" bigint NOT NULL, "member_id" bigint NOT NULL, "purpose" text NOT NULL, "channel" text NOT NULL,
  "id" bigint NOT NULL, "granted" boolean NOT NULL, "at" timestamptz(3) NOT NULL, "source" text NOT NULL,
  CONSTRAINT "member_consent_pkey" PRIMARY KEY ("business_id", "member_id", "purpose", "channel", "id")
);
CREATE TABLE "member_quiet" (
  "business_id" bigint NOT NULL, "member_id" bigint NOT NULL, "zone" text, "quiet_from" integer, "quiet_until" integer,
  CONSTRAINT "member_quiet_pkey" PRIMARY KEY ("business_id", "member_id")
);
CREATE TABLE "push_subscription" (
  "business_id" bigint NOT NULL, "member_id" bigint NOT NULL, "id" bigint NOT NULL, "endpoint" text NOT NULL,
  "p256dh" text NOT NULL, "auth" text NOT NULL, "user_agent" text, "created_at" timestamptz(3) NOT NULL,
  CONSTRAINT "push_subscription_pkey" PRIMARY KEY ("business_id", "id")
);
CREATE UNIQUE INDEX "push_subscription_business_id_endpoint_key" ON "push_subscription"("business_id", "endpoint");
CREATE INDEX "push_subscription_business_id_member_id_idx" ON "push_subscription"("business_id", "member_id");
CREATE TABLE "telegram_chat" (
  "business_id" bigint NOT NULL, "member_id" bigint NOT NULL, "chat_id" text NOT NULL, "linked_at" timestamptz(3) NOT NULL,
  CONSTRAINT "telegram_chat_pkey" PRIMARY KEY ("business_id", "member_id")
);
CREATE UNIQUE INDEX "telegram_chat_business_id_chat_id_key" ON "telegram_chat"("business_id", "chat_id");
CREATE TABLE "suppression" (
  "business_id" bigint NOT NULL, "channel" text NOT NULL, "address_hash" text NOT NULL, "reason" text NOT NULL,
  "at" timestamptz(3) NOT NULL, "member_id" bigint,
  CONSTRAINT "suppression_pkey" PRIMARY KEY ("business_id", "channel", "address_hash")
);
CREATE TABLE "template" (
  "business_id" bigint NOT NULL, "id" bigint NOT NULL, "name" text NOT NULL, "purpose" text NOT NULL, "kind" text NOT NULL,
  "version" integer NOT NULL, "created_at" timestamptz(3) NOT NULL, "archived_at" timestamptz(3),
  CONSTRAINT "template_pkey" PRIMARY KEY ("business_id", "id")
);
CREATE UNIQUE INDEX "template_business_id_name_key" ON "template"("business_id", "name");
CREATE TABLE "template_version" (
  "business_id" bigint NOT NULL, "template_id" bigint NOT NULL, "version" integer NOT NULL, "content" jsonb NOT NULL,
  "created_at" timestamptz(3) NOT NULL, "staff_id" bigint,
  CONSTRAINT "template_version_pkey" PRIMARY KEY ("business_id", "template_id", "version")
);
CREATE TABLE "messaging_setting" (
  "business_id" bigint NOT NULL, "settings" jsonb NOT NULL, "sealed" text, "updated_at" timestamptz(3) NOT NULL,
  CONSTRAINT "messaging_setting_pkey" PRIMARY KEY ("business_id")
);
CREATE TABLE "message_lane" (
  "business_id" bigint NOT NULL, "channel" text NOT NULL, "free_at" timestamptz(3), "failures" integer NOT NULL DEFAULT 0,
  "open_until" timestamptz(3), "last_error" text,
  CONSTRAINT "message_lane_pkey" PRIMARY KEY ("business_id", "channel")
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['message', 'message_content', 'message_event', 'member_consent', 'member_quiet', 'push_subscription',
    'telegram_chat', 'suppression', 'template', 'template_version', 'messaging_setting', 'message_lane']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (business_id = current_business()) WITH CHECK (business_id = current_business())', t);
  END LOOP;
END
$$;
GRANT SELECT, INSERT, UPDATE, DELETE ON
  message, member_quiet, push_subscription, telegram_chat, suppression, template, messaging_setting, message_lane TO kolo_app;
-- What was said, agreed to and drafted is appended to, never rewritten; consent goes with the member it belongs to.
GRANT SELECT, INSERT ON message_content, message_event, template_version TO kolo_app;
GRANT SELECT, INSERT, DELETE ON member_consent TO kolo_app;

-- The businesses a channel's sender has work for at a moment: due messages, or ones left under way by a sender that died.
CREATE FUNCTION message_businesses(p_lane text, p_now timestamptz) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  SELECT b.id FROM business b
  WHERE EXISTS (SELECT FROM message m WHERE m.state = 'queued' AND m.lane = p_lane AND m.business_id = b.id
                AND m.priority = 0 AND m.due_at <= p_now)
     OR EXISTS (SELECT FROM message m WHERE m.state = 'queued' AND m.lane = p_lane AND m.business_id = b.id
                AND m.priority = 1 AND m.due_at <= p_now)
     OR EXISTS (SELECT FROM message m WHERE m.state = 'sending' AND m.lane = p_lane AND m.business_id = b.id
                AND m.due_at <= p_now)
$$;
REVOKE EXECUTE ON FUNCTION message_businesses FROM PUBLIC;
GRANT EXECUTE ON FUNCTION message_businesses TO kolo_app;

-- Queues one content for many members; who has the key already is left as they are. Answers how many were new.
CREATE FUNCTION queue_messages(
  p_business bigint, p_members bigint[], p_key text, p_purpose text, p_kind text, p_channels text[], p_content bigint,
  p_template bigint, p_version int, p_variables jsonb, p_source_kind text, p_source_id text, p_step text, p_variant text,
  p_now timestamptz, p_due timestamptz, p_expires timestamptz
) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE v_count bigint;
BEGIN
  PERFORM set_config('kolo.business', p_business::text, true);
  INSERT INTO message (business_id, id, member_id, key, purpose, kind, channels, lane, priority, content_id, template_id,
    template_version, variables, source_kind, source_id, source_step, source_variant, created_at, due_at, expires_at)
  -- Ids by the database's own clock: a million in one stroke would not fit into the low bits of one millisecond.
  SELECT p_business, next_id(clock_timestamp()), m.id, p_key || ':' || m.id, p_purpose, p_kind, p_channels, p_channels[1],
    CASE p_purpose WHEN 'service' THEN 0 ELSE 1 END, p_content, p_template, p_version, p_variables, p_source_kind, p_source_id,
    p_step, p_variant, p_now, p_due, p_expires
  FROM unnest(p_members) AS wanted(id) JOIN member m ON m.business_id = p_business AND m.id = wanted.id
  ON CONFLICT (business_id, key) DO NOTHING;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  RETURN v_count;
END
$$;
GRANT EXECUTE ON FUNCTION queue_messages TO kolo_app;
