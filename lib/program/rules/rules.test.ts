import { describe, expect, test } from "vitest";
import { NOON_KYIV, priced, programme, reasons, ruleOf, standing } from "@/tests/support/rules";

const coffee = { itemId: 1n, category: "drinks", quantity: 2, amountMinor: 4_000n };
const cake = { itemId: 2n, category: "food", quantity: 1, amountMinor: 6_000n };
const lines = [coffee, cake];
const drinks = { goods: { items: [], categories: ["drinks"], isExcept: false } };
const extra = { is: "extra", bps: 1_000 } as const;

/** Points above the base rate's 500 on a bill of 100. */
const bonus = (when: object, at = NOON_KYIV, who = {}, bill = {}) =>
  priced([ruleOf({ when, gives: extra })], { lines, ...bill }, who, at).cashback - 500n;

describe("conditions", () => {
  test.each([
    ["no condition", {}, 1_000n],
    ["a category", drinks, 400n],
    ["an item", { goods: { items: [2n], categories: [], isExcept: false } }, 600n],
    ["all but a category", { goods: { items: [], categories: ["drinks"], isExcept: true } }, 600n],
    ["goods that are not there", { goods: { items: [9n], categories: ["x"], isExcept: false } }, 0n],
    ["the location", { locations: [7n] }, 1_000n],
    ["another location", { locations: [8n] }, 0n],
    ["Tuesday noon", { hours: [{ weekdays: [2], from: 720, to: 721 }] }, 1_000n],
    ["Tuesday morning", { hours: [{ weekdays: [2], from: 0, to: 720 }] }, 0n],
    ["from Monday late to Tuesday noon", { hours: [{ weekdays: [1], from: 1_200, to: 721 }] }, 1_000n],
    ["from Tuesday late on", { hours: [{ weekdays: [2], from: 1_200, to: 100 }] }, 0n],
    ["today", { dates: { from: "2026-03-10", to: "2026-03-10" } }, 1_000n],
    ["until yesterday", { dates: { from: null, to: "2026-03-09" } }, 0n],
    ["from tomorrow", { dates: { from: "2026-03-11", to: null } }, 0n],
    ["early March", { yearly: { from: "03-01", to: "03-10" } }, 1_000n],
    ["over the new year", { yearly: { from: "12-20", to: "03-10" } }, 1_000n],
    ["over a short new year", { yearly: { from: "12-20", to: "01-10" } }, 0n],
    ["the tier", { tiers: ["silver", "base"] }, 1_000n],
    ["another tier", { tiers: ["gold"] }, 0n],
    ["a segment", { segments: [5n, 6n] }, 1_000n],
    ["another segment", { segments: [6n] }, 0n],
    ["a tag", { tags: [3n] }, 1_000n],
    ["another tag", { tags: [4n] }, 0n],
    ["the first of the day", { first: "day" }, 1_000n],
    ["the first of the month", { first: "month" }, 0n],
    ["the first ever", { first: "ever" }, 0n],
    ["every fifth", { visit: { is: "every", n: 5 } }, 1_000n],
    ["every third", { visit: { is: "every", n: 3 } }, 0n],
    ["exactly the tenth", { visit: { is: "exactly", n: 10 } }, 1_000n],
    ["the eleventh and later", { visit: { is: "atLeast", n: 11 } }, 0n],
    ["a bill of 100", { minBillMinor: 10_000n }, 1_000n],
    ["a bill of 100.01", { minBillMinor: 10_001n }, 0n],
    ["paid before", { isPrepaid: true }, 0n],
    ["near the birthday", { birthday: { before: 3, after: 0 } }, 1_000n],
    ["after the birthday", { birthday: { before: 0, after: 30 } }, 0n],
    ["the day of joining, a year later", { anniversary: { before: 0, after: 0 } }, 1_000n],
    ["brought by a code", { isHeld: true }, 0n],
  ])("%s", (_, when, points) => expect(bonus(when)).toBe(points));

  test("the birthday of 29 February comes on the 28th", () => {
    const when = { birthday: { before: 0, after: 0 } };
    const leap = { birthDate: "2004-02-29" };
    expect(bonus(when, new Date("2026-02-28T10:00:00Z"), leap)).toBe(1_000n);
    expect(bonus(when, new Date("2028-02-29T10:00:00Z"), leap)).toBe(1_000n);
    expect(bonus(when, new Date("2028-02-28T10:00:00Z"), leap)).toBe(0n);
  });
  test("a birthday around the new year is near from both sides", () => {
    const when = { birthday: { before: 5, after: 5 } };
    const born = { birthDate: "1990-01-02" };
    expect(bonus(when, new Date("2026-12-29T10:00:00Z"), born)).toBe(1_000n);
    expect(bonus(when, new Date("2026-01-07T10:00:00Z"), born)).toBe(1_000n);
    expect(bonus(when, new Date("2026-01-08T10:00:00Z"), born)).toBe(0n);
  });
  test("nobody has been a member for a year on the day they join", () => {
    const joined = { createdAt: NOON_KYIV };
    expect(bonus({ anniversary: { before: 0, after: 0 } }, NOON_KYIV, joined)).toBe(0n);
  });
  test("days are the business's, not the server's", () => {
    const when = { hours: [{ weekdays: [3], from: 0, to: 60 }] };
    expect(bonus(when, new Date("2026-03-10T22:30:00Z"))).toBe(1_000n); // Wednesday 00:30 in Kyiv
  });
  test("a held rule holds for who brings it, and its effect goes along", () => {
    const effect = { kind: "promo", ref: "SPRING", amount: 1n, detail: {} };
    const rules = [ruleOf({ when: { isHeld: true }, gives: extra })];
    const result = priced(rules, { held: [{ ruleId: 1n, effect }] });
    expect(result.effects).toEqual([
      expect.objectContaining({ kind: "rule", ref: "1", amount: 1_000n }),
      effect,
    ]);
    expect(priced(rules, { held: [{ ruleId: 2n, effect }] }).effects).toEqual([]);
  });
});

