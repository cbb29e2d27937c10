import "server-only";
import { callIn, type Tx } from "../../platform/db";

const MOST = 500;
type Named = { id: string; name: string };
const named = (rows: readonly { id: bigint; name: string }[]): Named[] =>
  rows.map(({ id, name }) => ({ id: id.toString(), name }));

export async function tags(tx: Tx, businessId: bigint): Promise<Named[]> {
  return named(await tx.tag.findMany({ where: { businessId }, orderBy: { name: "asc" }, take: MOST }));
}

export async function templates(tx: Tx, businessId: bigint): Promise<Named[]> {
  const where = { businessId, archivedAt: null };
  return named(await tx.template.findMany({ where, orderBy: { name: "asc" }, take: MOST }));
}

/** Campaigns of codes that are on. */
export async function promos(tx: Tx, businessId: bigint): Promise<Named[]> {
  const where = { businessId, archivedAt: null };
  return named(await tx.promo.findMany({ where, orderBy: { name: "asc" }, take: MOST }));
}

/** Rewards of the catalogue. */
export async function rewards(tx: Tx, businessId: bigint): Promise<Named[]> {
  const where = { businessId, archivedAt: null };
  return named(await tx.reward.findMany({ where, orderBy: { name: "asc" }, take: MOST }));
}

/** Groups by name; none where the installation has no groups yet. */
export async function segments(tx: Tx, businessId: bigint): Promise<Named[]> {
  const [there] = await callIn<{ yes: boolean }>(tx, "SELECT to_regclass('segment') IS NOT NULL AS yes", []);
  if (!there?.yes) return [];
  return named(
    await callIn<{ id: bigint; name: string }>(
      tx,
      "SELECT id, name FROM segment WHERE business_id = $1::bigint AND archived_at IS NULL ORDER BY name LIMIT $2::int",
      [businessId, MOST],
    ),
  );
}

/** Names of members, for lists of people. */
export async function people(
  tx: Tx,
  businessId: bigint,
  ids: readonly bigint[],
): Promise<Map<bigint, string | null>> {
  const rows = await tx.memberProfile.findMany({
    where: { businessId, memberId: { in: [...ids] } },
    select: { memberId: true, name: true, phone: true, email: true },
  });
  return new Map(rows.map((row) => [row.memberId, row.name ?? row.phone ?? row.email]));
}

/** First names, where there are any. */
export async function firstNames(
  tx: Tx,
  businessId: bigint,
  ids: readonly bigint[],
): Promise<Map<bigint, string>> {
  const rows = await tx.memberProfile.findMany({
    where: { businessId, memberId: { in: [...ids] }, name: { not: null } },
    select: { memberId: true, name: true },
  });
  return new Map(rows.map((row) => [row.memberId, row.name?.trim().split(/\s+/)[0] ?? ""]));
}
