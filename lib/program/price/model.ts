/** The arithmetic of a bill: discounts, what points may pay, what is earned, and what each rule did. */
import { maxBig, minBig, shareHalfUp } from "../../kernel/money";
import type { WallClock } from "../../kernel/time";
import { type Tier, tierById } from "../../tiers/model";
import type { Bill, BillProblem, Programme, Reason, Standing } from "../model";
import { askedOf } from "../rules/conditions/model";
import { Misses, match } from "../rules/match/model";
import { unitOf } from "../rules/model";
import { type Chosen, choose, usesOf } from "../rules/stack/model";
import { at, discountOf, type Part, partsOf, sumOf, takeOff, WHOLE, weigher } from "../rules/sums/model";
import { earn } from "./earning/model";
import {
  bpsOf,
  byPriorityAndBps,
  earnBps,
  type Fired,
  kindOf,
  type Pot,
  priceOf,
  shareBps,
} from "./pot/model";

export type { Fired } from "./pot/model";

export type Evaluated = {
  readonly tier: Tier;
  readonly skipMinor: bigint;
  readonly tierDiscountMinor: bigint;
  readonly discountMinor: bigint;
  readonly maxPointsBps: number;
  /** What the bill admits, whatever the member has. */
  readonly cappedPoints: bigint;
  readonly maxPoints: bigint;
  readonly points: bigint;
  readonly cashMinor: bigint;
  /** What the tier's rate earned, and on how much. */
  readonly base: { readonly points: bigint; readonly onMinor: bigint };
  readonly fired: readonly Fired[];
  readonly missed: readonly Reason[];
};
type Problem = { readonly ok: false; readonly problem: BillProblem; readonly limit: bigint };

/** Works a bill out; `price` is its face. */
export function evaluate(
  programme: Programme,
  standing: Standing,
  bill: Bill,
  clock: WallClock,
  zone: string,
): { readonly ok: true; readonly value: Evaluated } | Problem {
  const { totalMinor, skipMinor, certificateMinor = 0n } = bill;
  const tier = tierById(programme.base, programme.tiers, standing.tierId);
  const known = (bill.lines ?? []).reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  if (known > totalMinor) return { ok: false, problem: "lines_over_total", limit: totalMinor };
  const pot = potOf(programme, standing, bill, tier, clock, zone);
  exclude(pot);
  const tierDiscountMinor = discount(pot);
  const discountMinor = totalMinor - sumOf(pot.parts, ({ left }) => left);
  if (certificateMinor > totalMinor - discountMinor)
    return { ok: false, problem: "certificate_over_total", limit: totalMinor - discountMinor };
  const share = payable(pot, tierDiscountMinor);
  const cappedPoints = minBig(share.points, totalMinor - discountMinor - certificateMinor);
  const spendable = maxBig(0n, standing.available);
  const maxPoints = minBig(spendable, cappedPoints);
  const points = bill.points ?? maxPoints;
  if (points > spendable) return { ok: false, problem: "insufficient_points", limit: spendable };
  if (points > maxPoints) return { ok: false, problem: "points_over_limit", limit: maxPoints };
  if (points > 0n) for (const one of share.by) pot.fired.push(one);
  const cashMinor = totalMinor - discountMinor - points - certificateMinor;
  const base = earn(pot, cashMinor);
  const { fired, misses } = pot;
  const value = {
    tier,
    skipMinor,
    tierDiscountMinor,
    discountMinor,
    maxPointsBps: share.bps,
    cappedPoints,
    maxPoints,
    points,
    cashMinor,
    base,
    fired,
    missed: misses.first(),
  };
  return { ok: true, value };
}

function potOf(
  programme: Programme,
  standing: Standing,
  bill: Bill,
  tier: Tier,
  clock: WallClock,
  zone: string,
): Pot {
  const parts = partsOf(bill);
  const misses = new Misses();
  const empty = { programme, standing, bill, tier, parts, fired: [], misses };
  if (!programme.rules || programme.rules.all.length === 0) return { ...empty, chosen: [] };
  const facts = {
    asked: askedOf(standing, bill, clock, zone),
    lines: parts.map(({ line }) => line),
    held: (bill.held ?? []).map(({ ruleId }) => ruleId),
  };
  const matches = match(programme.rules, facts, misses);
  const rates = { earnBps: earnBps(programme, tier), shareBps: shareBps(programme, tier) };
  const worth = weigher(parts, standing, rates);
  return { ...empty, chosen: choose(matches, usesOf(standing.uses ?? []), worth, misses) };
}

