import type { JsonObject } from "../kernel/json";
import { maxBig } from "../kernel/money";
import { wallClock } from "../kernel/time";
import type { Ladder, Tier } from "../tiers/model";
import { type Deadlines, expiryAfter, lifetime } from "./deadlines/model";
import { HELD_REASONS } from "./entitlements/model";
import { effectsOf, explain } from "./price/because/model";
import { evaluate, type Fired } from "./price/model";
import type { ReferralTerms } from "./referral/schema";
import type { Compiled } from "./rules/compile/model";
import { MISSED_REASONS, RULE_REASONS, type RuleUse, unitOf } from "./rules/model";

export {
  AWAITING,
  type Deadlines,
  type Expiry,
  expiryAfter,
  isAwaiting,
  lifetime,
  lifetimeAtOnce,
  VISIT_KINDS,
  visitsExtend,
} from "./deadlines/model";
export * from "./held/model";
export { referralRates, rewardsFriends } from "./referral/model";
export {
  FINDINGS,
  type Finding,
  type FindingCode,
} from "./rules/check/model";
export {
  ALWAYS,
  type Around,
  type Caps,
  type Gives,
  type GivesKind,
  type Goods,
  type Hours,
  isMissed,
  type MissedCode,
  NO_CAPS,
  PERIODS,
  type Rule,
  type RuleBody,
  type RuleCode,
  type RuleUse,
  unitOf,
  type When,
} from "./rules/model";

/** The promise a business makes: everything a price depends on. Points and money in hundredths, rates in basis points. */
export type Programme = Ladder &
  Deadlines & {
    readonly version: number;
    /** `points`: the rate is earned as points; `discount`: it comes off the bill at once. */
    readonly policy: "points" | "discount";
    /** Share of a bill payable with points where a tier says nothing. */
    readonly maxPointsBps: number;
    readonly welcome: {
      readonly points: bigint;
      /** Days they live; null: for ever. */
      readonly days: number | null;
      /** What a first purchase makes of them: nothing (null), or so many more days from then, or for ever. */
      readonly kept: { readonly days: number | null } | null;
    } | null;
    /** Zero: none. */
    readonly firstPurchasePoints: bigint;
    /** How many days before points end their owner is told; none: never. */
    readonly remindDays: readonly number[];
    /** The largest bill accepted; null: no limit. */
    readonly receiptLimitMinor: bigint | null;
    readonly purchaseByPhone: boolean;
    readonly spendByPhone: boolean;
    readonly receiptNumberRequired: boolean;
    readonly voucherDays: number;
    /** Ready for the evaluator; absent: none. */
    readonly rules?: Compiled;
    /** What is given for friends. */
    readonly referral: ReferralTerms;
  };

/** What a decision needs to know of a member. */
export type Standing = {
  readonly tierId: string;
  /** Points spendable now; below zero when points are owed. */
  readonly available: bigint;
  readonly isFirst: boolean;
  readonly visits?: number;
  readonly lastAt?: Date | null;
  /** Calendar date "YYYY-MM-DD". */
  readonly birthDate?: string | null;
  /** When they joined. */
  readonly createdAt?: Date | null;
  readonly segments?: readonly bigint[];
  readonly tags?: readonly bigint[];
  /** All the member ever spent in money. */
  readonly cashSpentMinor?: bigint;
  /** What rules with limits gave before. */
  readonly uses?: readonly RuleUse[];
};

/** One service or good on a bill, as rules see it. */
export type BillLine = {
  readonly itemId: bigint | null;
  readonly category: string | null;
  readonly quantity: number;
  readonly amountMinor: bigint;
};

/**
 * What a purchase does besides points and money: kept with it, done and undone with it. `kind` names the SQL functions
 * `effect_<kind>_apply` and `effect_<kind>_undo`; `detail.say` holds the values of a reason that says what could not be undone.
 */
export type PurchaseEffect = {
  readonly kind: string;
  readonly ref: string;
  readonly amount: bigint;
  readonly detail: JsonObject;
};

/** A rule the member brings by a promo code or an entitlement; `effect` goes with the purchase when the rule fires. */
export type Held = { readonly ruleId: bigint; readonly effect?: PurchaseEffect };

/** A bill as the till reads it out. `points`: how many to pay with; null asks for as many as allowed. */
export type Bill = {
  readonly totalMinor: bigint;
  readonly skipMinor: bigint;
  readonly unredeemableMinor: bigint;
  readonly points: bigint | null;
  /** What the bill is made of, as far as the till says; the rest of the total is goods unknown. */
  readonly lines?: readonly BillLine[];
  readonly locationId?: bigint | null;
  readonly held?: readonly Held[];
  /** Paid by tenders paid for before: earns nothing. */
  readonly certificateMinor?: bigint;
  /** Whether it is paid before the visit. */
  readonly isPrepaid?: boolean;
};

export type Grant = {
  readonly kind: "purchase" | "first_purchase" | "rule";
  readonly points: bigint;
  readonly availableAt: Date;
  readonly expiresAt: Date | null;
};

