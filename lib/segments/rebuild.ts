import "server-only";
import { type Context, require } from "../access";
import { Refused } from "../kernel/refusals";
import { addDays, dayOf } from "../kernel/time";
import { isSlow, type Tx, withBusiness } from "../platform/db";
import { enqueue } from "../platform/jobs";
import { log } from "../platform/log";
import * as live from "./live/store";
import { inOrder } from "./live/touched";
import { segmentsIn } from "./rule/model";
import * as store from "./store";

/** Changes by time alone are noted this far ahead; a segment is decided anew for everybody before that is used up. */
const AHEAD_DAYS = 7;
const SPARE_DAYS = 2;

export const REBUILD_JOB = "segment_rebuild";

/**
 * Decides everybody for one segment, in the caller's transaction.
 * Shape: `isTold`: those who come and go are published; not when a segment is made or changed, which is nobody's act.
 */
export async function rebuildIn(
  tx: Tx,
  ctx: Context,
  id: bigint,
  isTold: boolean,
): Promise<live.Built | undefined> {
  const { id: businessId, zone } = ctx.business;
  await live.holdSegment(tx, id);
  const segment = await store.segment(tx, businessId, id);
  if (!segment || segment.archivedAt !== null) return undefined;
  const checksUntil = new Date(ctx.now.getTime() + AHEAD_DAYS * 86_400_000);
  try {
    const built = await live.rebuild(tx, segment, { businessId, now: ctx.now, zone }, checksUntil, isTold);
    await live.keepBuilt(tx, businessId, segment, built, {
      now: ctx.now,
      day: dayOf(ctx.now, zone),
      checksUntil,
    });
    return built;
  } catch (error) {
    if (isSlow(error)) throw new Refused("too_slow");
    throw error;
  }
}

/** Queues the segments that ask about another, after everybody in that one was decided anew. */
export async function queueDependents(tx: Tx, ctx: Context, id: bigint): Promise<void> {
  for (const one of await store.segments(tx, ctx.business.id)) {
    if (!segmentsIn(one.rule).includes(Number(id))) continue;
    const payload = { businessId: ctx.business.id.toString(), segmentId: one.id.toString() };
    await enqueue(tx, REBUILD_JOB, payload, `${REBUILD_JOB}:${ctx.business.id}:${one.id}`);
  }
}

/** Decides everybody for one segment, and queues those that ask about it; the job's. */
export async function rebuildSegment(ctx: Context, id: bigint): Promise<live.Built | undefined> {
  require(ctx, "jobs:run");
  return await withBusiness(ctx.business.id, async (tx) => {
    const built = await rebuildIn(tx, ctx, id, true);
    if (built && built.entered + built.left > 0) await queueDependents(tx, ctx, id);
    return built;
  });
}

/**
 * Decides everybody anew where that is due: changes by time are noted only so far ahead, and predictions and tiers change for
 * many at once at night. Answers how many segments. `isAll`: every segment, whatever is due. `isTold`: those who come and go are
 * published; not when a whole history was brought in, which is nobody's act.
 */
export async function rebuildDue(
  ctx: Context,
  stopping: () => boolean = () => false,
  isAll = false,
  isTold = true,
): Promise<number> {
  require(ctx, "jobs:run");
  const { id } = ctx.business;
  const soon = addDays(dayOf(ctx.now, ctx.business.zone), SPARE_DAYS);
  const kept = inOrder(await withBusiness(id, (tx) => store.segments(tx, id)));
  let count = 0;
  for (const segment of kept) {
    if (stopping()) return count;
    const { builtVersion, version, topics, checksUntil } = segment;
    // Who leaves a household by being erased or merged tells nobody.
    const isNightly = topics.includes("insight") || topics.includes("household");
    const isShort = checksUntil === null || dayOf(checksUntil, ctx.business.zone) < soon;
    if (!isAll && builtVersion === version && !isNightly && !isShort) continue;
    if (await rebuiltInTime(ctx, segment.id, isTold)) count += 1;
  }
  return count;
}

/** One segment that takes too long keeps what it has until the next time, and holds up no other. */
async function rebuiltInTime(ctx: Context, id: bigint, isTold: boolean): Promise<boolean> {
  try {
    await withBusiness(ctx.business.id, (tx) => rebuildIn(tx, ctx, id, isTold));
    return true;
  } catch (error) {
    if (!(error instanceof Refused && error.code === "too_slow")) throw error;
    log.error("segment.rebuild_too_slow", error, { business: ctx.business.id, segment: id });
    return false;
  }
}
