import "server-only";
import { audit, type Context, require } from "../../access";
import { Refused } from "../../kernel/refusals";
import { withBusiness } from "../../platform/db";
import * as store from "./store";

/**
 * Everything the business holds of one member, as JSON: who they are, what they agreed to and when, purchases with their lines, points
 * and their movements, rewards, messages and what became of them, groups, journeys. For the office, and for the person themselves.
 *
 * Units: points and money in hundredths. Shape: one list a kind of thing; what there is none of is left out.
 * Refuses: `forbidden` for another's card, `not_found`.
 */
export async function exportPerson(ctx: Context, memberId: bigint): Promise<string> {
  if (ctx.actor.kind === "member") {
    require(ctx, "own:read");
    if (ctx.actor.id !== memberId) throw new Refused("forbidden");
  } else require(ctx, "imports:write");
  const { id, name, currency } = ctx.business;
  const document = await withBusiness(id, async (tx) => {
    const found = await store.documentOf(tx, id, memberId);
    if (!found.member) throw new Refused("not_found");
    await audit(tx, ctx, "member.export", { kind: "member", id: memberId });
    return found;
  });
  const about = {
    business: name,
    currency,
    exportedAt: ctx.now.toISOString(),
    units: "points and money in hundredths",
  };
  return JSON.stringify({ about, ...(readable(document) as object) }, null, 2);
}

/** The database's names as JSON writes names. */
function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.replaceAll(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase()),
      readable(inner),
    ]),
  );
}
