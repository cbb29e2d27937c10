import "server-only";
import { type Context, require } from "../../access";
import { Refused } from "../../kernel/refusals";
import { addDays, dayOf } from "../../kernel/time";
import { isSlow, type Tx, withBusiness } from "../../platform/db";
import { enqueue } from "../../platform/jobs";
import { log } from "../../platform/log";
import { publish } from "../../platform/outbox";
import { holdSegment } from "../live/store";
import { inOrder } from "../live/touched";
import { segmentsIn } from "../rule/model";
import { segments as keptSegments, segment as segmentOf } from "../store";
import * as store from "./store";

/** Changes by time alone are noted this far ahead; a segment is decided anew for everybody before that is used up. */
const AHEAD_DAYS = 7;
const SPARE_DAYS = 2;

/** So many are decided in the transaction that saves a rule; more by a job, part by part, so that tills go on meanwhile. */
const WHOLE_MAX = 20_000;
/** Members of a part at first; the next ones are as many as take about a second. */
const PART_FIRST = 10_000;
const PART_MIN = 200;
const PART_MAX = 100_000;
const PART_MS = 1_000;

export const REBUILD_JOB = "segment_rebuild";

/** News that a part is done: open screens look again. */
const COUNTING = "segment.counting";

const never = () => false;

/**
 * Decides everybody by the rule that was just saved: here when they are few, else by a job. Nobody is told who comes and goes: that
 * is nobody's act. Shape: in the transaction that saves.
 */
export async function decideSaved(tx: Tx, ctx: Context, id: bigint): Promise<void> {
  if (await isLarge(tx, ctx)) {
    await begin(tx, ctx, id, false);
    await queue(tx, ctx, id, false);
    return;
  }
  await rebuildIn(tx, ctx, id, false);
  await queueDependents(tx, ctx, id, false);
}

const isLarge = async (tx: Tx, ctx: Context): Promise<boolean> =>
  (await store.endOfPart(tx, ctx.business.id, 0n, WHOLE_MAX + 1)) !== null;

async function begin(tx: Tx, ctx: Context, id: bigint, isTold: boolean): Promise<void> {
  await holdSegment(tx, id);
  await store.beginBuild(tx, ctx.business.id, id, {
    since: ctx.now,
    isTold,
    checksUntil: new Date(ctx.now.getTime() + AHEAD_DAYS * 86_400_000),
  });
}

/** Decides everybody for one segment at once, in the caller's transaction. Refuses: `too_slow`. */
async function rebuildIn(
  tx: Tx,
  ctx: Context,
  id: bigint,
  isTold: boolean,
): Promise<store.Built | undefined> {
  await begin(tx, ctx, id, isTold);
  return (await decidePart(tx, ctx, id, null))?.built;
}

type Part = { readonly built: store.Built; readonly isLast: boolean };

/** Decides the next members of a segment whose deciding was begun; all that are left without a number. Nothing is left: undefined. */
async function decidePart(
  tx: Tx,
  ctx: Context,
  id: bigint,
  members: number | null,
): Promise<Part | undefined> {
  const { id: businessId, zone } = ctx.business;
  await holdSegment(tx, id);
  const segment = await segmentOf(tx, businessId, id);
  if (!segment?.build || segment.checksUntil === null || segment.archivedAt !== null) return undefined;
  const { checksUntil, build } = segment;
  const to = members === null ? null : await store.endOfPart(tx, businessId, build.after, members);
  try {
    const built = await store.rebuild(tx, segment, {
      businessId,
      zone,
      now: ctx.now,
      checksUntil,
      isTold: build.isTold,
      range: { after: build.after, to },
      // Whom a new rule holds for is in since it was saved, however long deciding everybody took.
      enteredAt: segment.builtVersion === segment.version ? ctx.now : build.since,
    });
    const day = dayOf(ctx.now, zone);
    await store.keepPart(tx, businessId, segment, built, { now: ctx.now, day, to, members: members ?? 0 });
    return { built, isLast: to === null };
  } catch (error) {
    if (isSlow(error)) throw new Refused("too_slow");
    throw error;
  }
}

/**
 * Goes on deciding everybody, each part in its own transaction. Answers whether it came to the end: asked to stop, it queues the rest.
 *
 * Shape: killed anywhere, it goes on there; what happens to members meanwhile is decided by the same rule, before or after their part.
 * Refuses: `too_slow` when even few members take too long.
 */
