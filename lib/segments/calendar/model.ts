/**
 * When windows begin and days are far enough, and at which instants that changes by time alone.
 *
 * Time: days, weeks, months and years are calendar days in the business's zone; minutes and hours are exact.
 */
import { addDays, addMonths, type Day, dayOf, daysBetween, startOfDay } from "../../kernel/time";
import type { DayTest, DayUnit, Unit, Window } from "../rule/model";

/** One moment in one zone, asked many times. */
export type Moment = { readonly at: number; readonly zone: string; readonly today: Day };

export const momentOf = (at: number, zone: string): Moment => ({
  at,
  zone,
  today: dayOf(new Date(at), zone),
});

const EXACT_MS: Partial<Record<Unit, number>> = { minute: 60_000, hour: 3_600_000 };

const startMs = (day: Day, zone: string) => startOfDay(day, zone).getTime();
const dayAt = (ms: number, zone: string) => dayOf(new Date(ms), zone);

/** The day n units before (or, below zero, after) another. */
export function shift(day: Day, n: number, unit: DayUnit): Day {
  switch (unit) {
    case "day":
      return addDays(day, -n);
    case "week":
      return addDays(day, -7 * n);
    case "month":
      return addMonths(day, -n);
    case "year":
      return addMonths(day, -12 * n);
  }
}

/** The first instant that is at most n units ago. */
export function since({ at, zone, today }: Moment, n: number, unit: Unit): number {
  const ms = EXACT_MS[unit];
  if (ms !== undefined) return at - n * ms;
  return startMs(shift(today, n, unit === "minute" || unit === "hour" ? "day" : unit), zone);
}

/** The first day on which `day` is more than n units ago. */
function dayLeaves(day: Day, n: number, unit: DayUnit): Day {
  let left = shift(day, -n, unit);
  while (shift(left, n, unit) <= day) left = addDays(left, 1);
  return left;
}

/** The first instant at which what happened at `at` is more than n units ago. */
export function leaves(at: number, n: number, unit: Unit, zone: string): number {
  const ms = EXACT_MS[unit];
  if (ms !== undefined) return at + n * ms + 1;
  const days = unit === "minute" || unit === "hour" ? "day" : unit;
  return startMs(dayLeaves(dayAt(at, zone), n, days), zone);
}

/** From when (included) until when (excluded) a window reaches; null: without end. */
export type Reach = { readonly from: number | null; readonly until: number | null };

export function reachOf(window: Window, moment: Moment): Reach {
  switch (window.in) {
    case "ever":
      return { from: null, until: null };
    case "last":
      return { from: since(moment, window.n, window.unit), until: null };
    case "before":
      return { from: null, until: since(moment, window.n, window.unit) };
    case "ago":
      return {
        from: since(moment, window.to, window.unit),
        until: since(moment, window.from, window.unit),
      };
    case "dates":
      return {
        from: window.from === null ? null : startMs(window.from, moment.zone),
        until: window.to === null ? null : startMs(addDays(window.to, 1), moment.zone),
      };
  }
}

export const isWithin = (at: number, { from, until }: Reach) =>
  (from === null || at >= from) && (until === null || at < until);

/** The later instants at which something that happened at `at` enters or leaves a window. */
export function crossings(window: Window, at: number, zone: string): number[] {
  switch (window.in) {
    case "ever":
    case "dates":
      return [];
    case "last":
    case "before":
      return [leaves(at, window.n, window.unit, zone)];
    case "ago":
      return [leaves(at, window.from, window.unit, zone), leaves(at, window.to, window.unit, zone)];
  }
}

const LEAP_DAY = "02-29";
const isLeap = (year: number) => new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;

/** The next time a day comes round, today included; the 29th of February is kept on the 28th in other years. */
export function nextAnniversary(day: Day, today: Day): Day {
  const inYear = (year: number) => {
    const rest = day.slice(5) === LEAP_DAY && !isLeap(year) ? "02-28" : day.slice(5);
    return `${String(year).padStart(4, "0")}-${rest}`;
  };
  const year = Number(today.slice(0, 4));
  return inYear(year) >= today ? inYear(year) : inYear(year + 1);
}

/** Whole years from one day to another. */
export const yearsBetween = (from: Day, to: Day) =>
  Number(to.slice(0, 4)) - Number(from.slice(0, 4)) - (to.slice(5) < from.slice(5) ? 1 : 0);

/** The next instant at which somebody born on a day is a year older. */
export function birthdayAfter(day: Day, { today, zone }: Moment): number {
  const next = (year: number) =>
    day.slice(5) === LEAP_DAY && !isLeap(year) ? `${year}-03-01` : `${year}-${day.slice(5)}`;
  const year = Number(today.slice(0, 4));
  return startMs(next(year) > today ? next(year) : next(year + 1), zone);
}

/** Whether a day passes a test at a moment. */
export function passesDay(test: DayTest, day: Day | null, { today }: Moment): boolean {
  if (test.op === "unknown") return day === null;
  if (day === null) return false;
  switch (test.op) {
    case "known":
      return true;
    case "on_or_after":
      return day >= test.day;
    case "on_or_before":
      return day <= test.day;
    case "between":
      return day >= test.from && day <= test.to;
    case "last":
      return day >= shift(today, test.n, test.unit) && day <= today;
    case "before":
      return day < shift(today, test.n, test.unit);
    case "next":
      return day >= today && day <= addDays(today, test.days);
    case "anniversary":
      return daysBetween(today, nextAnniversary(day, today)) <= test.days;
  }
}

/** The instants at which a test of a day may change its answer; those in the past do not matter. */
export function dayCrossings(test: DayTest, day: Day | null, { today, zone }: Moment): number[] {
  if (day === null) return [];
  switch (test.op) {
    case "last":
      return [startMs(day, zone), startMs(dayLeaves(day, test.n, test.unit), zone)];
    case "before":
      return [startMs(dayLeaves(day, test.n, test.unit), zone)];
    case "next":
      return [startMs(addDays(day, -test.days), zone), startMs(addDays(day, 1), zone)];
    case "anniversary": {
      const next = nextAnniversary(day, today);
      const after = nextAnniversary(day, addDays(next, 1));
      return [addDays(next, -test.days), addDays(next, 1), addDays(after, -test.days)].map((each) =>
        startMs(each, zone),
      );
    }
    case "on_or_after":
    case "on_or_before":
    case "between":
    case "known":
    case "unknown":
      return [];
  }
}