describe("what rules give on a bill of 100", () => {
  const give = (gives: object, change = {}, bill = {}) =>
    priced([ruleOf({ gives, ...change } as never)], { lines, ...bill });
  test("a rate in the place of the tier's", () => {
    expect(give({ is: "rate", bps: 2_000 }).cashback).toBe(2_000n);
    expect(give({ is: "rate", bps: 2_000 }, { when: drinks }).cashback).toBe(800n + 300n);
    expect(give({ is: "rate", bps: 100 }, { when: drinks }).cashback).toBe(40n + 300n);
  });
  test("a multiple of what the rate earns", () => {
    expect(give({ is: "times", bps: 30_000 }).cashback).toBe(1_500n);
    expect(give({ is: "times", bps: 30_000 }, { when: drinks }).cashback).toBe(200n * 3n + 300n);
  });
  test("points for the bill, or for each unit", () => {
    expect(give({ is: "points", points: 700n, per: "bill" }).cashback).toBe(1_200n);
    expect(give({ is: "points", points: 700n, per: "unit" }, { when: drinks }).cashback).toBe(1_900n);
  });
  test("points with a life of their own are given apart", () => {
    const { grants } = give({ is: "points", points: 700n, per: "bill" }, { livesDays: 3 });
    expect(grants.map(({ kind, points }) => [kind, points])).toEqual([
      ["purchase", 500n],
      ["rule", 700n],
    ]);
    expect(grants[1]?.expiresAt?.toISOString()).toBe("2026-03-13T22:00:00.000Z");
  });
  test("a discount, which then earns nothing", () => {
    expect(give({ is: "discount", bps: 1_000 })).toMatchObject({
      discountMinor: 1_000n,
      cashMinor: 9_000n,
      cashback: 450n,
    });
    expect(give({ is: "off", minor: 9_999n }, { when: drinks }).discountMinor).toBe(4_000n);
  });
  test("a discount by all that was spent", () => {
    const bands = [
      { fromMinor: 500_000n, bps: 300 },
      { fromMinor: 0n, bps: 100 },
      { fromMinor: 500_001n, bps: 900 },
    ];
    expect(give({ is: "bands", bands }).discountMinor).toBe(300n);
  });
  test("goods that earn nothing, cannot be paid with points, get no discount", () => {
    const nothing = { is: "exclude", earning: false, paying: false, discounts: false };
    expect(give({ ...nothing, earning: true }, { when: drinks }).cashback).toBe(300n);
    expect(give({ ...nothing, paying: true }, { when: drinks }).maxPoints).toBe(1_800n);
    const off = ruleOf({ id: 2n, gives: { is: "discount", bps: 1_000 } });
    const shut = ruleOf({ when: drinks, gives: { ...nothing, discounts: true } as never });
    expect(priced([off, shut], { lines }).discountMinor).toBe(600n);
  });
  test("a share that points may pay", () => {
    expect(give({ is: "share", bps: 10_000 }).maxPoints).toBe(10_000n);
    expect(give({ is: "share", bps: 10_000 }, { when: drinks })).toMatchObject({
      maxPoints: 4_000n + 1_800n,
      maxPointsBps: 5_800,
    });
    expect(give({ is: "share", bps: 0 }).maxPoints).toBe(0n);
  });
  test("what the till skips stays outside whatever the rules", () => {
    const skip = { skipMinor: 4_000n };
    expect(give(extra, {}, skip).cashback).toBe(300n + 600n);
    expect(give({ is: "discount", bps: 1_000 }, {}, skip)).toMatchObject({ discountMinor: 600n });
    const shut = { is: "exclude", earning: true, paying: true, discounts: true };
    expect(give(shut, { when: drinks }, skip).cashback).toBe(300n); // the same goods are not left out twice
    expect(give(shut, { when: drinks }, { unredeemableMinor: 5_000n }).maxPoints).toBe(1_500n);
  });
  test("goods the till does not name are no goods of a rule", () =>
    expect(give(extra, { when: drinks }, { lines: [coffee] }).cashback).toBe(500n + 400n));
});