/** One step of the explanation: a code and the values its sentence needs. Amounts are decimal strings of hundredths. */
export type Reason = { readonly code: ReasonCode } & Readonly<Record<string, string | number | null>>;
export const REASONS = [
  "discount", // tier, rateBps, minor
  "cashback", // tier, rateBps, minor (the base), points
  "no_cashback_rate", // tier
  "skipped_part", // minor
  "unredeemable_part", // minor
  "points_paid", // points
  "points_capped_by_share", // bps, points
  "points_capped_by_balance", // points
  "first_purchase", // points
  "pending_until", // at
  "awaits_confirmation",
  "expires", // at
  "welcome", // points
  "tier_gift", // tier, points
  "tier_gift_back", // tier, points
  "refund_part", // minor, of
  "points_returned", // points
  "points_taken_back", // points
  "granted", // points
  "deducted", // points
  "voucher", // points, receipt
  "certificate_paid", // minor
  "certificate_returned", // minor
  ...HELD_REASONS,
  ...RULE_REASONS,
  ...MISSED_REASONS,
  "referral_percent", // level, rateBps, minor, points
  "referral_invitation", // points
  "referral_friend_join", // points
  "referral_friend_first", // points
  "referral_taken_back", // points
] as const;
export type ReasonCode = (typeof REASONS)[number];

export type Price = {
  readonly tier: Tier;
  readonly totalMinor: bigint;
  readonly skipMinor: bigint;
  readonly unredeemableMinor: bigint;
  readonly discountMinor: bigint;
  readonly maxPointsBps: number;
  /** The most points this bill takes from this member. */
  readonly maxPoints: bigint;
  readonly points: bigint;
  readonly certificateMinor: bigint;
  readonly cashMinor: bigint;
  /** Earned by the rate and by rules. */
  readonly cashback: bigint;
  readonly grants: readonly Grant[];
  /** What must be kept of rules that fired, so that their limits hold and a refund gives it back. */
  readonly effects: readonly PurchaseEffect[];
  readonly because: readonly Reason[];
};

/** What is wrong with a bill, as one refusal; nothing when it can be priced. */
export type BillProblem =
  | "over_receipt_limit"
  | "skip_over_total"
  | "unredeemable_over_total"
  | "insufficient_points"
  | "points_over_limit"
  | "lines_over_total"
  | "certificate_over_total";

export const zeroIfNegative = (amount: bigint) => maxBig(0n, amount);

/**
 * Prices a bill for a member and says why: the one evaluator behind quotes, recordings, simulations and explanations.
 *
 * Shape: earns on what is paid in money without the skipped part; discounts come off before points pay; rules in their own order,
 * whatever the order they and the lines came in.
 * Units: hundredths; discounts and earnings round half up, each once, what points may pay rounds down.
 * Time: `now` in the business's `zone` decides which rules hold, when points start and end; they live to the end of their last day.
 * Source: UDS arithmetic, sections 6 and 12 of the compatible API's contract.
 */
export function price(
  programme: Programme,
  standing: Standing,
  bill: Bill,
  now: Date,
  zone: string,
): { ok: true; price: Price } | { ok: false; problem: BillProblem; limit: bigint } {
  const { totalMinor, skipMinor, unredeemableMinor, certificateMinor = 0n } = bill;
  if (programme.receiptLimitMinor !== null && totalMinor > programme.receiptLimitMinor)
    return { ok: false, problem: "over_receipt_limit", limit: programme.receiptLimitMinor };
  if (skipMinor > totalMinor) return { ok: false, problem: "skip_over_total", limit: totalMinor };
  if (unredeemableMinor > totalMinor)
    return { ok: false, problem: "unredeemable_over_total", limit: totalMinor };
  const clock = wallClock(now, zone);
  const result = evaluate(programme, standing, bill, clock, zone);
  if (!result.ok) return result;
  const { tier, discountMinor, maxPointsBps, maxPoints, points, cashMinor, base, fired } = result.value;
  const cashback = pointsOf(fired, base.points);
  const grants = grantsFor(programme, standing, base.points, fired, now, zone);
  const priced = {
    tier,
    totalMinor,
    skipMinor,
    unredeemableMinor,
    discountMinor,
    maxPointsBps,
    maxPoints,
    points,
    certificateMinor,
    cashMinor,
    cashback,
    grants,
    effects: effectsOf(fired, bill.held ?? [], clock.day, zone),
  };
  const because = explain(programme, standing, priced, result.value);
  return { ok: true, price: { ...priced, because } };
}

/** Points of the rate and of rules together. */
const pointsOf = (fired: readonly Fired[], base: bigint) =>
  fired.reduce((sum, one) => sum + (unitOf(one.ready.rule.gives.is) === "points" ? one.amount : 0n), base);

/** Points of rules with a life of their own are given apart. */
function grantsFor(
  programme: Programme,
  standing: Standing,
  base: bigint,
  fired: readonly Fired[],
  now: Date,
  zone: string,
): Grant[] {
  const { availableAt, expiresAt } = lifetime(programme, now, zone);
  const grants: Grant[] = [];
  const plain = pointsOf(
    fired.filter(({ ready }) => ready.rule.livesDays === null),
    base,
  );
  if (plain > 0n) grants.push({ kind: "purchase", points: plain, availableAt, expiresAt });
  for (const one of fired) {
    const { livesDays } = one.ready.rule;
    if (livesDays === null || pointsOf([one], 0n) === 0n) continue;
    const ownEnd = expiryAfter(livesDays, availableAt, zone);
    grants.push({ kind: "rule", points: one.amount, availableAt, expiresAt: ownEnd });
  }
  if (standing.isFirst && programme.firstPurchasePoints > 0n)
    grants.push({ kind: "first_purchase", points: programme.firstPurchasePoints, availableAt, expiresAt });
  return grants;
}
