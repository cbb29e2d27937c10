import { describe, expect, test } from "vitest";
import { programme, ruleOf } from "@/tests/support/rules";
import { findingsOf } from "./check/model";
import type { Rule } from "./model";

const names = {
  items: new Set([1n, 2n]),
  categories: new Set(["a", "b"]),
  locations: new Set([7n]),
  tags: new Set([3n]),
  segments: new Set([5n]),
};
const found = (rule: Rule, others: readonly Rule[] = []) =>
  findingsOf(rule, others, programme({}, []), names, "2026-03-10").map(
    ({ level, code }) => `${level} ${code}`,
  );
const of = (categories: string[], isExcept = false) => ({ goods: { items: [], categories, isExcept } });
const rate = (change: Parameters<typeof ruleOf>[0]) =>
  ruleOf({ gives: { is: "rate", bps: 2_000 }, ...change });

describe("a rule by itself", () => {
  test("that is fine has nothing to say", () =>
    expect(found(ruleOf({ when: { tiers: ["gold"] } }))).toEqual([]));
  test.each<[string, Parameters<typeof ruleOf>[0], string[]]>([
    ["no day at all", { when: { dates: { from: "2026-05-02", to: "2026-05-01" } } }, ["refuse dates_empty"]],
    ["days gone", { when: { dates: { from: null, to: "2026-03-09" } } }, ["warn dates_passed"]],
    [
      "a holiday outside its dates",
      { when: { dates: { from: "2026-04-01", to: "2026-11-30" }, yearly: { from: "12-24", to: "01-06" } } },
      ["refuse yearly_outside_dates"],
    ],
    [
      "a holiday over the new year within its dates",
      { when: { dates: { from: "2027-01-05", to: "2027-03-01" }, yearly: { from: "12-24", to: "01-06" } } },
      [],
    ],
    [
      "a Sunday between Monday and Wednesday",
      {
        when: {
          dates: { from: "2026-04-06", to: "2026-04-08" },
          hours: [{ weekdays: [7], from: 600, to: 720 }],
        },
      },
      ["refuse hours_outside_dates"],
    ],
    [
      "a Sunday night that ends on that Monday",
      {
        when: {
          dates: { from: "2026-04-06", to: "2026-04-08" },
          hours: [{ weekdays: [7], from: 1_320, to: 120 }],
        },
      },
      [],
    ],
    [
      "the first visit that is the fifth",
      { when: { first: "ever", visit: { is: "exactly", n: 5 } } },
      ["refuse first_not_that_visit"],
    ],
    [
      "names nobody knows",
      { when: { ...of(["a", "x"]), tiers: ["lead"], locations: [8n], tags: [3n, 4n], segments: [6n] } },
      [
        "refuse unknown_categories",
        "refuse unknown_locations",
        "refuse unknown_tiers",
        "refuse unknown_segments",
        "refuse unknown_tags",
      ],
    ],
    [
      "a limit on nothing",
      { gives: { is: "share", bps: 1 }, caps: { budget: 5n } },
      ["refuse cap_without_amount"],
    ],
    [
      "a discount with a life",
      { gives: { is: "discount", bps: 1 }, livesDays: 3 },
      ["refuse lives_without_points"],
    ],
    [
      "units of no goods",
      { gives: { is: "points", points: 1n, per: "unit" } },
      ["refuse unit_without_goods"],
    ],
    ["a limit above the budget", { caps: { perDay: 9n, budget: 5n } }, ["warn cap_over_budget"]],
    ["a rate the tiers beat", { gives: { is: "rate", bps: 1_000 } }, ["warn rate_not_above_tiers"]],
    [
      "points beyond a small bill",
      { gives: { is: "points", points: 501n, per: "bill" }, when: { minBillMinor: 500n } },
      ["warn points_over_bill"],
    ],
    [
      "money beyond a small bill",
      { gives: { is: "off", minor: 501n }, when: { minBillMinor: 500n } },
      ["warn off_over_bill"],
    ],
    ["more points than money", { gives: { is: "extra", bps: 9_500 } }, ["warn earns_over_bill"]],
  ])("%s", (_, change, codes) => expect(found(ruleOf(change))).toEqual(codes));
});

test("a bill above what is accepted, and a rule nobody brings", () => {
  const said = (change: Parameters<typeof ruleOf>[0], isBrought?: boolean) =>
    findingsOf(
      ruleOf(change),
      [],
      programme({ receiptLimitMinor: 50_000n }, []),
      { ...names, ...(isBrought !== undefined && { isBrought }) },
      "2026-03-10",
    ).map(({ level, code, value }) => [level, code, value]);
  expect(said({ when: { minBillMinor: 50_001n } })).toEqual([["warn", "min_over_receipt", "50000"]]);
  expect(said({ when: { minBillMinor: 50_000n } })).toEqual([]);
  expect(said({ when: { isHeld: true } }, false)).toEqual([["warn", "nobody_brings", undefined]]);
  expect(said({ when: { isHeld: true } }, true)).toEqual([]);
});

describe("a rule among others", () => {
  const best = { name: "g", choose: "best" } as const;
  const first = { name: "g", choose: "priority" } as const;
  const out = { is: "exclude", earning: true, paying: false, discounts: false } as const;
  test("discounts that together exceed the bill, unless only one of them holds", () => {
    const six = { gives: { is: "discount", bps: 6_000 } } as const;
    expect(found(ruleOf(six), [ruleOf({ ...six, id: 2n })])).toEqual(["warn discounts_over_bill"]);
    expect(found(ruleOf({ ...six, group: best }), [ruleOf({ ...six, id: 2n, group: best })])).toEqual([]);
    expect(found(ruleOf({ ...six, when: of(["a"]) }), [ruleOf({ ...six, id: 2n, when: of(["b"]) })])).toEqual(
      [],
    );
    expect(found(ruleOf(six), [ruleOf({ ...six, id: 2n, isOn: false })])).toEqual([]);
  });
  test("an exclusion of all its goods", () => {
    expect(
      found(ruleOf({ when: of(["a"]) }), [ruleOf({ id: 2n, gives: out, when: of(["a", "b"]) })]),
    ).toEqual(["warn excluded_by"]);
    expect(
      found(ruleOf({ when: of(["a", "b"]) }), [ruleOf({ id: 2n, gives: out, when: of(["a"]) })]),
    ).toEqual([]);
  });
  test("two rates on the same goods: a tie, or one always in the shadow", () => {
    expect(found(rate({}), [rate({ id: 2n })])).toEqual(["warn ties_with"]);
    expect(found(rate({ id: 2n, when: of(["a"]) }), [rate({ priority: 1 })])).toEqual(["warn shadowed_by"]);
    expect(found(rate({ priority: 2, when: of(["a"]) }), [rate({ id: 2n, priority: 1 })])).toEqual([]);
  });
  test("a group whose rules disagree on how to choose", () =>
    expect(found(ruleOf({ group: best }), [ruleOf({ id: 2n, group: first, priority: 1 })])).toEqual([
      "warn group_disagrees",
    ]));
});
