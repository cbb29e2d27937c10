import "server-only";
import type { Context } from "../access";
import type { Tx } from "../platform/db";
import { publish } from "../platform/outbox";

/** Says that something else about a member than their purchases and points changed: groups may be others now. */
export async function tellChanged(
  tx: Tx,
  ctx: Context,
  memberId: bigint,
  topic: "profile" | "tags" | "household",
): Promise<void> {
  const news = { businessId: ctx.business.id, memberId, at: ctx.now };
  await publish(tx, { ...news, type: "member.changed", payload: { topics: [topic] } });
}
