import "server-only";
import type { Context } from "../../access/model";
import { callIn, type Tx } from "../../platform/db";
import type { OccasionInput } from "./schema";

export type OccasionRow = {
  id: bigint;
  kind: string;
  rewardId: bigint;
  daysBefore: number;
  validDays: number;
  archivedAt: Date | null;
};

export async function offers(tx: Tx, businessId: bigint): Promise<OccasionRow[]> {
  return await tx.occasionOffer.findMany({
    where: { businessId },
    orderBy: [{ archivedAt: { sort: "asc", nulls: "first" } }, { id: "asc" }],
    take: 100,
  });
}

export async function save(
  tx: Tx,
  ctx: Context,
  { id, ...data }: OccasionInput,
  newId: bigint,
): Promise<boolean> {
  const businessId = ctx.business.id;
  if (id === null) {
    await tx.occasionOffer.create({ data: { ...data, businessId, id: newId, createdAt: ctx.now } });
    return true;
  }
  return (await tx.occasionOffer.updateMany({ where: { businessId, id }, data })).count === 1;
}

export async function setArchived(tx: Tx, businessId: bigint, id: bigint, at: Date | null): Promise<boolean> {
  const changed = await tx.occasionOffer.updateMany({ where: { businessId, id }, data: { archivedAt: at } });
  return changed.count === 1;
}

export async function give(tx: Tx, businessId: bigint, now: Date, offerId: bigint): Promise<number> {
  const [row] = await callIn<{ count: number }>(
    tx,
    "SELECT occasion_give($1::bigint, $2::timestamptz, $3::bigint) AS count",
    [businessId, now, offerId],
  );
  return row?.count ?? 0;
}
