/** Waits and schedules on a wall clock: calendar days in the business's zone, over clock changes as people expect. */
import { addDays, type Day, dayOf } from "../../kernel/time";
import type { Duration, Schedule, Until } from "../schema";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Minutes after midnight a zone's clock shows at an instant. */
export function minuteOfDay(at: Date, zone: string): number {
  let clock = clocks.get(zone);
  if (!clock) {
    clock = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      hourCycle: "h23",
      hour: "2-digit",
      minute: "2-digit",
    });
    clocks.set(zone, clock);
  }
  const [hours, minutes] = clock.format(at).split(":").map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

/** What the zone's clock shows, as if it were UTC. */
const shown = (at: number, zone: string) =>
  Date.parse(`${dayOf(new Date(at), zone)}T00:00:00Z`) + minuteOfDay(new Date(at), zone) * MINUTE_MS;

/**
 * The instant a zone's clock shows a time on a day.
 *
 * Time: a time the clock skips becomes the first instant after the gap; one it shows twice, the first of the two.
 */
export function instantAt(day: Day, minute: number, zone: string): Date {
  const wall = Date.parse(`${day}T00:00:00Z`) + minute * MINUTE_MS;
  const offsetAt = (at: number) => shown(at, zone) - at;
  const before = wall - offsetAt(wall - DAY_MS);
  const behind = wall - offsetAt(wall + DAY_MS);
  const found = [before, behind].toSorted((a, b) => a - b).find((at) => shown(at, zone) === wall);
  return new Date(found ?? afterGap(Math.min(before, behind), Math.max(before, behind), zone));
}

/** The minute at which the clock jumps, somewhere between two instants. */
function afterGap(from: number, to: number, zone: string): number {
  const offset = shown(from, zone) - from;
  let [low, high] = [from, to];
  while (high - low > MINUTE_MS) {
    const middle = low + Math.floor((high - low) / 2 / MINUTE_MS) * MINUTE_MS;
    if (shown(middle, zone) - middle === offset) low = middle;
    else high = middle;
  }
  return high;
}

/** A time written "HH:MM" as minutes after midnight. */
export const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** A stretch of time after an instant; days are calendar days that keep the clock's time. */
export function after(now: Date, { amount, unit }: Duration, zone: string): Date {
  if (unit === "minutes") return new Date(now.getTime() + amount * MINUTE_MS);
  if (unit === "hours") return new Date(now.getTime() + amount * HOUR_MS);
  const moved = instantAt(addDays(dayOf(now, zone), amount), minuteOfDay(now, zone), zone);
  return new Date(moved.getTime() + (now.getTime() % MINUTE_MS));
}

/** Monday is 1. */
export const weekdayOf = (day: Day): number => ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;

/** The birthday (or its eve) in a year: the 29th of February falls on the 28th in years without it. */
export function yearlyOn(date: Day, year: number): Day {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const rest = date.slice(5) === "02-29" && !leap ? "02-28" : date.slice(5);
  return `${String(year).padStart(4, "0")}-${rest}`;
}

/** When a wait is over; never before `now`, so that a moment gone by is no wait at all. Nothing: it can never be. */
export function dueAt(until: Until, now: Date, zone: string, birthDate: Day | null): Date | undefined {
  switch (until.kind) {
    case "duration":
      return after(now, until.duration, zone);
    case "hour":
      return nextHour(now, until.hour, until.weekdays, zone);
    case "date":
      return latest(now, instantAt(until.day, minuteOf(until.time), zone));
    case "birthday":
      return birthDate === null ? undefined : nextYearly(birthDate, until.offsetDays, until.hour, now, zone);
  }
}

const latest = (a: Date, b: Date) => (a > b ? a : b);

function nextHour(now: Date, hour: number, weekdays: readonly number[], zone: string): Date {
  const today = dayOf(now, zone);
  for (let ahead = 0; ahead <= 8; ahead += 1) {
    const day = addDays(today, ahead);
    if (weekdays.length > 0 && !weekdays.includes(weekdayOf(day))) continue;
    const at = instantAt(day, hour * 60, zone);
    if (at >= now) return at;
  }
  return now;
}

function nextYearly(date: Day, offsetDays: number, hour: number, now: Date, zone: string): Date {
  const year = Number(dayOf(now, zone).slice(0, 4));
  for (const each of [year - 1, year, year + 1]) {
    const at = instantAt(addDays(yearlyOn(date, each), offsetDays), hour * 60, zone);
    if (at >= now) return at;
  }
  return instantAt(addDays(yearlyOn(date, year + 2), offsetDays), hour * 60, zone);
}

/** The first time a schedule strikes after an instant; nothing when it never will again. */
export function nextStrike(schedule: Schedule, since: Date, zone: string): Date | undefined {
  if (schedule.kind === "now") return undefined;
  const minute = minuteOf(schedule.time);
  if (schedule.kind === "once") {
    const at = instantAt(schedule.day, minute, zone);
    return at > since ? at : undefined;
  }
  const today = dayOf(since, zone);
  for (let ahead = 0; ahead <= 62; ahead += 1) {
    const day = addDays(today, ahead);
    const strikes =
      schedule.kind === "weekly"
        ? schedule.weekdays.includes(weekdayOf(day))
        : Number(day.slice(8)) === Math.min(schedule.dayOfMonth, lastOfMonth(day));
    const at = strikes ? instantAt(day, minute, zone) : since;
    if (at > since) return at;
  }
  return undefined;
}

const lastOfMonth = (day: Day) =>
  new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate();

/** The day on which a personal date with this offset is celebrated today: the date's own month and day. */
export function celebratedOn(today: Day, offsetDays: number): Day[] {
  const day = addDays(today, -offsetDays);
  const next = addDays(day, 1);
  // In a year without it, those born on the 29th of February celebrate with the 28th.
  return day.endsWith("-02-28") && !next.endsWith("-02-29") ? [day, `${day.slice(0, 4)}-02-29`] : [day];
}
