import "server-only";
import { type Context, require } from "../access";
import { withBusiness } from "../platform/db";
import { programmeIn } from "./index";
import * as store from "./store";

const BATCH = 1_000;

/**
 * Puts every member on the tier the programme in force gives them: after a save, and nightly. Answers how many moved.
 *
 * Shape: batches of members, each its own transaction with the rows locked in order; stopped or run twice, it only finishes what
 * is left. Each move is told as `tier.changed { tierBefore, tierAfter }`.
 */
export async function requalify(ctx: Context, stopping: () => boolean = () => false): Promise<number> {
  require(ctx, "jobs:run");
  const { id } = ctx.business;
  let moved = 0;
  let after: bigint | undefined = 0n;
  while (after !== undefined && !stopping()) {
    const from: bigint = after;
    const step = await withBusiness(id, async (tx) => {
      // Read anew for each batch: a programme saved meanwhile holds for the rest, and its own run for the beginning.
      const { base, tiers } = await programmeIn(tx, id, ctx.now);
      return await store.requalifyBatch(tx, id, { base, tiers, after: from, limit: BATCH, now: ctx.now });
    });
    moved += step.moved;
    after = step.last;
  }
  return moved;
}
