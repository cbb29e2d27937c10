import { addDays, type Day, dayOf, startOfDay } from "../../kernel/time";

/** How earned points end. `earnedDays` of the programme counts the days of `days` and `inactive`. */
export const EXPIRY_KINDS = ["days", "months", "date", "inactive"] as const;
export type Expiry = {
  /**
   * `days`: so many after they were earned (none: never). `months`: so many calendar months after. `date`: on a day of the year.
   * `inactive`: so many days without a visit.
   */
  readonly kind: (typeof EXPIRY_KINDS)[number];
  readonly months: number;
  /** The yearly date. A day the month does not have is its last one. */
  readonly month: number;
  readonly day: number;
  /** `date`: points younger than this many days wait for the next year's. */
  readonly minDays: number;
  /** Whether points live on to the end of the month they would end in. */
  readonly toMonthEnd: boolean;
  /** Whether a purchase gives points that are already there the time new ones get. */
  readonly extends: boolean;
};

export const PLAIN_EXPIRY: Expiry = {
  kind: "days",
  months: 12,
  month: 12,
  day: 31,
  minDays: 90,
  toMonthEnd: false,
  extends: false,
};

/** What a programme says about the time points have. */
export type Deadlines = {
  readonly earnedDays: number | null;
  readonly pendingDays: number;
  /** Whether earned points wait for a confirmation; with `pendingDays` no longer than that. */
  readonly confirmEarned: boolean;
  readonly expiry: Expiry;
};

/** When points start that wait for a confirmation however long it takes: before those that wait for a visit (NEVER of the ledger). */
export const AWAITING = new Date("2900-01-01T00:00:00Z");
export const isAwaiting = (at: Date): boolean => at.getTime() >= AWAITING.getTime();

/** Kinds of lots a visit keeps alive: what was earned or given to live as long as earned points. */
export const VISIT_KINDS = ["purchase", "first_purchase", "grant", "voucher"] as const;

/**
 * When points earned now start and end under a programme.
 *
 * Time: calendar days of the business's `zone`; points live to the end of their last day, counted from the day they start.
 * Shape: points that wait for a confirmation without a limit have no end until they are confirmed.
 */
export function lifetime(
  programme: Deadlines,
  now: Date,
  zone: string,
): { availableAt: Date; expiresAt: Date | null } {
  if (programme.confirmEarned && programme.pendingDays === 0)
    return { availableAt: AWAITING, expiresAt: null };
  const availableOn = addDays(dayOf(now, zone), programme.pendingDays);
  return {
    availableAt: programme.pendingDays > 0 ? startOfDay(availableOn, zone) : now,
    expiresAt: endOf(programme, availableOn, zone),
  };
}

/** The same for points that can be spent at once: given by staff, confirmed, or brought back to life by a visit. */
export function lifetimeAtOnce(programme: Deadlines, now: Date, zone: string): Date | null {
  return endOf(programme, dayOf(now, zone), zone);
}

/** The last instant (exclusive) of points that live for some days from now. */
export function expiryAfter(days: number, now: Date, zone: string): Date {
  return startOfDay(addDays(dayOf(now, zone), days + 1), zone);
}

/** Whether a visit moves the end of points that are already there. */
export const visitsExtend = ({ expiry, earnedDays }: Deadlines): boolean =>
  expiry.kind === "inactive" ? earnedDays !== null : expiry.extends && lastDayMoves(expiry, earnedDays);

const lastDayMoves = (expiry: Expiry, earnedDays: number | null) =>
  expiry.kind !== "days" || earnedDays !== null;

function endOf({ expiry, earnedDays }: Deadlines, startsOn: Day, zone: string): Date | null {
  const last = lastDay(expiry, earnedDays, startsOn);
  if (last === null) return null;
  const rounded = expiry.toMonthEnd && expiry.kind !== "date" ? monthEnd(last) : last;
  return startOfDay(addDays(rounded, 1), zone);
}

/** The last day points live that start on a day; nothing: they live for ever. */
export function lastDay(expiry: Expiry, earnedDays: number | null, startsOn: Day): Day | null {
  switch (expiry.kind) {
    case "days":
    case "inactive":
      return earnedDays === null ? null : addDays(startsOn, earnedDays);
    case "months":
      return addMonths(startsOn, expiry.months);
    case "date": {
      const least = addDays(startsOn, expiry.minDays);
      const year = Number(least.slice(0, 4));
      const same = dayIn(year, expiry.month, expiry.day);
      return same >= least ? same : dayIn(year + 1, expiry.month, expiry.day);
    }
  }
}

const two = (value: number) => String(value).padStart(2, "0");
const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();
const dayIn = (year: number, month: number, day: number): Day =>
  `${String(year).padStart(4, "0")}-${two(month)}-${two(Math.min(day, daysIn(year, month)))}`;

/** The same day some months later; where the month is shorter, its last day. */
export function addMonths(day: Day, months: number): Day {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const index = year * 12 + (month - 1) + months;
  return dayIn(Math.floor(index / 12), (index % 12) + 1, date);
}

/** The last day of the month a day lies in. */
export function monthEnd(day: Day): Day {
  const [year = 0, month = 1] = day.split("-").map(Number);
  return dayIn(year, month, 31);
}
