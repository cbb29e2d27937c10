import "server-only";
import type { Context } from "../../access/model";
import { callIn, type Tx } from "../../platform/db";
import { type Definition, definition as definitionSchema } from "../schema";
import { type JourneyState, toJson } from "../store";

/** A journey as the office shows it. */
export type Drawn = {
  readonly id: bigint;
  readonly kind: "journey" | "campaign";
  readonly name: string;
  readonly state: JourneyState;
  readonly version: number;
  readonly draft: unknown;
  readonly revision: number;
  readonly preset: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly reason: string | null;
  readonly nextAt: Date | null;
  readonly enrolledTo: bigint | null;
};

/** A kept draft; it was checked when it was written. */
export const definitionOf = (draft: unknown): Definition => definitionSchema.parse(draft);

export async function count(tx: Tx, businessId: bigint): Promise<number> {
  return await tx.journey.count({ where: { businessId } });
}

export async function insert(
  tx: Tx,
  ctx: Context,
  id: bigint,
  made: { kind: string; name: string; definition: Definition; preset: string | null },
): Promise<void> {
  await tx.journey.create({
    data: {
      businessId: ctx.business.id,
      id,
      kind: made.kind,
      name: made.name,
      draft: toJson(made.definition),
      preset: made.preset,
      createdAt: ctx.now,
      staffId: ctx.actor.kind === "staff" ? ctx.actor.id : null,
    },
  });
}

export async function find(
  tx: Tx,
  businessId: bigint,
  id: bigint,
  locks = false,
): Promise<Drawn | undefined> {
  if (locks) {
    await callIn(
      tx,
      "SELECT 1 AS ok FROM journey WHERE business_id = $1::bigint AND id = $2::bigint FOR UPDATE",
      [businessId, id],
    );
  }
  const row = await tx.journey.findUnique({ where: { businessId_id: { businessId, id } } });
  return row ? { ...row, kind: row.kind as Drawn["kind"], state: row.state as JourneyState } : undefined;
}

export type Listed = Omit<Drawn, "draft"> & { readonly inside: number; readonly entered: number };

/** The newest first, with how many are inside and how many ever entered. */
export async function list(
  tx: Tx,
  businessId: bigint,
  kind: Drawn["kind"],
  limit: number,
): Promise<Listed[]> {
  const rows = await tx.journey.findMany({
    where: { businessId, kind },
    orderBy: { id: "desc" },
    take: limit,
  });
  const counts = await callIn<{ journey_id: bigint; inside: bigint; entered: bigint }>(
    tx,
    `SELECT journey_id, count(*) FILTER (WHERE state = 'active') AS inside, count(*) AS entered FROM journey_run
     WHERE business_id = $1::bigint AND journey_id = ANY($2::bigint[]) GROUP BY journey_id`,
    [businessId, rows.map((row) => row.id)],
  );
  const byId = new Map(counts.map((row) => [row.journey_id, row]));
  return rows.map(({ draft: _draft, ...row }) => ({
    ...row,
    kind,
    state: row.state as JourneyState,
    inside: Number(byId.get(row.id)?.inside ?? 0n),
    entered: Number(byId.get(row.id)?.entered ?? 0n),
  }));
}

export async function saveDraft(
  tx: Tx,
  businessId: bigint,
  save: { id: bigint; name: string; definition: Definition },
  revision: number,
): Promise<void> {
  await tx.journey.update({
    where: { businessId_id: { businessId, id: save.id } },
    data: { name: save.name, draft: toJson(save.definition), revision },
  });
}

export async function insertVersion(
  tx: Tx,
  ctx: Context,
  journeyId: bigint,
  version: number,
  definition: Definition,
): Promise<void> {
  await tx.journeyVersion.create({
    data: {
      businessId: ctx.business.id,
      journeyId,
      version,
      definition: toJson(definition),
      createdAt: ctx.now,
      staffId: ctx.actor.kind === "staff" ? ctx.actor.id : null,
    },
  });
}

export async function liveDefinition(
  tx: Tx,
  businessId: bigint,
  journeyId: bigint,
  version: number,
): Promise<Definition> {
  const where = { businessId_journeyId_version: { businessId, journeyId, version } };
  return definitionOf((await tx.journeyVersion.findUniqueOrThrow({ where })).definition);
}

export async function begin(
  tx: Tx,
  ctx: Context,
  id: bigint,
  live: { version: number; nextAt: Date | null; enrolledTo: bigint | null; isFirst: boolean },
): Promise<void> {
  const { version, nextAt, enrolledTo, isFirst } = live;
  await tx.journey.update({
    where: { businessId_id: { businessId: ctx.business.id, id } },
    data: {
      version,
      nextAt,
      enrolledTo,
      state: "live",
      reason: null,
      endedAt: null,
      ...(isFirst ? { startedAt: ctx.now } : {}),
    },
  });
}

/** Who stands at a step the new version still has goes on by it; the others finish the version they are on. */
export async function moveTo(
  tx: Tx,
  businessId: bigint,
  journeyId: bigint,
  version: number,
  steps: readonly string[],
): Promise<void> {
  await tx.journeyRun.updateMany({
    where: { businessId, journeyId, state: "active", OR: [{ step: null }, { step: { in: [...steps] } }] },
    data: { version },
  });
}

export async function turn(
  tx: Tx,
  ctx: Context,
  id: bigint,
  to: { state: JourneyState; nextAt: Date | null },
): Promise<void> {
  await tx.journey.update({
    where: { businessId_id: { businessId: ctx.business.id, id } },
    data: { ...to, reason: null, ...(to.state === "stopped" ? { endedAt: ctx.now, enrolledTo: null } : {}) },
  });
}

/** Ends everybody's run. */
export async function sendHome(tx: Tx, ctx: Context, journeyId: bigint): Promise<void> {
  await tx.journeyRun.updateMany({
    where: { businessId: ctx.business.id, journeyId, state: "active" },
    data: {
      state: "exited",
      reason: "stopped",
      step: null,
      dueAt: null,
      waiting: null,
      endedAt: ctx.now,
      movedAt: ctx.now,
    },
  });
}

export async function drop(tx: Tx, businessId: bigint, id: bigint): Promise<void> {
  await tx.journey.delete({ where: { businessId_id: { businessId, id } } });
}
