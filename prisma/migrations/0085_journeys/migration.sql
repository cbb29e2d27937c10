-- Journeys: what is drawn, its versions, who is where in it and why, and what each step did, once.

CREATE TABLE "journey" (
  "business_id" bigint NOT NULL, "id" bigint NOT NULL, "kind" text NOT NULL, "name" text NOT NULL,
  "state" text NOT NULL DEFAULT 'draft', "version" integer NOT NULL DEFAULT 0, "draft" jsonb NOT NULL, "revision" integer NOT NULL DEFAULT 1,
  "preset" text, "created_at" timestamptz(3) NOT NULL, "staff_id" bigint, "started_at" timestamptz(3), "ended_at" timestamptz(3),
  "reason" text, "next_at" timestamptz(3), "enrolled_to" bigint,
  CONSTRAINT "journey_pkey" PRIMARY KEY ("business_id", "id"),
  CONSTRAINT journey_kind CHECK (kind IN ('journey', 'campaign')),
  CONSTRAINT journey_state CHECK (state IN ('draft', 'live', 'paused', 'draining', 'done', 'stopped'))
);
CREATE INDEX "journey_state" ON "journey"("state", "next_at") WHERE state IN ('live', 'draining');

CREATE TABLE "journey_version" (
  "business_id" bigint NOT NULL, "journey_id" bigint NOT NULL, "version" integer NOT NULL, "definition" jsonb NOT NULL,
  "created_at" timestamptz(3) NOT NULL, "staff_id" bigint,
  CONSTRAINT "journey_version_pkey" PRIMARY KEY ("business_id", "journey_id", "version")
);

-- One walk of one member. `step` is null before the first push; `due_at` is when the next one comes by itself.
CREATE TABLE "journey_run" (
  "business_id" bigint NOT NULL, "id" bigint NOT NULL, "journey_id" bigint NOT NULL, "member_id" bigint NOT NULL, "no" integer NOT NULL,
  "version" integer NOT NULL, "state" text NOT NULL DEFAULT 'active', "step" text, "due_at" timestamptz(3), "waiting" text,
  "entered_at" timestamptz(3) NOT NULL, "moved_at" timestamptz(3) NOT NULL, "ended_at" timestamptz(3), "reason" text,
  "because" jsonb NOT NULL DEFAULT '[]', "trigger" jsonb NOT NULL DEFAULT '{}', "arms" jsonb NOT NULL DEFAULT '{}',
  "attempts" integer NOT NULL DEFAULT 0,
  CONSTRAINT "journey_run_pkey" PRIMARY KEY ("business_id", "id"),
  CONSTRAINT run_state CHECK (state IN ('active', 'done', 'goal', 'exited', 'held', 'control', 'failed'))
);
CREATE UNIQUE INDEX "journey_run_business_id_journey_id_member_id_no_key" ON "journey_run"("business_id", "journey_id", "member_id", "no");
CREATE INDEX "journey_run_due" ON "journey_run"("business_id", "journey_id", "due_at") WHERE state = 'active';
CREATE INDEX "journey_run_member" ON "journey_run"("business_id", "member_id") WHERE state = 'active';
CREATE INDEX "journey_run_at" ON "journey_run"("business_id", "journey_id", "step", "state");

-- What a step did for a run: the row that makes it happen once.
CREATE TABLE "journey_effect" (
  "business_id" bigint NOT NULL, "run_id" bigint NOT NULL, "step" text NOT NULL, "journey_id" bigint NOT NULL, "kind" text NOT NULL,
  "at" timestamptz(3) NOT NULL, "outcome" text NOT NULL, "points" bigint NOT NULL DEFAULT 0,
  CONSTRAINT "journey_effect_pkey" PRIMARY KEY ("business_id", "run_id", "step")
);
CREATE INDEX "journey_effect_business_id_journey_id_step_idx" ON "journey_effect"("business_id", "journey_id", "step");

CREATE TABLE "journey_passed" (
  "business_id" bigint NOT NULL, "journey_id" bigint NOT NULL, "step" text NOT NULL, "people" bigint NOT NULL,
  CONSTRAINT "journey_passed_pkey" PRIMARY KEY ("business_id", "journey_id", "step")
);

