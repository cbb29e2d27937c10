import "server-only";
import type { Context } from "../../access/model";
import type { Tx } from "../../platform/db";

/** Answers whether it is the first time. */
export async function insert(tx: Tx, ctx: Context, memberId: bigint): Promise<boolean> {
  const data = { businessId: ctx.business.id, memberId, at: ctx.now };
  return (await tx.cardInstall.createMany({ data, skipDuplicates: true })).count === 1;
}