describe("together", () => {
  const ten = { is: "discount", bps: 1_000 } as const;
  const twenty = { is: "discount", bps: 2_000 } as const;
  const best = { name: "sale", choose: "best" } as const;
  const first = { name: "sale", choose: "priority" } as const;

  test("rules without a group add up, counted from the full price, never beyond the bill", () => {
    expect(priced([ruleOf({ gives: ten }), ruleOf({ id: 2n, gives: twenty })]).discountMinor).toBe(3_000n);
    const six = { is: "discount", bps: 6_000 } as const;
    expect(priced([ruleOf({ gives: six }), ruleOf({ id: 2n, gives: six })]).discountMinor).toBe(10_000n);
    const both = [ruleOf({ gives: six, when: drinks }), ruleOf({ id: 2n, gives: six, when: drinks })];
    expect(priced(both, { lines }).discountMinor).toBe(4_000n);
  });
  test("of a group the best for the member holds, points and money alike", () => {
    const rules = [
      ruleOf({ gives: ten, group: best }),
      ruleOf({ id: 2n, gives: { is: "points", points: 1_001n, per: "bill" }, group: best }),
      ruleOf({ id: 3n, gives: twenty, group: best, caps: { perBill: 900n } }),
    ];
    const result = priced(rules);
    expect(result).toMatchObject({ discountMinor: 0n, cashback: 1_501n });
    expect(reasons(result)).toEqual(["cashback", "rule_points", "expires", "missed_other", "missed_other"]);
  });
  test("or the one of the highest priority, then the older", () => {
    const rules = [
      ruleOf({ gives: twenty, group: first }),
      ruleOf({ id: 2n, gives: ten, group: first, priority: 5 }),
      ruleOf({ id: 3n, gives: twenty, group: first, priority: 5 }),
    ];
    expect(priced(rules).discountMinor).toBe(1_000n);
  });
  test("of two rates on the same goods the higher priority holds, then the better one", () => {
    const rate = (bps: number, change = {}) => ruleOf({ gives: { is: "rate", bps }, ...change });
    expect(priced([rate(1_000), rate(2_000, { id: 2n })]).cashback).toBe(2_000n);
    expect(priced([rate(1_000, { priority: 1 }), rate(2_000, { id: 2n })]).cashback).toBe(1_000n);
  });
  test("multiples add: two and three times is four times", () => {
    const times = (bps: number, id: bigint) => ruleOf({ id, gives: { is: "times", bps } });
    expect(priced([times(20_000, 1n), times(30_000, 2n)]).cashback).toBe(2_000n);
  });
});