CREATE TABLE "journey_winner" (
  "business_id" bigint NOT NULL, "journey_id" bigint NOT NULL, "step" text NOT NULL, "arm" text NOT NULL, "decided_at" timestamptz(3) NOT NULL,
  "because" jsonb NOT NULL,
  CONSTRAINT "journey_winner_pkey" PRIMARY KEY ("business_id", "journey_id", "step")
);

-- Something the staff was asked to do for a member.
CREATE TABLE "journey_task" (
  "business_id" bigint NOT NULL, "id" bigint NOT NULL, "journey_id" bigint NOT NULL, "member_id" bigint NOT NULL, "title" text NOT NULL,
  "created_at" timestamptz(3) NOT NULL, "done_at" timestamptz(3), "staff_id" bigint,
  CONSTRAINT "journey_task_pkey" PRIMARY KEY ("business_id", "id")
);
CREATE INDEX "journey_task_open" ON "journey_task"("business_id", "id") WHERE done_at IS NULL;

-- An entry asked for from outside, by the caller's own key; the same key is the same entry.
CREATE TABLE "journey_call" (
  "business_id" bigint NOT NULL, "journey_id" bigint NOT NULL, "key" text NOT NULL, "member_id" bigint NOT NULL, "at" timestamptz(3) NOT NULL,
  "answer" text NOT NULL,
  CONSTRAINT "journey_call_pkey" PRIMARY KEY ("business_id", "journey_id", "key")
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['journey', 'journey_version', 'journey_run', 'journey_effect', 'journey_passed', 'journey_winner', 'journey_task', 'journey_call']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (business_id = current_business()) WITH CHECK (business_id = current_business())', t);
  END LOOP;
END
$$;
GRANT SELECT, INSERT, UPDATE, DELETE ON journey, journey_run, journey_passed, journey_task TO kolo_app;
-- What ran, what it did and what was decided is appended to, never rewritten.
GRANT SELECT, INSERT ON journey_version, journey_effect, journey_winner, journey_call TO kolo_app;

-- Journeys with somebody due, across businesses: the engine's one question with the owner's eyes.
CREATE FUNCTION journeys_due(p_now timestamptz, p_limit int) RETURNS TABLE (business_id bigint, journey_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  SELECT j.business_id, j.id FROM journey j
  WHERE j.state IN ('live', 'draining') AND EXISTS (
    SELECT FROM journey_run r
    WHERE r.business_id = j.business_id AND r.journey_id = j.id AND r.state = 'active' AND r.due_at <= p_now)
  LIMIT p_limit
$$;

-- Journeys whose schedule, dates or experiments want a look.
CREATE FUNCTION journeys_to_look_at(p_now timestamptz) RETURNS TABLE (business_id bigint, journey_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$ SELECT j.business_id, j.id FROM journey j WHERE j.state IN ('live', 'draining') AND j.next_at <= p_now ORDER BY j.next_at $$;

REVOKE EXECUTE ON FUNCTION journeys_due, journeys_to_look_at FROM PUBLIC;
GRANT EXECUTE ON FUNCTION journeys_due, journeys_to_look_at TO kolo_app;

-- Lets members in, each as the next of their runs here, or all as p_no: a campaign has one run of a member. Answers how many.
CREATE FUNCTION journey_let_in(
  p_business bigint, p_journey bigint, p_version int, p_members bigint[], p_triggers text[], p_now timestamptz, p_due timestamptz, p_no int
) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE v_count bigint;
BEGIN
  PERFORM set_config('kolo.business', p_business::text, true);
  INSERT INTO journey_run (business_id, id, journey_id, member_id, no, version, due_at, entered_at, moved_at, trigger)
  SELECT p_business, next_id(clock_timestamp()), p_journey, w.member_id,
    coalesce(p_no, 1 + coalesce((SELECT max(r.no) FROM journey_run r WHERE r.business_id = p_business AND r.journey_id = p_journey AND r.member_id = w.member_id), 0)),
    p_version, p_due, p_now, p_now, w.trigger::jsonb
  FROM unnest(p_members, p_triggers) AS w(member_id, trigger)
  ON CONFLICT (business_id, journey_id, member_id, no) DO NOTHING;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  RETURN v_count;
END
$$;
GRANT EXECUTE ON FUNCTION journey_let_in TO kolo_app;
