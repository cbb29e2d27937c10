import "server-only";
import type { Context } from "../access/model";
import type { Prisma, Tx } from "../platform/db";
import type { Programme } from "./model";
import { type ProgrammeSettings, toJson, toProgramme } from "./schema";

const KEPT_MAX = 1_000;
/** Versions never change, so a parsed one is good for ever; the oldest goes when there are many. */
const kept = new Map<string, Programme>();

export async function programmeAt(
  tx: Tx,
  businessId: bigint,
  version: number,
): Promise<Programme | undefined> {
  const key = `${businessId}:${version}`;
  const known = kept.get(key);
  if (known) return known;
  const row = await tx.programmeVersion.findUnique({
    where: { businessId_version: { businessId, version } },
  });
  if (!row) return undefined;
  const programme = toProgramme(version, row.settings);
  if (kept.size >= KEPT_MAX) kept.delete(kept.keys().next().value ?? key);
  kept.set(key, programme);
  return programme;
}

export function keptProgramme(businessId: bigint, version: number): Programme | undefined {
  return kept.get(`${businessId}:${version}`);
}

export async function currentVersion(tx: Tx, businessId: bigint): Promise<number | undefined> {
  const row = await tx.programmeVersion.findFirst({
    where: { businessId },
    orderBy: { version: "desc" },
    select: { version: true },
  });
  return row?.version;
}

export async function insertVersion(
  tx: Tx,
  ctx: Context,
  version: number,
  settings: ProgrammeSettings,
): Promise<void> {
  await tx.programmeVersion.create({
    data: {
      businessId: ctx.business.id,
      version,
      settings: toJson(settings) as Prisma.InputJsonObject,
      createdAt: ctx.now,
      staffId: ctx.actor.kind === "staff" ? ctx.actor.id : null,
    },
  });
}

/** Members by tier, for the effect of a change; money and friends decide as in `qualify`. */
export async function standings(
  tx: Tx,
  businessId: bigint,
): Promise<{ tierId: string; cashSpentMinor: bigint; effectiveInvited: number }[]> {
  const rows = await tx.memberStats.findMany({
    where: { businessId },
    select: { tierId: true, cashSpentMinor: true, effectiveInvitedCount: true },
  });
  return rows.map((row) => ({
    tierId: row.tierId,
    cashSpentMinor: row.cashSpentMinor,
    effectiveInvited: row.effectiveInvitedCount,
  }));
}
