import "server-only";
import { callIn, type Tx } from "../../platform/db";
import type { Properties } from "../facts/model";
import type { LastRun, Passed, Position, RunState } from "../walk/model";

export type Run = {
  readonly id: bigint;
  readonly memberId: bigint;
  readonly no: number;
  readonly version: number;
  readonly position: Position;
  readonly enteredAt: Date;
  readonly trigger: Properties;
  readonly arms: Readonly<Record<string, string>>;
  readonly attempts: number;
};
type Row = {
  id: bigint;
  journey_id: bigint;
  member_id: bigint;
  no: number;
  version: number;
  step: string | null;
  due_at: Date | null;
  waiting: string | null;
  entered_at: Date;
  trigger: Properties;
  arms: Record<string, string>;
  attempts: number;
};
const COLUMNS =
  "id, journey_id, member_id, no, version, step, due_at, waiting, entered_at, trigger, arms, attempts";

const toRun = (row: Row): Run => ({
  id: row.id,
  memberId: row.member_id,
  no: row.no,
  version: row.version,
  position: { state: "active", step: row.step, dueAt: row.due_at, waiting: row.waiting, reason: null },
  enteredAt: row.entered_at,
  trigger: row.trigger,
  arms: row.arms,
  attempts: row.attempts,
});

/** Takes runs whose time has come; those another worker holds are left to it. */
export async function claimDue(
  tx: Tx,
  journey: { businessId: bigint; id: bigint },
  now: Date,
  limit: number,
): Promise<Run[]> {
  const rows = await callIn<Row>(
    tx,
    `SELECT ${COLUMNS} FROM journey_run
     WHERE business_id = $1::bigint AND journey_id = $2::bigint AND state = 'active' AND due_at <= $3::timestamptz
     ORDER BY due_at LIMIT $4::int FOR UPDATE SKIP LOCKED`,
    [journey.businessId, journey.id, now, limit],
  );
  return rows.map(toRun).toSorted((a, b) => (a.memberId < b.memberId ? -1 : 1));
}

/** Locks the members' runs under way in these journeys. */
export async function activeOf(
  tx: Tx,
  businessId: bigint,
  journeyIds: readonly bigint[],
  memberIds: readonly bigint[],
): Promise<(Run & { journeyId: bigint })[]> {
  const rows = await callIn<Row>(
    tx,
    `SELECT ${COLUMNS} FROM journey_run
     WHERE business_id = $1::bigint AND member_id = ANY($2::bigint[]) AND journey_id = ANY($3::bigint[]) AND state = 'active'
     ORDER BY member_id, id FOR UPDATE`,
    [businessId, memberIds, journeyIds],
  );
  return rows.map((row) => ({ ...toRun(row), journeyId: row.journey_id }));
}

/** Each member's last run here, and how many they began within a day. */
export async function lastRuns(
  tx: Tx,
  journey: { businessId: bigint; id: bigint },
  memberIds: readonly bigint[],
  now: Date,
): Promise<Map<bigint, LastRun & { today: number }>> {
  const rows = await callIn<{ member_id: bigint; state: RunState; at: Date; today: bigint }>(
    tx,
    `SELECT w.id AS member_id, l.state, l.entered_at AS at,
       (SELECT count(*) FROM journey_run t WHERE t.business_id = $1::bigint AND t.journey_id = $2::bigint AND t.member_id = w.id
        AND t.entered_at > $4::timestamptz - interval '1 day') AS today
     FROM unnest($3::bigint[]) AS w(id) CROSS JOIN LATERAL (
       SELECT r.state, r.entered_at FROM journey_run r
       WHERE r.business_id = $1::bigint AND r.journey_id = $2::bigint AND r.member_id = w.id ORDER BY r.no DESC LIMIT 1) AS l`,
    [journey.businessId, journey.id, memberIds, now],
  );
  return new Map(
    rows.map((row) => [row.member_id, { state: row.state, at: row.at, today: Number(row.today) }]),
  );
}

