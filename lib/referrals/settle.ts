import "server-only";
import { type Context, require } from "../access";
import { addDays, dayOf } from "../kernel/time";
import { withBusiness } from "../platform/db";
import { programmeIn } from "../program";
import { activeSince } from "./model";
import * as rewards from "./rewards/store";
import * as store from "./store";

const BATCH = 500;
/** A link opened is counted once a day; who opened it is forgotten soon after. */
const OPENS_KEPT_DAYS = 2;

/**
 * Has points that friends brought wait where their holder has not been here for long, and begin where nothing is asked any more:
 * nightly, and after a programme was saved. Answers how many members it concerned.
 *
 * Shape: batches of members, each its own transaction; stopped or run twice, it only finishes what is left.
 */
export async function settleWaiting(ctx: Context, stopping: () => boolean = () => false): Promise<number> {
  require(ctx, "jobs:run");
  const { id, zone } = ctx.business;
  let [moved, after] = [0, 0n];
  while (!stopping()) {
    const from = after;
    const batch = await withBusiness(id, async (tx) => {
      const { referral } = await programmeIn(tx, id, ctx.now);
      const since = activeSince(referral, ctx.now, zone);
      const members = await rewards.unsettled(tx, id, since, from, BATCH);
      for (const memberId of members) await rewards.settle(tx, id, memberId, ctx.now, since);
      return members;
    });
    moved += batch.length;
    after = batch.at(-1) ?? after;
    if (batch.length < BATCH) break;
  }
  return moved;
}

/** Forgets which browsers opened invitations before yesterday; how many did stays. */
export async function forgetOpens(ctx: Context): Promise<void> {
  require(ctx, "jobs:run");
  const { id, zone } = ctx.business;
  const before = addDays(dayOf(ctx.now, zone), -OPENS_KEPT_DAYS);
  await withBusiness(id, (tx) => store.forgetOpens(tx, id, before));
}
