import "server-only";
import { type Context, require } from "../access";
import { Refused } from "../kernel/refusals";

/** Stops a card from touching another member. Refuses: `forbidden`. */
export function requireOwn(ctx: Context, memberId: bigint): void {
  if (ctx.actor.kind === "system") return;
  require(ctx, "own:write");
  if (ctx.actor.kind !== "member" || ctx.actor.id !== memberId) throw new Refused("forbidden");
}
