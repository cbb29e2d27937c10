/** What a rule asks of a bill, each as one question that is quick to answer. */
import { type Day, dayOf, daysBetween, type WallClock } from "../../../kernel/time";
import type { Standing } from "../../model";
import type { Around, Hours, MissedCode, Rule, When } from "../model";

/** What all rules ask of a bill and its member, worked out once for the bill. Ids as numbers. */
export type Asked = {
  readonly clock: WallClock;
  readonly tierId: string;
  readonly locationId: number;
  readonly totalMinor: bigint;
  readonly isPrepaid: boolean;
  /** The number of the visit this purchase is. */
  readonly visit: number;
  readonly isFirst: Readonly<Record<"day" | "month" | "ever", boolean>>;
  readonly segments: readonly number[];
  readonly tags: readonly number[];
  /** Days since the birthday and the day of joining came round, in the years around this one; below zero: days until. */
  readonly sinceBirthday: readonly number[];
  readonly sinceJoining: readonly number[];
};

/** Why the rule is missed where this does not hold. */
export type Condition = { readonly code: MissedCode; readonly holds: (asked: Asked) => boolean };

/** Works out once what rules may ask. */
export function askedOf(
  standing: Standing,
  bill: {
    readonly totalMinor: bigint;
    readonly locationId?: bigint | null;
    readonly isPrepaid?: boolean;
  },
  clock: WallClock,
  zone: string,
): Asked {
  const { isFirst, visits = isFirst ? 0 : 1, lastAt, segments = [], tags = [], createdAt } = standing;
  const last = lastAt ? dayOf(lastAt, zone) : "";
  return {
    clock,
    tierId: standing.tierId,
    locationId: Number(bill.locationId ?? 0),
    totalMinor: bill.totalMinor,
    isPrepaid: bill.isPrepaid ?? false,
    visit: visits + 1,
    isFirst: {
      ever: isFirst,
      day: isFirst || last < clock.day,
      month: isFirst || last.slice(0, 7) < clock.day.slice(0, 7),
    },
    segments: segments.map(Number),
    tags: tags.map(Number),
    sinceBirthday: sinceReturns(standing.birthDate ?? null, clock.day, false),
    sinceJoining: sinceReturns(createdAt ? dayOf(createdAt, zone) : null, clock.day, true),
  };
}

/** The conditions of a rule but for its goods and its dates, which are looked up instead of asked. */
export function conditionsOf({ when }: Rule): Condition[] {
  const { hours, first, visit, minBillMinor, birthday, anniversary } = when;
  const locations = numbers(when.locations);
  const tiers = when.tiers && new Set(when.tiers);
  const segments = numbers(when.segments);
  const tags = numbers(when.tags);
  const all: Condition[] = [];
  const ask = (code: MissedCode, holds: Condition["holds"]) => all.push({ code, holds });
  if (locations) ask("missed_location", ({ locationId }) => locations.has(locationId));
  if (hours) ask("missed_hours", ({ clock }) => isWithin(hours, clock));
  if (tiers) ask("missed_tier", ({ tierId }) => tiers.has(tierId));
  if (segments) ask("missed_segment", (asked) => asked.segments.some((id) => segments.has(id)));
  if (tags) ask("missed_tag", (asked) => asked.tags.some((id) => tags.has(id)));
  if (first) ask("missed_first", ({ isFirst }) => isFirst[first]);
  if (visit) ask("missed_visit", (asked) => isVisit(visit, asked.visit));
  if (minBillMinor !== null) ask("missed_minimum", ({ totalMinor }) => totalMinor >= minBillMinor);
  if (when.isPrepaid) ask("missed_prepaid", ({ isPrepaid }) => isPrepaid);
  if (birthday) ask("missed_birthday", ({ sinceBirthday }) => isAround(sinceBirthday, birthday));
  if (anniversary) ask("missed_anniversary", ({ sinceJoining }) => isAround(sinceJoining, anniversary));
  return all;
}

const numbers = (ids: readonly bigint[] | null) => (ids ? new Set(ids.map(Number)) : null);

/** Values of the sentence that says what was missing. */
export function missingOf(code: MissedCode, when: When, asked: Asked): Record<string, string | number> {
  if (code === "missed_minimum" && when.minBillMinor !== null)
    return { minor: (when.minBillMinor - asked.totalMinor).toString() };
  if (code === "missed_first" && when.first) return { of: when.first };
  if (code === "missed_visit" && when.visit) {
    const { is, n } = when.visit;
    return { left: is === "every" ? n - (asked.visit % n) : Math.max(0, n - asked.visit) };
  }
  return {};
}

function isVisit({ is, n }: NonNullable<When["visit"]>, visit: number): boolean {
  if (is === "every") return visit % n === 0;
  return is === "exactly" ? visit === n : visit >= n;
}

/** Whether a clock stands within some hours; what begins late in a day may end on the next. */
export function isWithin(hours: readonly Hours[], { weekday, minute }: WallClock): boolean {
  const yesterday = weekday === 1 ? 7 : weekday - 1;
  return hours.some(({ weekdays, from, to }) =>
    to > from
      ? weekdays.includes(weekday) && minute >= from && minute < to
      : (weekdays.includes(weekday) && minute >= from) || (weekdays.includes(yesterday) && minute < to),
  );
}

const isAround = (since: readonly number[], { before, after }: Around) =>
  since.some((days) => days >= -before && days <= after);

/** Days since each yearly return of a date around today; `isLater`: the date itself is not its own return. */
function sinceReturns(date: Day | null, today: Day, isLater: boolean): number[] {
  if (!date) return [];
  const year = Number(today.slice(0, 4));
  const years = [year - 1, year, year + 1].filter((each) => !isLater || each > Number(date.slice(0, 4)));
  return years.map((each) => daysBetween(returnOf(date, each), today));
}

/** 29 February comes back on 28 February where the year has none. */
function returnOf(date: Day, year: number): Day {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const day = date.slice(5) === "02-29" && !isLeap ? "02-28" : date.slice(5);
  return `${String(year).padStart(4, "0")}-${day}`;
}
