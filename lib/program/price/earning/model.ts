import { maxBig, minBig } from "../../../kernel/money";
import type { Misses } from "../../rules/match/model";
import { unitOf } from "../../rules/model";
import type { Chosen } from "../../rules/stack/model";
import { at, type Earning, halfUp, type Part, pointsOf, sumOf } from "../../rules/sums/model";
import { bpsOf, byPriorityAndBps, earnBps, type Fired, kindOf, type Pot } from "../pot/model";

/** Earns on what is paid in money, spread over the goods that earn by what is left of each. */
export function earn(pot: Pot, cashMinor: bigint): { readonly points: bigint; readonly onMinor: bigint } {
  const { programme, tier, bill, parts, chosen, fired } = pot;
  const earners = parts.filter(({ earns }) => earns);
  const shut = sumOf(
    parts.filter(({ earns }) => !earns),
    ({ left }) => left,
  );
  const onMinor = maxBig(0n, cashMinor - maxBig(bill.skipMinor, shut));
  const wholeMinor = sumOf(earners, ({ left }) => left);
  const own = earnBps(programme, tier);
  const { rated, by } = rate(pot, { onMinor, wholeMinor, rate: () => own }, own);
  const earning: Earning = { onMinor, wholeMinor, rate: (part) => bpsOf(rated.get(part)) ?? own };
  fired.push(...by);
  for (const one of chosen) {
    if (kindOf(one) === "rate" || unitOf(kindOf(one)) !== "points") continue;
    const mine = at(parts, one);
    const whole = pointsOf(one.ready.rule.gives, mine, earning);
    const amount = one.room.amount === null ? whole : minBig(whole, one.room.amount);
    if (amount > 0n)
      fired.push({ ...one, amount, onMinor: spread(mine, earning), isLimited: amount < whole });
  }
  const plain = earners.filter((part) => !rated.has(part));
  return {
    points: pointsOf({ is: "extra", bps: own }, plain, earning),
    onMinor: spread(plain, earning),
  };
}

/** The share of the money that falls on some parts. */
const spread = (parts: readonly Part[], { onMinor, wholeMinor }: Earning) =>
  halfUp(
    sumOf(
      parts.filter(({ earns }) => earns),
      ({ left }) => left,
    ) * onMinor,
    wholeMinor,
  );

/** Which rule's rate each part earns at. A rule whose limit leaves less than the tier's own rate gives is passed over. */
function rate({ parts, chosen, misses }: Pot, earning: Earning, own: number) {
  let rules = chosen.filter((one) => kindOf(one) === "rate").toSorted(byPriorityAndBps);
  for (;;) {
    const rated = new Map<Part, Chosen>();
    for (const one of rules)
      for (const part of at(parts, one)) if (part.earns && !rated.has(part)) rated.set(part, one);
    const by = rules.map((one): Fired => {
      const mine = at(parts, one).filter((part) => rated.get(part) === one);
      const whole = pointsOf(one.ready.rule.gives, mine, earning);
      const amount = one.room.amount === null ? whole : minBig(whole, one.room.amount);
      return { ...one, amount, onMinor: spread(mine, earning), isLimited: amount < whole };
    });
    const poor = by.find((one) => {
      const mine = at(parts, one).filter((part) => rated.get(part)?.ready === one.ready);
      return one.isLimited && one.amount < pointsOf({ is: "extra", bps: own }, mine, earning);
    });
    if (!poor) {
      tellReplaced(rules, parts, rated, misses);
      return { rated, by: by.filter(({ onMinor }) => onMinor > 0n) };
    }
    misses.add("missed_limit", poor.ready, { by: "less" });
    rules = rules.filter(({ ready }) => ready !== poor.ready);
  }
}

/** A rate all of whose goods earn at another rule's rate did not hold. */
function tellReplaced(
  rules: readonly Chosen[],
  parts: readonly Part[],
  rated: ReadonlyMap<Part, Chosen>,
  misses: Misses,
): void {
  const holding = new Set(rated.values());
  for (const one of rules) {
    const first = at(parts, one).find(({ earns }) => earns);
    const holder = first && rated.get(first);
    if (holder && !holding.has(one)) misses.add("missed_other", one.ready, { other: holder.ready.rule.name });
  }
}
