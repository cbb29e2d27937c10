import { maxBig, minBig, shareDown, shareHalfUp } from "../kernel/money";
import { addDays, dayOf, startOfDay } from "../kernel/time";
import { type Tier, tierById } from "../tiers/model";

/** The promise a business makes: everything a price depends on. Points and money in hundredths, rates in basis points. */
export type Programme = {
  readonly version: number;
  /** `points`: the rate is earned as points; `discount`: it comes off the bill at once. */
  readonly policy: "points" | "discount";
  readonly base: Tier;
  readonly tiers: readonly Tier[];
  /** Share of a bill payable with points where a tier says nothing. */
  readonly maxPointsBps: number;
  readonly welcome: { readonly points: bigint; readonly days: number | null } | null;
  /** Zero: none. */
  readonly firstPurchasePoints: bigint;
  /** Days earned points live; null: for ever. */
  readonly earnedDays: number | null;
  /** Days until earned points can be spent. */
  readonly pendingDays: number;
  /** The largest bill accepted; null: no limit. */
  readonly receiptLimitMinor: bigint | null;
  readonly purchaseByPhone: boolean;
  readonly spendByPhone: boolean;
  readonly receiptNumberRequired: boolean;
  readonly voucherDays: number;
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
  readonly detail: Json;
};
type Json = { readonly [key: string]: string | number | boolean | null | Json | readonly Json[] };

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
  readonly kind: "purchase" | "first_purchase";
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
  "expires", // at
  "welcome", // points
  "refund_part", // minor, of
  "points_returned", // points
  "points_taken_back", // points
  "granted", // points
  "deducted", // points
  "voucher", // points, receipt
  "certificate_paid", // minor
  "certificate_returned", // minor
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
  /** Earned by the rate alone. */
  readonly cashback: bigint;
  readonly grants: readonly Grant[];
  readonly because: readonly Reason[];
};

/** What is wrong with a bill, as one refusal; nothing when it can be priced. */
export type BillProblem =
  | "over_receipt_limit"
  | "skip_over_total"
  | "unredeemable_over_total"
  | "insufficient_points"
  | "points_over_limit"
  | "certificate_over_total";

export const zeroIfNegative = (amount: bigint) => maxBig(0n, amount);

/**
 * Prices a bill for a member and says why: the one evaluator behind quotes, recordings and explanations.
 *
 * Shape: earns on what is paid in money without the skipped part; the status discount comes off before points pay.
 * Units: hundredths; the discount and the cashback round half up, what points may pay rounds down.
 * Time: `now` in the business's `zone` decides when points start and end; they live to the end of their last day.
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

  const tier = tierById(programme.base, programme.tiers, standing.tierId);
  const discountMinor =
    programme.policy === "discount" ? shareHalfUp(totalMinor - skipMinor, tier.rateBps) : 0n;
  if (certificateMinor > totalMinor - discountMinor)
    return { ok: false, problem: "certificate_over_total", limit: totalMinor - discountMinor };
  const maxPointsBps = tier.maxPointsBps ?? programme.maxPointsBps;
  const capped = pointsCap(programme, tier, bill, discountMinor, maxPointsBps);
  const spendable = zeroIfNegative(standing.available);
  const maxPoints = minBig(spendable, capped);
  const points = bill.points ?? maxPoints;
  if (points > spendable) return { ok: false, problem: "insufficient_points", limit: spendable };
  if (points > maxPoints) return { ok: false, problem: "points_over_limit", limit: maxPoints };

  const cashMinor = totalMinor - discountMinor - points - certificateMinor;
  const earnsOn = zeroIfNegative(cashMinor - skipMinor);
  const cashback = programme.policy === "points" ? shareHalfUp(earnsOn, tier.rateBps) : 0n;
  const grants = grantsFor(programme, standing, cashback, now, zone);
  const partial = {
    tier,
    totalMinor,
    skipMinor,
    unredeemableMinor,
    discountMinor,
    maxPointsBps,
    maxPoints,
    points,
    certificateMinor,
  };
  const priced = { ...partial, cashMinor, cashback, grants };
  return { ok: true, price: { ...priced, because: explain(programme, standing, priced, earnsOn, capped) } };
}

/** Points the bill itself admits, whatever the member has. The skipped goods are taken to be among the unredeemable ones. */
function pointsCap(
  programme: Programme,
  tier: Tier,
  bill: Bill,
  discountMinor: bigint,
  capBps: number,
): bigint {
  const redeemable = bill.totalMinor - bill.unredeemableMinor;
  const discounted =
    programme.policy === "discount" ? minBig(redeemable, bill.totalMinor - bill.skipMinor) : 0n;
  const afterDiscount = redeemable - shareHalfUp(discounted, tier.rateBps);
  return minBig(
    shareDown(zeroIfNegative(afterDiscount), capBps),
    bill.totalMinor - discountMinor - (bill.certificateMinor ?? 0n),
  );
}

