import type { Window } from "./window/model";

export type { Keeping, Outlook } from "./outlook/model";
export { PERK_KINDS, type Perk } from "./perks/model";
export {
  afterPurchase,
  afterRefund,
  type Entry,
  figuresOf,
  isOverdue,
  type Life,
  type Stands,
  type Stood,
} from "./standing/model";
export { WINDOW_KINDS, type Window, windowEnd, windowKey, windowStart } from "./window/model";

import type { Perk } from "./perks/model";

/** Figures that lift a member to a tier: reaching any one of them is enough. Null: not by this way. */
export type Thresholds = {
  readonly spentMinor: bigint | null;
  readonly invited: number | null;
  readonly visits: number | null;
  readonly experience: number | null;
};
export const THRESHOLDS = ["spentMinor", "visits", "invited", "experience"] as const;
export type ThresholdName = (typeof THRESHOLDS)[number];

/** A status with its rates. The base tier's id is always `base`. */
export type Tier = Thresholds & {
  readonly id: string;
  readonly name: string;
  /** Cashback or discount, by the programme's policy. */
  readonly rateBps: number;
  /** Share of a bill payable with points; null: the programme's own cap holds. */
  readonly maxPointsBps: number | null;
  /** What is enough to stay, within the window; null: the same as to enter. */
  readonly keep: Thresholds | null;
  /** Points given once to whoever reaches the tier, and the days they live (null: for ever). */
  readonly gift: { readonly points: bigint; readonly days: number | null } | null;
  readonly perks: readonly Perk[];
};

/** Experience: a reading of the same figures. Whole units for a visit, for 100 of money, for a friend who bought. */
export type Experience = {
  readonly perVisit: number;
  readonly perHundred: number;
  readonly perFriend: number;
};

/** How a programme lifts members and lets them fall. */
export type Qualifying = {
  readonly window: Window;
  /** Days somebody below what keeps the tier still stays on it. */
  readonly graceDays: number;
  /** Where to: one tier lower, or to what the figures keep. */
  readonly downgrade: "step" | "full";
};

export const FOR_EVER: Qualifying = { window: { kind: "ever" }, graceDays: 0, downgrade: "full" };
export const NO_EXPERIENCE: Experience = { perVisit: 0, perHundred: 0, perFriend: 0 };

/** A programme's tiers and how they are reached. */
export type Ladder = {
  readonly base: Tier;
  readonly tiers: readonly Tier[];
  readonly qualifying: Qualifying;
  readonly experience: Experience;
};

/** What qualifies, counted within the window. */
export type Progress = {
  readonly cashSpentMinor: bigint;
  readonly visits: number;
  readonly effectiveInvited: number;
};

/** Experience these figures are worth. */
export function experienceOf({ experience }: Pick<Ladder, "experience">, at: Progress): number {
  const byMoney = (at.cashSpentMinor * BigInt(experience.perHundred)) / 10_000n;
  return Number(byMoney) + at.visits * experience.perVisit + at.effectiveInvited * experience.perFriend;
}

/** Whether the figures satisfy any of the thresholds. */
export function meets(ladder: Pick<Ladder, "experience">, wanted: Thresholds, at: Progress): boolean {
  return (
    (wanted.spentMinor !== null && at.cashSpentMinor >= wanted.spentMinor) ||
    (wanted.visits !== null && at.visits >= wanted.visits) ||
    (wanted.invited !== null && at.effectiveInvited >= wanted.invited) ||
    (wanted.experience !== null && experienceOf(ladder, at) >= wanted.experience)
  );
}

/** What is enough to stay on a tier. */
export const keepOf = (tier: Tier): Thresholds => tier.keep ?? tier;

/** The order of tiers, lowest first: by rate, among equals by the owner's list. Base is always the lowest. */
export function ladderOrder({ base, tiers }: Pick<Ladder, "base" | "tiers">): readonly Tier[] {
  return [
    base,
    ...tiers.filter((tier) => tier.rateBps >= base.rateBps).toSorted((a, b) => a.rateBps - b.rateBps),
  ];
}

