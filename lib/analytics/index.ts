import "server-only";
/**
 * Analytics: questions over all of it.
 *
 * Owns the rollups by calendar day. Always true: a day's row is the sum of what happened on it in the business's zone, each
 * event counted once; `recountDays` finds the same figures from operations, transfers and members.
 */
import { type Context, require } from "../access";
import { addDays, type Day, dayOf } from "../kernel/time";
import { type Tx, withBusiness } from "../platform/db";
import type { Event } from "../platform/outbox";
import {
  add,
  type DayFigures,
  type DayRange,
  type Figures,
  figuresOf,
  filled,
  NOTHING,
  rangesOf,
  type Span,
  type Summary,
  summarise,
} from "./model";
import * as store from "./store";

export { COUNTED, type DayFigures, type DayRange, type Span, type Summary } from "./model";
export { memberTimeline, timelineKinds } from "./timeline/timeline";

/**
 * Adds events to the days they happened on; the outbox calls it inside the transaction that ticks them off, so each counts once.
 *
 * Time: a day is the business's own calendar day, also for events that come late.
 */
export async function countDays(tx: Tx, businessId: bigint, events: readonly Event[]): Promise<void> {
  await store.lockToCount(tx, businessId);
  const zone = await store.zoneOf(tx, businessId);
  const byDay = new Map<Day, Figures>();
  for (const { type, payload, at } of events) {
    const day = dayOf(at, zone);
    byDay.set(day, add(byDay.get(day) ?? NOTHING, figuresOf(type, payload)));
  }
  await store.addToDays(
    tx,
    businessId,
    Array.from(byDay, ([day, figures]) => ({ day, ...figures })),
  );
}

/** A stretch of calendar days, both included; an end left out is the business's first day, or today. */
export type Since = { readonly from?: Day | undefined; readonly to?: Day | undefined };

/** So many days at a time, so that events never wait long for a recount. */
const RECOUNT_DAYS = 31;

/**
 * Counts days anew from what happened: the nightly truth, and what a changed zone needs.
 *
 * Time: all days from the business's first to today unless a stretch is given. Safe beside running tills and workers: events
 * not yet counted are left for `countDays`.
 */
export async function recountDays(ctx: Context, { from: since, to }: Since = {}): Promise<void> {
  require(ctx, "jobs:run");
  const { id, zone } = ctx.business;
  const today = dayOf(ctx.now, zone);
  const first = since ?? (await withBusiness(id, (tx) => store.firstDay(tx, id, zone)));
  if (first === undefined) return;
  // A zone to the east may have put figures on a day that has not begun here.
  const last = to ?? addDays(today, 1);
  for (let from = first; from <= last; from = addDays(from, RECOUNT_DAYS)) {
    const range = { from, to: addDays(from, RECOUNT_DAYS - 1) };
    await withBusiness(id, async (tx) => {
      await store.lockToRecount(tx, id);
      await store.replaceDays(tx, id, range, await store.truthOf(tx, id, zone, range));
    });
  }
}

export type Dashboard = {
  readonly range: DayRange;
  readonly rangeBefore: DayRange;
  readonly now: Summary;
  readonly before: Summary;
  /** Points members hold at this moment, pending ones too, in hundredths. */
  readonly outstanding: bigint;
  /** Members ever enrolled. */
  readonly members: number;
};

/** A span up to today beside the same span before it, from rollups alone, however large the business is. */
export async function dashboard(ctx: Context, span: Span): Promise<Dashboard> {
  require(ctx, "analytics:read");
  const { id, zone } = ctx.business;
  const ranges = rangesOf(span, dayOf(ctx.now, zone));
  return await withBusiness(id, async (tx) => {
    const days = await store.daysIn(tx, id, { from: ranges.before.from, to: ranges.now.to });
    const within = (range: DayRange) =>
      summarise(days.filter(({ day }) => day >= range.from && day <= range.to));
    return {
      range: ranges.now,
      rangeBefore: ranges.before,
      now: within(ranges.now),
      before: within(ranges.before),
      ...(await store.everything(tx, id)),
    };
  });
}

/** How many members ever came, from the daily sums: counting a million rows would cost half a second on every page. */
export async function membersEver(ctx: Context): Promise<number> {
  require(ctx, "members:read");
  const { id } = ctx.business;
  return (await withBusiness(id, (tx) => store.everything(tx, id))).members;
}

/** How many days a chart reaches back; twelve whole weeks are among them. */
export const CHART_DAYS = 90;

/** The last 90 days, oldest first, today included, every day present. */
export async function lastDays(ctx: Context): Promise<DayFigures[]> {
  require(ctx, "analytics:read");
  const { id, zone } = ctx.business;
  const to = dayOf(ctx.now, zone);
  const range = { from: addDays(to, 1 - CHART_DAYS), to };
  return filled(await withBusiness(id, (tx) => store.daysIn(tx, id, range)), range);
}

export type Started = store.Started;

/** Which of the first steps were taken: programme saved by a person, a colleague added, poster printed, key made. */
export async function started(ctx: Context): Promise<Started> {
  require(ctx, "analytics:read");
  return await withBusiness(ctx.business.id, (tx) => store.started(tx, ctx.business.id));
}
