/** A bill in parts that rules add to and take from. Amounts in hundredths; each is rounded once, when it becomes one. */
import { maxBig, minBig } from "../../../kernel/money";
import type { Bill, BillLine, Standing } from "../../model";
import type { Match } from "../match/model";
import type { Gives } from "../model";

export const WHOLE = 10_000n;
const SQUARE = WHOLE * WHOLE;

/** One line of the bill while it is priced. */
export type Part = {
  readonly line: BillLine;
  /** Its amount after discounts. */
  left: bigint;
  /** What rules alone took off. */
  off: bigint;
  earns: boolean;
  pays: boolean;
  discounts: boolean;
};

/** `over / under`, half up; both not negative. */
export const halfUp = (over: bigint, under: bigint): bigint =>
  under === 0n ? 0n : (2n * over + under) / (2n * under);

/** The bill's lines in an order of their own, so that the till's does not matter; what no line names comes last. */
export function partsOf({ totalMinor, lines = [] }: Bill): Part[] {
  const known = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  const sorted = lines.length > 1 ? lines.toSorted(byContent) : lines;
  const rest: BillLine = { itemId: null, category: null, quantity: 1, amountMinor: totalMinor - known };
  return (totalMinor > known || lines.length === 0 ? [...sorted, rest] : sorted).map((line) => ({
    line,
    left: line.amountMinor,
    off: 0n,
    earns: true,
    pays: true,
    discounts: true,
  }));
}

function byContent(a: BillLine, b: BillLine): number {
  return (
    compare(a.itemId ?? 0n, b.itemId ?? 0n) ||
    compare(a.category ?? "", b.category ?? "") ||
    compare(a.amountMinor, b.amountMinor) ||
    a.quantity - b.quantity
  );
}
const compare = <T>(a: T, b: T) => (a < b ? -1 : a > b ? 1 : 0);

export function sumOf(parts: readonly Part[], amount: (part: Part) => bigint): bigint {
  let sum = 0n;
  for (const part of parts) sum += amount(part);
  return sum;
}

/** The parts a rule looks at. */
export function at(parts: readonly Part[], { lines }: Match): readonly Part[] {
  if (lines.length === parts.length) return parts;
  const mine: Part[] = [];
  for (const index of lines) {
    const part = parts[index];
    if (part) mine.push(part);
  }
  return mine;
}

/** Takes an amount off some parts, in proportion to what is left of them; no more than that. */
export function takeOff(parts: readonly Part[], amount: bigint, isRule: boolean): void {
  const whole = sumOf(parts, ({ left }) => left);
  let before = 0n;
  let taken = 0n;
  for (const part of parts) {
    before += part.left;
    const share = halfUp(amount * before, whole) - taken;
    taken += share;
    part.left -= share;
    if (isRule) part.off += share;
  }
}

/** The money a discount rule takes off goods of this price; zero for other rules. */
export function discountOf(gives: Gives, baseMinor: bigint, standing: Standing): bigint {
  switch (gives.is) {
    case "discount":
      return halfUp(baseMinor * BigInt(gives.bps), WHOLE);
    case "off":
      return minBig(gives.minor, baseMinor);
    case "bands":
      return halfUp(baseMinor * BigInt(bandOf(gives.bands, standing)), WHOLE);
    case "rate":
    case "times":
    case "extra":
    case "points":
    case "share":
    case "exclude":
      return 0n;
  }
}

/** The rate of the highest band reached by all the member spent. */
export function bandOf(
  bands: readonly { fromMinor: bigint; bps: number }[],
  { cashSpentMinor = 0n }: Standing,
): number {
  let best: { fromMinor: bigint; bps: number } | undefined;
  for (const band of bands)
    if (cashSpentMinor >= band.fromMinor && (!best || band.fromMinor > best.fromMinor)) best = band;
  return best?.bps ?? 0;
}

/** Points of a rule that adds to the rate, for `onMinor` spread over what earns by what is left of each part. */
export type Earning = {
  readonly onMinor: bigint;
  readonly wholeMinor: bigint;
  readonly rate: (part: Part) => number;
};

export function pointsOf(gives: Gives, parts: readonly Part[], earning: Earning): bigint {
  const { onMinor, wholeMinor, rate } = earning;
  const earners = parts.filter(({ earns }) => earns);
  switch (gives.is) {
    case "rate":
    case "extra":
      return halfUp(sumOf(earners, ({ left }) => left) * BigInt(gives.bps) * onMinor, wholeMinor * WHOLE);
    case "times": {
      const rated = sumOf(earners, (part) => part.left * BigInt(rate(part)));
      return halfUp(rated * BigInt(gives.bps - 10_000) * onMinor, wholeMinor * SQUARE);
    }
    case "points": {
      const units = BigInt(earners.reduce((sum, { line }) => sum + Math.max(1, line.quantity), 0));
      return earners.length === 0 ? 0n : gives.points * (gives.per === "unit" ? units : 1n);
    }
    case "discount":
    case "off":
    case "bands":
    case "share":
    case "exclude":
      return 0n;
  }
}

/** Says what a rule alone would give, to tell the best of a group: points and money weigh the same. */
export function weigher(
  parts: readonly Part[],
  standing: Standing,
  tier: { readonly earnBps: number; readonly shareBps: number },
): (match: Match) => bigint {
  const wholeMinor = sumOf(parts, ({ left }) => left);
  const earning = { onMinor: wholeMinor, wholeMinor, rate: () => tier.earnBps };
  return (match) => {
    const { gives } = match.ready.rule;
    const mine = at(parts, match);
    const price = sumOf(mine, ({ line }) => line.amountMinor);
    if (gives.is === "share") return maxBig(0n, (price * BigInt(gives.bps - tier.shareBps)) / WHOLE);
    const points = pointsOf(gives, mine, earning);
    if (gives.is !== "rate") return points + discountOf(gives, price, standing);
    return points - pointsOf({ is: "extra", bps: tier.earnBps }, mine, earning);
  };
}
