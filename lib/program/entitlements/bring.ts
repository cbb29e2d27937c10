import "server-only";
import { type Context, require } from "../../access";
import { Refused } from "../../kernel/refusals";
import { withBusiness } from "../../platform/db";
import type { Hold } from "./model";
import * as store from "./store";

/**
 * Holds a bill brings, still good and all one member's.
 *
 * Refuses: `not_found` for another's, `hold_expired`.
 */
export async function holdsFor(
  ctx: Context,
  memberId: bigint | null,
  ids: readonly bigint[],
): Promise<Hold[]> {
  if (ids.length === 0) return [];
  require(ctx, "sales:quote");
  const found = await withBusiness(ctx.business.id, (tx) => store.holds(tx, ctx.business.id, ids));
  return ids.map((id) => {
    const hold = found.find((each) => each.id === id);
    if (!hold || hold.memberId !== memberId) throw new Refused("not_found");
    if (hold.state !== "held" || hold.holdUntil <= ctx.now) throw new Refused("hold_expired");
    return hold;
  });
}
