import "server-only";
import { callIn, type Prisma, type Tx } from "../platform/db";
import type { Journey } from "./engine/move";
import { type Definition, definition as definitionSchema } from "./schema";
import { compile, type Program } from "./walk/model";

export const STATES = ["draft", "live", "paused", "draining", "done", "stopped"] as const;
export type JourneyState = (typeof STATES)[number];

type Place = { readonly businessId: bigint; readonly id: bigint };

const KEPT_MAX = 500;
/** Versions never change, so a compiled one is good for ever. */
const kept = new Map<string, Program>();

export async function program(tx: Tx, { businessId, id }: Place, version: number): Promise<Program> {
  const key = `${businessId}:${id}:${version}`;
  const known = kept.get(key);
  if (known) return known;
  const where = { businessId_journeyId_version: { businessId, journeyId: id, version } };
  const row = await tx.journeyVersion.findUniqueOrThrow({ where });
  const made = compile(definitionSchema.parse(row.definition));
  if (kept.size >= KEPT_MAX) kept.delete(kept.keys().next().value ?? key);
  kept.set(key, made);
  return made;
}

/** A definition as plain data on its way into a jsonb column. */
export const toJson = (definition: Definition): Prisma.InputJsonObject =>
  JSON.parse(JSON.stringify(definition)) as Prisma.InputJsonObject;

export async function winners(tx: Tx, { businessId, id }: Place): Promise<Record<string, string>> {
  const rows = await tx.journeyWinner.findMany({
    where: { businessId, journeyId: id },
    select: { step: true, arm: true },
  });
  return Object.fromEntries(rows.map((row) => [row.step, row.arm]));
}

export async function countTags(tx: Tx, businessId: bigint, ids: readonly bigint[]): Promise<number> {
  return ids.length === 0 ? 0 : await tx.tag.count({ where: { businessId, id: { in: [...ids] } } });
}

export async function templateVersion(tx: Tx, businessId: bigint, id: bigint): Promise<number | undefined> {
  const row = await tx.template.findFirst({
    where: { businessId, id, archivedAt: null },
    select: { version: true },
  });
  return row?.version;
}

export async function changeTags(
  tx: Tx,
  businessId: bigint,
  rows: readonly { memberId: bigint; tagId: bigint; add: boolean }[],
): Promise<void> {
  const added = rows.filter((row) => row.add).map(({ memberId, tagId }) => ({ businessId, memberId, tagId }));
  if (added.length > 0) await tx.memberTag.createMany({ data: added, skipDuplicates: true });
  for (const [tagId, all] of Map.groupBy(
    rows.filter((row) => !row.add),
    (row) => row.tagId,
  )) {
    await tx.memberTag.deleteMany({
      where: { businessId, tagId, memberId: { in: all.map((row) => row.memberId) } },
    });
  }
}

export type LiveJourney = Journey & { readonly state: JourneyState; readonly version: number };

/** Journeys that move people: live ones, and draining ones that let nobody new in. */
export async function running(tx: Tx, businessId: bigint): Promise<LiveJourney[]> {
  const rows = await tx.journey.findMany({
    where: { businessId, state: { in: ["live", "draining"] } },
    select: { id: true, kind: true, name: true, state: true, version: true },
  });
  return rows.map((row) => ({
    ...row,
    businessId,
    kind: row.kind as Journey["kind"],
    state: row.state as JourneyState,
  }));
}

export async function one(tx: Tx, { businessId, id }: Place): Promise<LiveJourney | undefined> {
  const row = await tx.journey.findUnique({
    where: { businessId_id: { businessId, id } },
    select: { id: true, kind: true, name: true, state: true, version: true },
  });
  return row
    ? { ...row, businessId, kind: row.kind as Journey["kind"], state: row.state as JourneyState }
    : undefined;
}

/** Stops a journey where it stands, with the reason shown to the owner. */
export async function pauseFor(tx: Tx, { businessId, id }: Place, reason: string): Promise<void> {
  await tx.journey.updateMany({
    where: { businessId, id, state: { in: ["live", "draining"] } },
    data: { state: "paused", reason },
  });
}

/** Journeys with somebody due, across businesses. */

export async function due(tx: Tx, now: Date, limit: number): Promise<Place[]> {
  const rows = await callIn<{ business_id: bigint; journey_id: bigint }>(
    tx,
    "SELECT business_id, journey_id FROM journeys_due($1::timestamptz, $2::int)",
    [now, limit],
  );
  return rows.map((row) => ({ businessId: row.business_id, id: row.journey_id }));
}

export async function toLookAt(tx: Tx, now: Date): Promise<Place[]> {
  const rows = await callIn<{ business_id: bigint; journey_id: bigint }>(
    tx,
    "SELECT business_id, journey_id FROM journeys_to_look_at($1::timestamptz)",
    [now],
  );
  return rows.map((row) => ({ businessId: row.business_id, id: row.journey_id }));
}

export type Looked = LiveJourney & {
  readonly nextAt: Date | null;
  readonly enrolledTo: bigint | null;
  readonly startedAt: Date | null;
};

