import "server-only";
/**
 * Ledger: points as double entry.
 *
 * Owns lots and transfers. Always true: a lot's remainder is the sum of its transfers, a member's points are the sum of their
 * lots, transfers are never changed. Purchases and refunds post through `sales`, whose SQL verbs call this module's.
 */
import { type Context, require } from "../access";
import { Refused } from "../kernel/refusals";
import { addDays, dayOf, startOfDay } from "../kernel/time";
import { type Tx, withBusiness } from "../platform/db";
import { balanceAt, type Lot, type Movement } from "./model";
import * as store from "./store";

export { type Breach, booksOf } from "./books";
export type { Balance, Lot, LotKind, Movement } from "./model";
export { type GrantPosting, type Posted, postGrant, type ReturnPosting, returnDeducted } from "./store";

/** A member's lots that hold or owe something, earliest expiry first. Refuses: `forbidden` for another's card. */
export async function lots(ctx: Context, memberId: bigint): Promise<Lot[]> {
  requireReadable(ctx, memberId);
  return await withBusiness(ctx.business.id, (tx) => store.lotsOf(tx, ctx.business.id, memberId));
}

/** A member's movements, newest first, one row per operation and reason. Refuses: `forbidden` for another's card. */
export async function movements(ctx: Context, memberId: bigint, limit = 100): Promise<Movement[]> {
  requireReadable(ctx, memberId);
  return await withBusiness(ctx.business.id, (tx) => store.movementsOf(tx, ctx.business.id, memberId, limit));
}

/**
 * What expired of a member's points, newest first, one row per day's posting: the part of a history no operation stands for.
 *
 * Time: after `from`, up to `until`; null leaves that side open. Shape: at most 200 rows. Refuses: `forbidden`.
 */
export async function expiries(
  ctx: Context,
  memberId: bigint,
  span: { readonly from: Date | null; readonly until: Date | null },
): Promise<Movement[]> {
  requireReadable(ctx, memberId);
  return await withBusiness(ctx.business.id, (tx) => store.expiriesOf(tx, ctx.business.id, memberId, span));
}

/** What a member can spend now, inside a transaction that holds their lock. Hundredths; below zero: owed. */
export async function availableOf(tx: Tx, ctx: Context, memberId: bigint): Promise<bigint> {
  return balanceAt(await store.lotsOf(tx, ctx.business.id, memberId), ctx.now).available;
}

function requireReadable(ctx: Context, memberId: bigint): void {
  if (ctx.actor.kind !== "member") return require(ctx, "members:read");
  require(ctx, "own:read");
  if (ctx.actor.id !== memberId) throw new Refused("forbidden");
}

/**
 * Tells the news of points that began to be spendable since the last look, as `points.available { points }`. Answers how many
 * members it concerns. Time: the first look ever only remembers `now`.
 */
export async function announceAvailable(now: Date): Promise<number> {
  return await store.announceAvailable(now);
}

/**
 * Posts what has expired everywhere, in batches of members, until none is due or `stopping` says so.
 *
 * Time: `now` decides; run again after a crash, it goes on where it was. Answers how many members were touched.
 */
export async function expireDue(
  now: Date,
  stopping: () => boolean = () => false,
  batch = 500,
): Promise<number> {
  let touched = 0;
  for (;;) {
    const due = await store.membersWithDueLots(now, batch);
    for (const { businessId, memberId } of due) {
      if (stopping()) return touched;
      await store.expireMember(businessId, memberId, now);
      touched += 1;
    }
    if (due.length < batch) return touched;
  }
}

/**
 * Tells members of points that end in so many days, as `points.expiring { points, expiresAt, days }`: once for each end and number
 * of days. Answers how many were told.
 *
 * Time: days of the business's zone; a night that was missed is made up for in the next. Shape: reads the lots that end on those
 * days alone. What was given within the last day is no news.
 */
export async function remindOfExpiry(ctx: Context, days: readonly number[]): Promise<number> {
  require(ctx, "jobs:run");
  const { id, zone } = ctx.business;
  const today = dayOf(ctx.now, zone);
  let told = 0;
  for (const count of new Set(days)) {
    // Points live to the end of their last day: what ends in three days ends at the beginning of the fourth.
    const [from, to] = [addDays(today, count), addDays(today, count + 2)];
    const madeBefore = startOfDay(addDays(today, -1), zone);
    told += await store.remindOfExpiry(id, ctx.now, {
      from: startOfDay(from, zone),
      to: startOfDay(to, zone),
      madeBefore,
      days: count,
    });
  }
  return told;
}
