import "server-only";
import type { Context } from "../../access/model";
import type { Tx } from "../../platform/db";

export type Suppressed = { readonly channel: string; readonly reason: string; readonly count: number };

export async function counts(tx: Tx, businessId: bigint): Promise<Suppressed[]> {
  const rows = await tx.suppression.groupBy({
    by: ["channel", "reason"],
    where: { businessId },
    _count: { _all: true },
    orderBy: [{ channel: "asc" }, { reason: "asc" }],
  });
  return rows.map(({ channel, reason, _count }) => ({ channel, reason, count: _count._all }));
}

export async function insert(tx: Tx, ctx: Context, channel: string, hash: string): Promise<void> {
  await tx.suppression.createMany({
    data: { businessId: ctx.business.id, channel, addressHash: hash, reason: "staff", at: ctx.now },
    skipDuplicates: true,
  });
}

export async function remove(tx: Tx, ctx: Context, channel: string, hash: string): Promise<boolean> {
  const where = { businessId: ctx.business.id, channel, addressHash: hash };
  return (await tx.suppression.deleteMany({ where })).count > 0;
}