/** Locks a journey for a look, unless another worker has it. */
export async function lockForLook(tx: Tx, place: Place): Promise<Looked | undefined> {
  const [row] = await callIn<{
    kind: Journey["kind"];
    name: string;
    state: JourneyState;
    version: number;
    next_at: Date | null;
    enrolled_to: bigint | null;
    started_at: Date | null;
  }>(
    tx,
    `SELECT kind, name, state, version, next_at, enrolled_to, started_at FROM journey
     WHERE business_id = $1::bigint AND id = $2::bigint AND state IN ('live', 'draining') FOR UPDATE SKIP LOCKED`,
    [place.businessId, place.id],
  );
  if (!row) return undefined;
  return { ...place, ...row, nextAt: row.next_at, enrolledTo: row.enrolled_to, startedAt: row.started_at };
}

/** How far an audience was let in, and when to look again. */
export async function keepPlace(
  tx: Tx,
  { businessId, id }: Place,
  enrolledTo: bigint | null,
  nextAt: Date | null,
): Promise<void> {
  await tx.journey.update({ where: { businessId_id: { businessId, id } }, data: { enrolledTo, nextAt } });
}

export async function postpone(tx: Tx, { businessId, id }: Place, nextAt: Date): Promise<void> {
  await tx.journey.updateMany({ where: { businessId, id, nextAt: { not: null } }, data: { nextAt } });
}

export async function end(tx: Tx, { businessId, id }: Place, now: Date): Promise<void> {
  await tx.journey.update({
    where: { businessId_id: { businessId, id } },
    data: { state: "done", endedAt: now, nextAt: null },
  });
}

export async function hasActive(tx: Tx, { businessId, id }: Place): Promise<boolean> {
  const row = await tx.journeyRun.findFirst({
    where: { businessId, journeyId: id, state: "active" },
    select: { id: true },
  });
  return row !== null;
}

/** How many were drawn into each branch of an experiment, and how many did what counts. */
export async function armsOf(
  tx: Tx,
  { businessId, id }: Place,
  step: string,
  metric: "opened" | "clicked" | "visited",
): Promise<{ id: string; n: number; x: number }[]> {
  const did = {
    opened: "m.opened_at IS NOT NULL OR m.clicked_at IS NOT NULL",
    clicked: "m.clicked_at IS NOT NULL",
  };
  const success =
    metric === "visited"
      ? `EXISTS (SELECT FROM operation o WHERE o.business_id = r.business_id AND o.member_id = r.member_id AND o.kind = 'purchase'
           AND o.state = 'normal' AND o.at > r.entered_at)`
      : `EXISTS (SELECT FROM message m WHERE m.business_id = r.business_id AND m.member_id = r.member_id AND m.source_id = $4
           AND m.source_variant = r.arms->>$3::text AND m.created_at >= r.entered_at AND (${did[metric]}))`;
  const rows = await callIn<{ arm: string; n: bigint; x: bigint }>(
    tx,
    `SELECT r.arms->>$3::text AS arm, count(*) AS n, count(*) FILTER (WHERE ${success}) AS x FROM journey_run r
     WHERE r.business_id = $1::bigint AND r.journey_id = $2::bigint AND r.arms ? $3::text AND $4 <> '' GROUP BY 1`,
    [businessId, id, step, id.toString()],
  );
  return rows.map((row) => ({ id: row.arm, n: Number(row.n), x: Number(row.x) }));
}

export async function keepWinner(
  tx: Tx,
  { businessId, id }: Place,
  winner: { step: string; arm: string; at: Date; because: readonly { id: string; n: number; x: number }[] },
): Promise<void> {
  await tx.journeyWinner.create({
    data: {
      businessId,
      journeyId: id,
      step: winner.step,
      arm: winner.arm,
      decidedAt: winner.at,
      because: winner.because.map((arm) => ({ ...arm })),
    },
  });
}

/** Those who wait at a step are due now. */
export async function wake(tx: Tx, { businessId, id }: Place, step: string, now: Date): Promise<void> {
  await tx.journeyRun.updateMany({
    where: { businessId, journeyId: id, step, state: "active" },
    data: { dueAt: now },
  });
}

export async function firstDueAt(tx: Tx, { businessId, id }: Place, step: string): Promise<Date | undefined> {
  const { _min: min } = await tx.journeyRun.aggregate({
    where: { businessId, journeyId: id, step, state: "active" },
    _min: { dueAt: true },
  });
  return min.dueAt ?? undefined;
}

/** What a call with this key was answered before. */
export async function answerTo(
  tx: Tx,
  { businessId, id }: Place,
  key: string,
): Promise<{ answer: string; fingerprint: string } | null> {
  const where = { businessId_journeyId_key: { businessId, journeyId: id, key } };
  return await tx.journeyCall.findUnique({ where, select: { answer: true, fingerprint: true } });
}

export async function keepAnswer(
  tx: Tx,
  { businessId, id }: Place,
  call: { key: string; memberId: bigint; answer: string; fingerprint: string; at: Date },
): Promise<void> {
  await tx.journeyCall.create({ data: { ...call, businessId, journeyId: id } });
}