function exclude({ chosen, parts, fired }: Pot): void {
  for (const one of chosen) {
    const { gives } = one.ready.rule;
    if (gives.is !== "exclude") continue;
    const mine = at(parts, one);
    for (const part of mine) {
      if (gives.earning) part.earns = false;
      if (gives.paying) part.pays = false;
      if (gives.discounts) part.discounts = false;
    }
    fired.push({ ...one, amount: 0n, onMinor: sumOf(mine, priceOf), isLimited: false });
  }
}

/** Takes the tier's discount and then the rules' off the parts. Rules count from the full price, in their order. */
function discount({ programme, standing, bill, tier, parts, chosen, fired }: Pot): bigint {
  const able = parts.filter(({ discounts }) => discounts);
  const base = discountable(bill, parts);
  const tierMinor = programme.policy === "discount" ? shareHalfUp(base, tier.rateBps) : 0n;
  if (tierMinor > 0n) takeOff(able, tierMinor, false);
  let left = base - tierMinor;
  for (const one of chosen) {
    if (unitOf(kindOf(one)) !== "money") continue;
    const mine = at(parts, one).filter(({ discounts }) => discounts);
    const onMinor = minBig(sumOf(mine, priceOf), base);
    const whole = minBig(
      discountOf(one.ready.rule.gives, onMinor, standing),
      sumOf(mine, (part) => part.left),
      left,
    );
    const amount = one.room.amount === null ? whole : minBig(whole, one.room.amount);
    if (amount <= 0n) continue;
    takeOff(mine, amount, true);
    left -= amount;
    fired.push({ ...one, amount, onMinor, isLimited: amount < whole });
  }
  return tierMinor;
}

/** The skipped goods are taken to be among those that get no discount. */
const discountable = ({ totalMinor, skipMinor }: Bill, parts: readonly Part[]) =>
  totalMinor -
  maxBig(
    skipMinor,
    sumOf(
      parts.filter(({ discounts }) => !discounts),
      priceOf,
    ),
  );

/** How many points the bill admits. The unredeemable goods are taken to be among the excluded ones. */
function payable({ programme, tier, bill, parts, chosen }: Pot, tierDiscountMinor: bigint) {
  const payers = parts.filter(({ pays }) => pays);
  const shut = sumOf(
    parts.filter(({ pays }) => !pays),
    priceOf,
  );
  const redeemable = bill.totalMinor - maxBig(bill.unredeemableMinor, shut);
  const byTier = tierDiscountMinor > 0n ? minBig(redeemable, discountable(bill, parts)) : 0n;
  // Where it is not said which goods cannot be paid with points, discounts are taken to lie on the others.
  const byRules = sumOf(bill.unredeemableMinor > shut ? parts : payers, ({ off }) => off);
  const after = redeemable - shareHalfUp(byTier, tier.rateBps) - byRules;
  const rules = chosen.filter((one) => kindOf(one) === "share").toSorted(byPriorityAndBps);
  const mine = new Map<Part, Chosen>();
  for (const one of rules) for (const part of at(parts, one)) if (!mine.has(part)) mine.set(part, one);
  const own = shareBps(programme, tier);
  const share = (part: Part) => BigInt(bpsOf(mine.get(part)) ?? own);
  const whole = sumOf(payers, priceOf);
  const weighed = sumOf(payers, (part) => part.line.amountMinor * share(part));
  const by = rules.flatMap((one): Fired[] => {
    const onMinor = sumOf(
      payers.filter((part) => mine.get(part) === one),
      priceOf,
    );
    return onMinor > 0n ? [{ ...one, amount: 0n, onMinor, isLimited: false }] : [];
  });
  return {
    points: whole === 0n ? 0n : (maxBig(0n, after) * weighed) / (whole * WHOLE),
    bps: whole === 0n ? own : Number(weighed / whole),
    by,
  };
}