export async function decideByParts(
  ctx: Context,
  id: bigint,
  stopping: () => boolean,
  first = PART_FIRST,
): Promise<boolean> {
  const began = performance.now();
  let members = first;
  while (!stopping()) {
    const since = performance.now();
    const now = new Date(ctx.now.getTime() + Math.round(since - began));
    try {
      const part = await withBusiness(ctx.business.id, async (tx) => {
        const done = await decidePart(tx, { ...ctx, now }, id, members);
        if (done)
          await publish(tx, {
            businessId: ctx.business.id,
            memberId: null,
            type: COUNTING,
            at: now,
            payload: { segmentId: id.toString() },
          });
        return done;
      });
      if (!part || part.isLast) return true;
      const fit = (members * PART_MS) / (performance.now() - since);
      members = Math.round(Math.min(PART_MAX, Math.max(PART_MIN, fit)));
    } catch (error) {
      if (!(error instanceof Refused && error.code === "too_slow") || members <= PART_MIN) throw error;
      members = Math.max(PART_MIN, Math.floor(members / 4));
    }
  }
  await withBusiness(ctx.business.id, (tx) => queue(tx, ctx, id, true));
  return false;
}

/** Queues deciding everybody for one segment; what was begun goes on as it was begun. */
async function queue(tx: Tx, ctx: Context, id: bigint, isTold: boolean): Promise<void> {
  const payload = { businessId: ctx.business.id.toString(), segmentId: id.toString(), isTold };
  await enqueue(tx, REBUILD_JOB, payload, `${REBUILD_JOB}:${ctx.business.id}:${id}`);
}

/** Queues the segments that ask about another, after everybody in that one was decided anew. */
async function queueDependents(tx: Tx, ctx: Context, id: bigint, isTold: boolean): Promise<void> {
  for (const one of await keptSegments(tx, ctx.business.id))
    if (segmentsIn(one.rule).includes(Number(id))) await queue(tx, ctx, one.id, isTold);
}

/** Everybody for one segment, as many transactions as that takes. Answers whether it came to the end. Refuses: `too_slow`. */
async function decideAll(
  ctx: Context,
  id: bigint,
  isTold: boolean,
  stopping: () => boolean,
): Promise<boolean> {
  const isWhole = await withBusiness(ctx.business.id, async (tx) => {
    if (await isLarge(tx, ctx)) {
      await begin(tx, ctx, id, isTold);
      return false;
    }
    await rebuildIn(tx, ctx, id, isTold);
    return true;
  });
  return isWhole || (await decideByParts(ctx, id, stopping));
}

/** Decides everybody for one segment, or goes on with that, and queues those that ask about it; the job's. `isTold`: those who come and go are published. */
export async function rebuildSegment(
  ctx: Context,
  id: bigint,
  isTold: boolean,
  stopping: () => boolean = never,
): Promise<void> {
  require(ctx, "jobs:run");
  const { id: businessId } = ctx.business;
  const segment = await withBusiness(businessId, (tx) => segmentOf(tx, businessId, id));
  if (!segment || segment.archivedAt !== null) return;
  const isDone = segment.build
    ? await decideByParts(ctx, id, stopping)
    : await decideAll(ctx, id, isTold, stopping);
  if (isDone)
    await withBusiness(businessId, (tx) => queueDependents(tx, ctx, id, segment.build?.isTold ?? isTold));
}

/**
 * Decides everybody anew where that is due: changes by time are noted only so far ahead, and predictions and tiers change for
 * many at once at night. Answers how many segments. `isAll`: every segment, whatever is due. `isTold`: those who come and go are
 * published; not when a whole history was brought in, which is nobody's act.
 */
export async function rebuildDue(
  ctx: Context,
  stopping: () => boolean = never,
  isAll = false,
  isTold = true,
): Promise<number> {
  require(ctx, "jobs:run");
  const { id } = ctx.business;
  const soon = addDays(dayOf(ctx.now, ctx.business.zone), SPARE_DAYS);
  const kept = inOrder(await withBusiness(id, (tx) => keptSegments(tx, id)));
  let count = 0;
  for (const segment of kept) {
    if (stopping()) return count;
    const { builtVersion, version, topics, checksUntil, build } = segment;
    // Who leaves a household by being erased or merged tells nobody.
    const isNightly = topics.includes("insight") || topics.includes("household");
    const isShort = checksUntil === null || dayOf(checksUntil, ctx.business.zone) < soon;
    if (!isAll && !build && builtVersion === version && !isNightly && !isShort) continue;
    const goOn = build !== null && !isAll;
    const isDone = await inTime(ctx, segment.id, () =>
      goOn ? decideByParts(ctx, segment.id, stopping) : decideAll(ctx, segment.id, isTold, stopping),
    );
    if (isDone) count += 1;
  }
  return count;
}

/** One segment that takes too long keeps what it has until the next time, and holds up no other. */
async function inTime(ctx: Context, id: bigint, decide: () => Promise<boolean>): Promise<boolean> {
  try {
    return await decide();
  } catch (error) {
    if (!(error instanceof Refused && error.code === "too_slow")) throw error;
    log.error("segment.rebuild_too_slow", error, { business: ctx.business.id, segment: id });
    return false;
  }
}