function grantsFor(
  programme: Programme,
  standing: Standing,
  cashback: bigint,
  now: Date,
  zone: string,
): Grant[] {
  const { availableAt, expiresAt } = lifetime(programme, now, zone);
  const grants: Grant[] = [];
  if (cashback > 0n) grants.push({ kind: "purchase", points: cashback, availableAt, expiresAt });
  if (standing.isFirst && programme.firstPurchasePoints > 0n)
    grants.push({ kind: "first_purchase", points: programme.firstPurchasePoints, availableAt, expiresAt });
  return grants;
}

/** When points earned now start and end under a programme. */
export function lifetime(
  programme: Programme,
  now: Date,
  zone: string,
): { availableAt: Date; expiresAt: Date | null } {
  const availableOn = addDays(dayOf(now, zone), programme.pendingDays);
  return {
    availableAt: programme.pendingDays > 0 ? startOfDay(availableOn, zone) : now,
    expiresAt:
      programme.earnedDays === null ? null : startOfDay(addDays(availableOn, programme.earnedDays + 1), zone),
  };
}

/** The last instant (exclusive) of points that live for some days from now. */
export function expiryAfter(days: number, now: Date, zone: string): Date {
  return startOfDay(addDays(dayOf(now, zone), days + 1), zone);
}

const text = (amount: bigint) => amount.toString();

function explain(
  programme: Programme,
  standing: Standing,
  priced: Omit<Price, "because">,
  earnsOn: bigint,
  capped: bigint,
): Reason[] {
  const { tier, cashback, points, grants } = priced;
  const because: Reason[] = [];
  if (priced.skipMinor > 0n) because.push({ code: "skipped_part", minor: text(priced.skipMinor) });
  if (priced.discountMinor > 0n)
    because.push({
      code: "discount",
      tier: tier.name,
      rateBps: tier.rateBps,
      minor: text(priced.discountMinor),
    });
  if (priced.unredeemableMinor > 0n)
    because.push({ code: "unredeemable_part", minor: text(priced.unredeemableMinor) });
  if (points > 0n) because.push({ code: "points_paid", points: text(points) });
  if (points > 0n && points === priced.maxPoints)
    because.push(
      capped <= zeroIfNegative(standing.available)
        ? { code: "points_capped_by_share", bps: priced.maxPointsBps, points: text(points) }
        : { code: "points_capped_by_balance", points: text(points) },
    );
  if (priced.certificateMinor > 0n)
    because.push({ code: "certificate_paid", minor: text(priced.certificateMinor) });
  if (cashback > 0n)
    because.push({
      code: "cashback",
      tier: tier.name,
      rateBps: tier.rateBps,
      minor: text(earnsOn),
      points: text(cashback),
    });
  if (programme.policy === "points" && tier.rateBps === 0)
    because.push({ code: "no_cashback_rate", tier: tier.name });
  for (const grant of grants)
    if (grant.kind === "first_purchase") because.push({ code: "first_purchase", points: text(grant.points) });
  const grant = grants[0];
  if (grant && programme.pendingDays > 0)
    because.push({ code: "pending_until", at: grant.availableAt.toISOString() });
  if (grant?.expiresAt) because.push({ code: "expires", at: grant.expiresAt.toISOString() });
  return because;
}
