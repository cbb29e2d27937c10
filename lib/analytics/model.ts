import { addDays, type Day, daysBetween } from "../kernel/time";

/**
 * A business's figures over one calendar day or several.
 *
 * Units: money in minor units, points in hundredths. Time: everything stands on the day it happened, a refund on the day of
 * the refund, never on the day of its purchase; so a finished day does not change any more.
 */
export type Figures = {
  /** Visits: purchases recorded. A later refund takes money and points back, not the visit. */
  readonly purchases: number;
  /** Visits by members who had visited before. */
  readonly returning: number;
  /** Members who came into the programme, by whatever way. */
  readonly newMembers: number;
  /** Bills before discounts and points. */
  readonly totalMinor: bigint;
  /** What was paid in money. */
  readonly cashMinor: bigint;
  readonly discountMinor: bigint;
  /** Money given back by refunds. */
  readonly refundedMinor: bigint;
  /** Earned and given, less what was taken back by refunds or deducted by hand. */
  readonly pointsIssued: bigint;
  /** Paid with, less what refunds gave back. */
  readonly pointsSpent: bigint;
  /** Gone unspent, less what refunds called back. */
  readonly pointsExpired: bigint;
};
export type DayFigures = Figures & { readonly day: Day };

export const NOTHING: Figures = {
  purchases: 0,
  returning: 0,
  newMembers: 0,
  totalMinor: 0n,
  cashMinor: 0n,
  discountMinor: 0n,
  refundedMinor: 0n,
  pointsIssued: 0n,
  pointsSpent: 0n,
  pointsExpired: 0n,
};

/** The events that move a day's figures. */
export const COUNTED = [
  "purchase.recorded",
  "purchase.refunded",
  "points.granted",
  "points.expired",
  "member.joined",
] as const;

type Payload = Readonly<Record<string, unknown>>;

const amount = (payload: Payload, name: string): bigint => {
  const value = payload[name];
  return typeof value === "number" || typeof value === "string" ? BigInt(value) : 0n;
};

/** What one event adds to its day. An event of another kind adds nothing. */
export function figuresOf(type: string, payload: Payload): Figures {
  const of = (name: string) => amount(payload, name);
  switch (type) {
    case "purchase.recorded":
      return {
        ...NOTHING,
        purchases: 1,
        returning: payload.isFirst === true ? 0 : 1,
        totalMinor: of("totalMinor"),
        cashMinor: of("cashMinor"),
        discountMinor: of("discountMinor"),
        pointsIssued: of("pointsEarned"),
        pointsSpent: of("pointsSpent"),
        pointsExpired: of("pointsExpired"),
      };
    case "purchase.refunded":
      return {
        ...NOTHING,
        refundedMinor: of("cashMinor"),
        pointsIssued: -of("pointsTaken"),
        pointsSpent: -of("pointsReturned"),
        pointsExpired: of("pointsExpired"),
      };
    case "points.granted":
      return { ...NOTHING, pointsIssued: of("points"), pointsExpired: of("pointsExpired") };
    case "points.expired":
      return { ...NOTHING, pointsExpired: of("pointsExpired") };
    case "member.joined":
      return { ...NOTHING, newMembers: 1 };
    default:
      return NOTHING;
  }
}

/** Two figures together; `sign` -1 takes the second away. */
export function add(a: Figures, b: Figures, sign: 1 | -1 = 1): Figures {
  const big = BigInt(sign);
  return {
    purchases: a.purchases + sign * b.purchases,
    returning: a.returning + sign * b.returning,
    newMembers: a.newMembers + sign * b.newMembers,
    totalMinor: a.totalMinor + big * b.totalMinor,
    cashMinor: a.cashMinor + big * b.cashMinor,
    discountMinor: a.discountMinor + big * b.discountMinor,
    refundedMinor: a.refundedMinor + big * b.refundedMinor,
    pointsIssued: a.pointsIssued + big * b.pointsIssued,
    pointsSpent: a.pointsSpent + big * b.pointsSpent,
    pointsExpired: a.pointsExpired + big * b.pointsExpired,
  };
}

/** What a tile shows for a span of days. */
export type Summary = Figures & {
  /** Money taken less money given back. */
  readonly revenueMinor: bigint;
  /** Share of visits by members who had visited before; null without visits. */
  readonly returningShare: number | null;
  /** Bills before discounts and points, per visit; null without visits. */
  readonly averageBillMinor: bigint | null;
};

/** Sums days up: shares and averages are taken over all visits of the span, not averaged over days. */
export function summarise(days: readonly Figures[]): Summary {
  const sum = days.reduce((a, b) => add(a, b), NOTHING);
  return {
    ...sum,
    revenueMinor: revenueOf(sum),
    returningShare: sum.purchases > 0 ? sum.returning / sum.purchases : null,
    averageBillMinor: sum.purchases > 0 ? sum.totalMinor / BigInt(sum.purchases) : null,
  };
}

/** Money taken less money given back; below zero on a day of refunds only. */
export const revenueOf = (figures: Figures): bigint => figures.cashMinor - figures.refundedMinor;

export const SPANS = ["today", "week", "month"] as const;
export type Span = (typeof SPANS)[number];
/** Both ends included. */
export type DayRange = { readonly from: Day; readonly to: Day };

/**
 * A span up to today and the same span before it.
 *
 * Time: today against the whole of yesterday; the week from Monday, and the month from its first, up to today against as many
 * days of the week or month before (a shorter month gives all it has).
 */
export function rangesOf(span: Span, today: Day): { now: DayRange; before: DayRange } {
  if (span === "today") {
    const yesterday = addDays(today, -1);
    return { now: { from: today, to: today }, before: { from: yesterday, to: yesterday } };
  }
  if (span === "week") {
    const monday = addDays(today, -((new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7));
    return {
      now: { from: monday, to: today },
      before: { from: addDays(monday, -7), to: addDays(today, -7) },
    };
  }
  const first = `${today.slice(0, 8)}01`;
  const lastBefore = addDays(first, -1);
  const firstBefore = `${lastBefore.slice(0, 8)}01`;
  const same = addDays(firstBefore, daysBetween(first, today));
  return {
    now: { from: first, to: today },
    before: { from: firstBefore, to: same < lastBefore ? same : lastBefore },
  };
}

/** Every day of a range, those without a row as zeros. */
export function filled(rows: readonly DayFigures[], range: DayRange): DayFigures[] {
  const known = new Map(rows.map((row) => [row.day, row]));
  return Array.from({ length: daysBetween(range.from, range.to) + 1 }, (_, index) => {
    const day = addDays(range.from, index);
    return known.get(day) ?? { ...NOTHING, day };
  });
}

export { type Entry, TIMELINE_KINDS, type TimelineKind } from "./timeline/model";