describe("limits", () => {
  const use = (period: "day" | "month" | "ever" | "budget", amount: bigint, times = 0) => ({
    uses: [{ ruleId: 1n, period, amount, times }],
  });
  test.each([
    ["per bill", { perBill: 300n }, {}, 300n],
    ["per day, some of it used", { perDay: 300n }, use("day", 100n), 200n],
    ["per month, used up", { perMonth: 300n }, use("month", 300n), 0n],
    ["ever, overdrawn", { ever: 300n }, use("ever", 400n), 0n],
    ["the nearest of all", { perBill: 900n, budget: 5_000n }, use("budget", 4_999n), 1n],
    ["times a day", { timesPerDay: 2 }, use("day", 0n, 2), 0n],
    ["times a month, one left", { timesPerMonth: 2 }, use("month", 9_999n, 1), 1_000n],
    ["another period's use", { perDay: 300n }, use("month", 300n), 300n],
  ])("%s", (_, caps, who, points) =>
    expect(priced([ruleOf({ gives: extra, caps })], {}, who).cashback - 500n).toBe(points),
  );
  test("a rate whose limit leaves less than the tier's own is passed over", () => {
    const rule = ruleOf({ gives: { is: "rate", bps: 1_000 }, caps: { perBill: 499n } });
    const result = priced([rule]);
    expect(result.cashback).toBe(500n);
    expect(reasons(result)).toEqual(["cashback", "expires", "missed_limit"]);
    expect(priced([ruleOf({ gives: { is: "rate", bps: 1_000 }, caps: { perBill: 600n } })]).cashback).toBe(
      600n,
    );
  });
  test("a money limit of a discount", () => {
    const result = priced([ruleOf({ gives: { is: "discount", bps: 5_000 }, caps: { perBill: 100n } })]);
    expect(result.discountMinor).toBe(100n);
    expect(reasons(result)).toContain("rule_limited");
  });
});

describe("why", () => {
  test("a rule one condition away says which; two away says nothing", () => {
    const near = ruleOf({ when: { minBillMinor: 12_000n }, gives: extra });
    const far = ruleOf({ id: 2n, when: { minBillMinor: 12_000n, tiers: ["gold"] }, gives: extra });
    const { because } = priced([near, far]);
    expect(because.at(-1)).toEqual({ code: "missed_minimum", rule: "Rule 1", ruleId: "1", minor: "2000" });
    expect(because.filter(({ code }) => code.startsWith("missed_"))).toHaveLength(1);
  });
  test("the list of near misses ends", () => {
    const rules = Array.from({ length: 100 }, (_, no) =>
      ruleOf({ id: BigInt(no + 1), when: { tiers: ["gold"] }, gives: extra }),
    );
    expect(reasons(priced(rules)).filter((code) => code === "missed_tier")).toHaveLength(20);
  });
  test("a code nobody brought is no near miss: it stays a secret", () =>
    expect(reasons(priced([ruleOf({ when: { isHeld: true }, gives: extra })]))).toEqual([
      "cashback",
      "expires",
    ]));
});

test("rules of the discount policy earn by rules alone", () => {
  const p = programme({ policy: "discount" }, [ruleOf({ gives: extra })]);
  expect(priced(p, {}, {}).discountMinor).toBe(500n);
  expect(priced(p, {}, {}).cashback).toBe(950n);
  expect(standing({}).tierId).toBe("base");
});
