import "server-only";
import type { Context } from "../../access/model";
import { callIn, type Tx } from "../../platform/db";
import { colorOf, iconOf } from "../rewards/store";
import type { StampProgramme } from "./model";
import type { StampInput } from "./schema";

type Row = {
  id: bigint;
  name: string;
  icon: string;
  color: string;
  counts: string;
  category: string | null;
  itemIds: bigint[];
  minTotalMinor: bigint;
  needed: number;
  rewardId: bigint;
  rewardName: string;
  archivedAt: Date | null;
};
const SELECT = `SELECT p.id, p.name, p.icon, p.color, p.counts, p.category, p.item_ids AS "itemIds",
    p.min_total_minor AS "minTotalMinor", p.needed, p.reward_id AS "rewardId", r.name AS "rewardName",
    p.archived_at AS "archivedAt"
  FROM stamp_programme p JOIN reward r ON r.business_id = p.business_id AND r.id = p.reward_id
  WHERE p.business_id = $1::bigint`;

const toProgramme = ({ icon, color, counts, ...row }: Row): StampProgramme => ({
  ...row,
  icon: iconOf(icon),
  color: colorOf(color),
  counts: counts === "line" ? "line" : "visit",
});

/** All programmes, or those that are on; the oldest first. */
export async function programmes(tx: Tx, businessId: bigint, liveOnly: boolean): Promise<StampProgramme[]> {
  const rows = await callIn<Row>(
    tx,
    `${SELECT} AND ($2::boolean IS FALSE OR p.archived_at IS NULL) ORDER BY p.archived_at NULLS FIRST, p.id LIMIT 100`,
    [businessId, liveOnly],
  );
  return rows.map(toProgramme);
}

export async function save(
  tx: Tx,
  ctx: Context,
  { id, ...data }: StampInput,
  newId: bigint,
): Promise<boolean> {
  const businessId = ctx.business.id;
  if (id === null) {
    await tx.stampProgramme.create({ data: { ...data, businessId, id: newId, createdAt: ctx.now } });
    return true;
  }
  return (await tx.stampProgramme.updateMany({ where: { businessId, id }, data })).count === 1;
}

export async function setArchived(tx: Tx, businessId: bigint, id: bigint, at: Date | null): Promise<boolean> {
  const changed = await tx.stampProgramme.updateMany({ where: { businessId, id }, data: { archivedAt: at } });
  return changed.count === 1;
}

/** A member's stamps by programme. */
export async function cards(tx: Tx, businessId: bigint, memberId: bigint): Promise<Map<bigint, number>> {
  const rows = await tx.stampCard.findMany({ where: { businessId, memberId } });
  return new Map(rows.map(({ programmeId, stamps }) => [programmeId, stamps]));
}

/** How many members collect, and how many rows were filled, by programme. */
export async function figures(
  tx: Tx,
  businessId: bigint,
): Promise<Map<bigint, { members: number; rows: number }>> {
  const rows = await tx.stampCard.groupBy({
    by: ["programmeId"],
    where: { businessId, stamps: { gt: 0 } },
    _count: { _all: true },
    _sum: { rewarded: true },
  });
  return new Map(
    rows.map((row) => [row.programmeId, { members: row._count._all, rows: row._sum.rewarded ?? 0 }]),
  );
}