/** Ends the runs under way of members who begin anew. */
export async function restart(
  tx: Tx,
  journey: { businessId: bigint; id: bigint },
  memberIds: readonly bigint[],
  now: Date,
): Promise<void> {
  await callIn(
    tx,
    `UPDATE journey_run SET state = 'exited', reason = 'restarted', ended_at = $4::timestamptz, moved_at = $4::timestamptz, step = NULL, due_at = NULL, waiting = NULL
     WHERE business_id = $1::bigint AND journey_id = $2::bigint AND member_id = ANY($3::bigint[]) AND state = 'active' RETURNING 1 AS ok`,
    [journey.businessId, journey.id, memberIds, now],
  );
}

export async function letIn(
  tx: Tx,
  journey: { businessId: bigint; id: bigint; version: number },
  members: readonly { memberId: bigint; trigger: Properties }[],
  now: Date,
  no: number | null = null,
): Promise<number> {
  const [row] = await callIn<{ count: bigint }>(
    tx,
    "SELECT journey_let_in($1::bigint, $2::bigint, $3::int, $4::bigint[], $5::text[], $6::timestamptz, $6::timestamptz, $7::int) AS count",
    [
      journey.businessId,
      journey.id,
      journey.version,
      members.map((one) => one.memberId),
      members.map((one) => JSON.stringify(one.trigger)),
      now,
      no,
    ],
  );
  return Number(row?.count ?? 0n);
}

export type Moved = {
  readonly run: Run;
  readonly position: Position;
  readonly passed: readonly (Passed & { at: Date })[];
  readonly arms: Readonly<Record<string, string>>;
};

/** Writes where everybody is now, and counts the steps passed. */
export async function write(
  tx: Tx,
  journey: { businessId: bigint; id: bigint },
  moved: readonly Moved[],
  now: Date,
): Promise<void> {
  if (moved.length === 0) return;
  await callIn(
    tx,
    `UPDATE journey_run r SET state = w.state, step = w.step, due_at = w.due_at, waiting = w.waiting, reason = w.reason, attempts = 0,
       because = r.because || w.because::jsonb, arms = r.arms || w.arms::jsonb, moved_at = $2::timestamptz,
       ended_at = CASE WHEN w.state = 'active' THEN NULL ELSE $2::timestamptz END
     FROM unnest($3::bigint[], $4::text[], $5::text[], $6::timestamptz[], $7::text[], $8::text[], $9::text[], $10::text[])
       AS w(id, state, step, due_at, waiting, reason, because, arms)
     WHERE r.business_id = $1::bigint AND r.id = w.id RETURNING 1 AS ok`,
    [
      journey.businessId,
      now,
      moved.map(({ run }) => run.id),
      moved.map(({ position }) => position.state),
      moved.map(({ position }) => position.step),
      moved.map(({ position }) => position.dueAt),
      moved.map(({ position }) => position.waiting),
      moved.map(({ position }) => position.reason),
      moved.map(({ passed }) => JSON.stringify(passed)),
      moved.map(({ arms }) => JSON.stringify(arms)),
    ],
  );
  const counts = new Map<string, number>();
  for (const { passed } of moved)
    for (const { step } of passed) counts.set(step, (counts.get(step) ?? 0) + 1);
  const steps = [...counts.keys()].toSorted();
  if (steps.length === 0) return;
  await callIn(
    tx,
    `INSERT INTO journey_passed AS p (business_id, journey_id, step, people)
     SELECT $1::bigint, $2::bigint, w.step, w.people FROM unnest($3::text[], $4::bigint[]) AS w(step, people)
     ON CONFLICT (business_id, journey_id, step) DO UPDATE SET people = p.people + excluded.people RETURNING 1 AS ok`,
    [journey.businessId, journey.id, steps, steps.map((step) => BigInt(counts.get(step) ?? 0))],
  );
}

/** Forgets runs of members the journey turned out not to be for. */
export async function forget(tx: Tx, businessId: bigint, ids: readonly bigint[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.journeyRun.deleteMany({ where: { businessId, id: { in: [...ids] } } });
}

/** Sets a run that could not be moved aside for a while, or for good. */
export async function setBack(
  tx: Tx,
  businessId: bigint,
  id: bigint,
  dueAt: Date | null,
  reason: string,
): Promise<void> {
  const failed =
    dueAt === null ? { state: "failed", step: null, waiting: null, reason: reason.slice(0, 300) } : {};
  await tx.journeyRun.update({
    where: { businessId_id: { businessId, id } },
    data: { ...failed, dueAt, attempts: { increment: 1 } },
  });
}
