import "server-only";
import { type Context, require } from "../access";
import { withBusiness } from "../platform/db";
import { dueStandings, settleMembers } from "../tiers";
import { businessOf, programmeIn } from "./index";
import * as store from "./store";

const BATCH = 1_000;
/** With a window every member's purchases are read, so fewer at a time are kept waiting. */
const BATCH_WINDOWED = 200;

/**
 * Puts every member on the tier the programme in force gives them: after a save. Answers how many moved.
 *
 * Shape: batches of members, each its own transaction with the rows locked in order; stopped or run twice, it only finishes what
 * is left. Each move has a row in the history and is told as `tier.changed`.
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
      const ladder = await programmeIn(tx, id, ctx.now);
      const size = ladder.qualifying.window.kind === "ever" ? BATCH : BATCH_WINDOWED;
      const { memberIds, last } = await store.unsettledIn(tx, id, ladder, from, size);
      const asked = { memberIds, now: ctx.now, reason: "programme", all: true } as const;
      return { moved: await settleMembers(tx, ctx.business, ladder, asked), last };
    });
    moved += step.moved;
    after = step.last;
  }
  return moved;
}

/**
 * The nightly truth about tiers. Where a window qualifies there is nothing to do: who is due is met by `settleDue`, and nobody
 * else changes without a purchase.
 */
export async function requalifyNightly(ctx: Context, stopping: () => boolean = () => false): Promise<number> {
  const ladder = await withBusiness(ctx.business.id, (tx) => programmeIn(tx, ctx.business.id));
  return ladder.qualifying.window.kind === "ever" ? await requalify(ctx, stopping) : 0;
}

/**
 * Judges the members whose window, grace or given tier ended, everywhere, until none is due or `stopping` says so. Answers how
 * many moved.
 *
 * Time: `now` decides; run again after a crash, it goes on where it was. Shape: its cost is in proportion to who is due.
 */
export async function settleDue(now: Date, stopping: () => boolean = () => false): Promise<number> {
  let moved = 0;
  for (;;) {
    const due = await dueStandings(now, BATCH_WINDOWED);
    for (const [businessId, members] of Map.groupBy(due, (one) => one.businessId)) {
      if (stopping()) return moved;
      const business = await businessOf(businessId);
      moved += await withBusiness(businessId, async (tx) => {
        const memberIds = members.map(({ memberId }) => memberId);
        const asked = { memberIds, now, reason: "window", all: false } as const;
        return await settleMembers(tx, business, await programmeIn(tx, businessId), asked);
      });
    }
    if (due.length < BATCH_WINDOWED) return moved;
  }
}

/** Brings one member up to date before a decision is based on them, for whom the job has not come to yet. */
export async function settleOne(ctx: Context, memberId: bigint): Promise<void> {
  const { business, now } = ctx;
  await withBusiness(business.id, async (tx) => {
    const asked = { memberIds: [memberId], now, reason: "window", all: false } as const;
    await settleMembers(tx, business, await programmeIn(tx, business.id), asked);
  });
}
