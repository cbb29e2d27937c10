import "server-only";
/** Stamps: every so many bring a reward; given and taken back with the purchase that brought them. */
import { audit, type Context, require } from "../../access";
import { newId } from "../../kernel/ids";
import { Refused } from "../../kernel/refusals";
import { elapsedMs } from "../../platform/clock";
import { withBusiness } from "../../platform/db";
import { requireReadable } from "../rewards";
import { reward } from "../rewards/store";
import type { StampProgramme, StampRow } from "./model";
import type { StampInput } from "./schema";
import * as store from "./store";

/** A programme changes a few times a year, a till asks with every purchase. */
const FRESH_MS = 5_000;
const KEPT_MAX = 2_000;
const kept = new Map<bigint, { programmes: StampProgramme[]; until: number }>();

/** The programmes whose stamps a purchase brings. Time: believed for at most five seconds. */
export async function liveStampProgrammes(ctx: Context): Promise<readonly StampProgramme[]> {
  const businessId = ctx.business.id;
  const known = kept.get(businessId);
  // Not by the context's clock: what is recorded of the past, thousands at a time, must not ask each time.
  if (known && elapsedMs() < known.until) return known.programmes;
  const programmes = await withBusiness(businessId, (tx) => store.programmes(tx, businessId, true));
  if (kept.size >= KEPT_MAX) kept.clear();
  kept.set(businessId, { programmes, until: elapsedMs() + FRESH_MS });
  return programmes;
}

export type StampFigures = StampProgramme & { readonly members: number; readonly rows: number };

/** All stamp programmes with how many members collect and how many rows were filled. */
export async function stampProgrammes(ctx: Context): Promise<StampFigures[]> {
  require(ctx, "programme:read");
  return await withBusiness(ctx.business.id, async (tx) => {
    const all = await store.programmes(tx, ctx.business.id, false);
    const figures = await store.figures(tx, ctx.business.id);
    return all.map((each) => ({ ...each, ...(figures.get(each.id) ?? { members: 0, rows: 0 }) }));
  });
}

/** A member's rows of stamps, one for each programme that is on. Refuses: `forbidden` for another's card. */
export async function stampRows(ctx: Context, memberId: bigint): Promise<StampRow[]> {
  requireReadable(ctx, memberId);
  return await withBusiness(ctx.business.id, async (tx) => {
    const all = await store.programmes(tx, ctx.business.id, true);
    const cards = await store.cards(tx, ctx.business.id, memberId);
    return all.map((programme) => {
      const stamps = cards.get(programme.id) ?? 0;
      return { programme, stamps: stamps % programme.needed, rows: Math.floor(stamps / programme.needed) };
    });
  });
}

/** Saves a stamp programme. Answers its id. Refuses: `not_found`, also for a reward that is gone. */
export async function saveStampProgramme(ctx: Context, input: StampInput): Promise<bigint> {
  require(ctx, "programme:write");
  const id = input.id ?? newId(ctx.now);
  await withBusiness(ctx.business.id, async (tx) => {
    if (!(await reward(tx, ctx.business.id, input.rewardId)))
      throw new Refused("not_found", { what: "reward" });
    if (!(await store.save(tx, ctx, input, id))) throw new Refused("not_found");
    await audit(tx, ctx, "stamps.save", { kind: "stamps", id }, { name: input.name });
  });
  kept.delete(ctx.business.id);
  return id;
}

/** Ends a stamp programme, or goes on with it. Stamps stay where they are. Refuses: `not_found`. */
export async function archiveStampProgramme(ctx: Context, id: bigint, archived: boolean): Promise<void> {
  require(ctx, "programme:write");
  await withBusiness(ctx.business.id, async (tx) => {
    if (!(await store.setArchived(tx, ctx.business.id, id, archived ? ctx.now : null)))
      throw new Refused("not_found");
    await audit(tx, ctx, archived ? "stamps.archive" : "stamps.restore", { kind: "stamps", id });
  });
  kept.delete(ctx.business.id);
}