/** The higher of two tiers. */
export function higher(ladder: Pick<Ladder, "base" | "tiers">, a: string, b: string): string {
  const order = ladderOrder(ladder).map(({ id }) => id);
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}

/**
 * The tier somebody with these figures enters: the best of those reached, else base.
 *
 * Shape: best means the highest rate; among equals the later in the owner's list.
 */
export function qualify(ladder: Omit<Ladder, "qualifying">, at: Progress): Tier {
  return ladderOrder(ladder).findLast((tier) => tier.id === "base" || meets(ladder, tier, at)) ?? ladder.base;
}

/** The best tier these figures keep: where somebody falls who falls all the way. */
export function qualifyToKeep(ladder: Omit<Ladder, "qualifying">, at: Progress): Tier {
  const order = ladderOrder(ladder);
  return order.findLast((tier) => tier.id === "base" || meets(ladder, keepOf(tier), at)) ?? ladder.base;
}

/** What is missing to some thresholds; null where that way does not lead there, zero where it is reached. */
export type Missing = {
  readonly moneyLeftMinor: bigint | null;
  readonly visitsLeft: number | null;
  readonly invitedLeft: number | null;
  readonly experienceLeft: number | null;
};

export function missing(ladder: Pick<Ladder, "experience">, wanted: Thresholds, at: Progress): Missing {
  const left = (goal: number | null, have: number) => (goal === null ? null : Math.max(0, goal - have));
  const money = wanted.spentMinor === null ? null : wanted.spentMinor - at.cashSpentMinor;
  return {
    moneyLeftMinor: money !== null && money < 0n ? 0n : money,
    visitsLeft: left(wanted.visits, at.visits),
    invitedLeft: left(wanted.invited, at.effectiveInvited),
    experienceLeft: left(wanted.experience, experienceOf(ladder, at)),
  };
}

/** What is missing to the next tier. */
export type NextTier = Missing & {
  readonly tier: Tier;
  /** The nearest way, 0..1, measured from zero. */
  readonly progress: number;
};

/** The nearest better tier with what is left to it, or nothing at the top. */
export function nextTier(
  current: Tier,
  ladder: Omit<Ladder, "qualifying">,
  at: Progress,
): NextTier | undefined {
  const order = ladderOrder(ladder);
  const next = order
    .slice(order.indexOf(current) + 1)
    .find((tier) => !meets(ladder, tier, at) && isReachable(tier));
  if (!next) return undefined;
  return { tier: next, ...missing(ladder, next, at), progress: progressTo(ladder, next, at) };
}

/** Where a member stands, with what they did in all and in the window that counts (nothing: no window). */
export type Reached = {
  readonly tierId: string;
  readonly totals: Progress;
  readonly counted: Progress | null;
};

/** The money left to the next tier; nothing at the top, or where money does not lead there. */
export function moneyToNext(ladder: Ladder, { tierId, totals, counted }: Reached): bigint | null {
  const isEver = ladder.qualifying.window.kind === "ever";
  const nothing: Progress = { cashSpentMinor: 0n, visits: 0, effectiveInvited: 0 };
  const at = isEver ? totals : (counted ?? nothing);
  return nextTier(tierById(ladder.base, ladder.tiers, tierId), ladder, at)?.moneyLeftMinor ?? null;
}

const isReachable = (tier: Thresholds) => THRESHOLDS.some((name) => tier[name] !== null);

/** How far the nearest of the ways is, 0..1. */
export function progressTo(ladder: Pick<Ladder, "experience">, wanted: Thresholds, at: Progress): number {
  const part = (goal: bigint | number | null, have: bigint | number) =>
    goal === null || Number(goal) === 0 ? 0 : Number(have) / Number(goal);
  const nearest = Math.max(
    part(wanted.spentMinor, at.cashSpentMinor),
    part(wanted.visits, at.visits),
    part(wanted.invited, at.effectiveInvited),
    part(wanted.experience, experienceOf(ladder, at)),
  );
  return Math.max(0, Math.min(1, nearest));
}

/** A tier by id; a tier that was removed counts as base. */
export function tierById(base: Tier, tiers: readonly Tier[], id: string): Tier {
  return tiers.find((tier) => tier.id === id) ?? base;
}
