import "server-only";
/** The card among the apps of a phone. */
import { type Context, require } from "../../access";
import { Refused } from "../../kernel/refusals";
import { withBusiness } from "../../platform/db";
import { publish } from "../../platform/outbox";
import * as store from "./store";

/** Notes that a member's card is installed; the first time is news, `card.installed`. Refuses: `forbidden` for another's card. */
export async function noteInstalled(ctx: Context, memberId: bigint): Promise<void> {
  require(ctx, "own:write");
  if (ctx.actor.kind !== "member" || ctx.actor.id !== memberId) throw new Refused("forbidden");
  await withBusiness(ctx.business.id, async (tx) => {
    if (!(await store.insert(tx, ctx, memberId))) return;
    const news = { businessId: ctx.business.id, memberId, at: ctx.now };
    await publish(tx, { ...news, type: "card.installed", payload: {} });
  });
}
