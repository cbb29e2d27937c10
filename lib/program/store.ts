import "server-only";
import type { Context } from "../access/model";
import { assert } from "../kernel/refusals";
import { callIn, type Tx } from "../platform/db";
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
      settings: toJson(settings),
      createdAt: ctx.now,
      staffId: ctx.actor.kind === "staff" ? ctx.actor.id : null,
    },
  });
}

/** Who invited these members, each once, ascending: the order in which rows are locked. */
export async function invitersOf(
  tx: Tx,
  businessId: bigint,
  memberIds: readonly bigint[],
): Promise<bigint[]> {
  const rows = await tx.member.findMany({
    where: { businessId, id: { in: [...memberIds] }, inviterId: { not: null } },
    select: { inviterId: true },
    distinct: ["inviterId"],
    orderBy: { inviterId: "asc" },
  });
  return rows.flatMap((row) => (row.inviterId === null ? [] : [row.inviterId]));
}

export async function recountInvitations(
  tx: Tx,
  businessId: bigint,
  inviterId: bigint,
): Promise<{ effectiveInvited: number; cashSpentMinor: bigint; tierId: string }> {
  const [row] = await callIn<{ effective: number; cash_spent: bigint; tier_id: string }>(
    tx,
    "SELECT * FROM recount_invitations($1::bigint, $2::bigint)",
    [businessId, inviterId],
  );
  assert(row, "an inviter is a member");
  return { effectiveInvited: row.effective, cashSpentMinor: row.cash_spent, tierId: row.tier_id };
}

export async function setTier(tx: Tx, businessId: bigint, memberId: bigint, tierId: string): Promise<void> {
  await tx.memberStats.update({
    where: { businessId_memberId: { businessId, memberId } },
    data: { tierId, version: { increment: 1 } },
  });
}
