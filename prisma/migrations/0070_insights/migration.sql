-- What is seen in members' visits: facts, scores, rhythm and predictions. Every night rewrites most rows, so pages keep room.
CREATE TABLE "member_insight" (
    "business_id" BIGINT NOT NULL,
    "member_id" BIGINT NOT NULL,
    "visit_days" INTEGER NOT NULL DEFAULT 0,
    "first_on" DATE,
    "last_on" DATE,
    "spent_minor" BIGINT NOT NULL DEFAULT 0,
    "repeat_spent_minor" BIGINT NOT NULL DEFAULT 0,
    "gaps" SMALLINT NOT NULL DEFAULT 0,
    "own_gap_days" REAL,
    "recency_score" SMALLINT CHECK ("recency_score" BETWEEN 1 AND 5),
    "frequency_score" SMALLINT CHECK ("frequency_score" BETWEEN 1 AND 5),
    "monetary_score" SMALLINT CHECK ("monetary_score" BETWEEN 1 AND 5),
    "rfm_cell" TEXT,
    "night_cell" TEXT,
    "gap_days" REAL,
    "due_on" DATE,
    "p_alive" REAL,
    "expected_30" REAL,
    "expected_90" REAL,
    "expected_365" REAL,
    "value_30_minor" BIGINT,
    "value_90_minor" BIGINT,
    "value_365_minor" BIGINT,
    "state_version" INTEGER NOT NULL DEFAULT 0,
    "as_of" DATE,
    "computed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "member_insight_pkey" PRIMARY KEY ("business_id","member_id")
) WITH (fillfactor = 70);
CREATE INDEX "member_insight_business_id_due_on_idx" ON "member_insight"("business_id", "due_on");

CREATE TABLE "member_rhythm" (
    "business_id" BIGINT NOT NULL,
    "member_id" BIGINT NOT NULL,
    "subject" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "visits" INTEGER NOT NULL,
    "gap_days" REAL NOT NULL,
    "last_on" DATE NOT NULL,
    "due_on" DATE NOT NULL,

    CONSTRAINT "member_rhythm_pkey" PRIMARY KEY ("business_id","member_id","subject")
);

CREATE TABLE "insight_state" (
    "business_id" BIGINT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "limits" JSONB,
    "as_of" DATE,
    "state" JSONB,
    "computed_at" TIMESTAMPTZ(3),

    CONSTRAINT "insight_state_pkey" PRIMARY KEY ("business_id")
);

CREATE TABLE "insight_cell_day" (
    "business_id" BIGINT NOT NULL,
    "day" DATE NOT NULL,
    "cell" TEXT NOT NULL,
    "members" INTEGER NOT NULL,
    "spent_minor" BIGINT NOT NULL,
    "value_365_minor" BIGINT NOT NULL,

    CONSTRAINT "insight_cell_day_pkey" PRIMARY KEY ("business_id","day","cell")
);

CREATE TABLE "insight_move_day" (
    "business_id" BIGINT NOT NULL,
    "day" DATE NOT NULL,
    "from_cell" TEXT NOT NULL,
    "to_cell" TEXT NOT NULL,
    "members" INTEGER NOT NULL,

    CONSTRAINT "insight_move_day_pkey" PRIMARY KEY ("business_id","day","from_cell","to_cell")
);

CREATE TABLE "insight_cohort" (
    "business_id" BIGINT NOT NULL,
    "cohort" DATE NOT NULL,
    "month" DATE NOT NULL,
    "members" INTEGER NOT NULL,
    "spent_minor" BIGINT NOT NULL,

    CONSTRAINT "insight_cohort_pkey" PRIMARY KEY ("business_id","cohort","month")
);

CREATE TABLE "insight_chart" (
    "business_id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "computed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "insight_chart_pkey" PRIMARY KEY ("business_id","name")
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['member_insight', 'member_rhythm', 'insight_state', 'insight_cell_day', 'insight_move_day',
    'insight_cohort', 'insight_chart']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (business_id = current_business()) WITH CHECK (business_id = current_business())', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO kolo_app', t);
  END LOOP;
END
$$;

-- The facts of some members, counted from their purchases. A purchase given back whole never was; one given back in part
-- counts with what is left of the money. The usual gap is the median of the last twelve.
CREATE FUNCTION insight_facts(p_business bigint, p_zone text, p_members bigint[]) RETURNS TABLE (
  member_id bigint, visit_days int, first_on date, last_on date, spent_minor bigint, repeat_spent_minor bigint,
  gaps smallint, own_gap_days real
)
LANGUAGE sql STABLE AS $$
  WITH visit AS (
    SELECT o.member_id, (o.at AT TIME ZONE p_zone)::date AS visited_on,
      sum(CASE WHEN o.refunded_minor = 0 THEN o.cash_minor
        ELSE o.cash_minor - round(o.cash_minor::numeric * o.refunded_minor / o.total_minor)::bigint END)::bigint AS paid
    FROM unnest(p_members) AS m(id)
    JOIN operation o ON o.business_id = p_business AND o.member_id = m.id AND o.kind = 'purchase' AND o.state = 'normal'
    GROUP BY 1, 2
  ), life AS (
    SELECT v.*, visited_on - lag(visited_on) OVER (PARTITION BY v.member_id ORDER BY visited_on) AS gap,
      row_number() OVER (PARTITION BY v.member_id ORDER BY visited_on DESC) AS back
    FROM visit v
  )
  SELECT m.id, count(l.visited_on)::int, min(l.visited_on), max(l.visited_on), coalesce(sum(l.paid), 0)::bigint,
    coalesce(sum(l.paid) FILTER (WHERE l.gap IS NOT NULL), 0)::bigint,
    (count(l.gap) FILTER (WHERE l.back <= 12))::smallint,
    (percentile_cont(0.5) WITHIN GROUP (ORDER BY l.gap) FILTER (WHERE l.gap IS NOT NULL AND l.back <= 12))::real
  FROM unnest(p_members) AS m(id) LEFT JOIN life l ON l.member_id = m.id
  GROUP BY m.id
$$;
