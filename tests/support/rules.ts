/** Rules, bills and members for tests of the evaluator. */
import { type Bill, type Price, type Programme, price, type Standing } from "@/lib/program/model";
import { compile } from "@/lib/program/rules/compile/model";
import { ALWAYS, type Caps, NO_CAPS, type Rule, type When } from "@/lib/program/rules/model";
import { startingProgramme } from "@/lib/program/schema";

/** A Tuesday. */
export const NOON_KYIV = new Date("2026-03-10T10:00:00Z");
export const ZONE = "Europe/Kyiv";

type Part = Partial<Omit<Rule, "when" | "caps">> & { when?: Partial<When>; caps?: Partial<Caps> };

export function ruleOf({ when = {}, caps = {}, ...rest }: Part): Rule {
  const id = rest.id ?? 1n;
  return {
    id,
    name: `Rule ${id}`,
    isOn: true,
    gives: { is: "extra", bps: 1_000 },
    group: null,
    priority: 0,
    livesDays: null,
    ...rest,
    when: { ...ALWAYS, ...when },
    caps: { ...NO_CAPS, ...caps },
  };
}

/** 5 % on base, points pay up to 30 %. */
export function programme(change: Partial<Programme>, rules: readonly Rule[]): Programme {
  const names = { base: "Base", silver: "Silver", gold: "Gold" };
  return { version: 1, ...startingProgramme(names), ...change, rules: compile(rules) };
}

/** Somebody on their tenth visit, last here in the same month, soon to have a birthday, a member for a year today. */
export const standing = (change: Partial<Standing>): Standing => ({
  tierId: "base",
  available: 1_000_000n,
  isFirst: false,
  visits: 9,
  lastAt: new Date("2026-03-09T21:00:00Z"),
  birthDate: "1990-03-13",
  createdAt: new Date("2025-03-10T08:00:00Z"),
  segments: [5n],
  tags: [3n],
  cashSpentMinor: 500_000n,
  ...change,
});

/** The price of a bill of 100 paid in money. */
export function priced(
  rules: readonly Rule[] | Programme,
  bill: Partial<Bill> = {},
  who: Partial<Standing> = {},
  at = NOON_KYIV,
): Price {
  const whole = { totalMinor: 10_000n, skipMinor: 0n, unredeemableMinor: 0n, points: 0n, locationId: 7n };
  const p = "version" in rules ? rules : programme({}, rules);
  const result = price(p, standing(who), { ...whole, ...bill }, at, ZONE);
  if (!result.ok) throw new Error(result.problem);
  return result.price;
}

export const reasons = ({ because }: Price) => because.map(({ code }) => code);
