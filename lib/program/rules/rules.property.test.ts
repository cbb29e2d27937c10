/** Any bill, any rules, any member: the same price in whatever order they come, within the bill and within every limit. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { plain } from "@/lib/kernel/json";
import { type Bill, type Programme, price, type Standing } from "@/lib/program/model";
import { NOON_KYIV, programme, ruleOf, standing, ZONE } from "@/tests/support/rules";
import { compile } from "./compile/model";
import type { Gives, Rule } from "./model";
import { toRule } from "./schema";

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 3 });
const bps = fc.integer({ min: 1, max: 10_000 });
const amount = fc.bigInt(1n, 20_000n);
const gives: fc.Arbitrary<Gives> = fc.oneof(
  fc.record({ is: fc.constantFrom("rate", "extra", "discount", "share"), bps }),
  fc.record({ is: fc.constant("times" as const), bps: fc.integer({ min: 10_001, max: 50_000 }) }),
  fc.record({ is: fc.constant("points" as const), points: amount, per: fc.constantFrom("bill", "unit") }),
  fc.record({ is: fc.constant("off" as const), minor: amount }),
  fc.record({
    is: fc.constant("bands" as const),
    bands: fc.array(fc.record({ fromMinor: fc.bigInt(0n, 900_000n), bps }), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    is: fc.constant("exclude" as const),
    earning: fc.boolean(),
    paying: fc.boolean(),
    discounts: fc.boolean(),
  }),
);
const goods = fc.record({
  items: fc.uniqueArray(fc.bigInt(1n, 6n), { maxLength: 3 }),
  categories: fc.uniqueArray(fc.constantFrom("a", "b"), { maxLength: 2 }),
  isExcept: fc.boolean(),
});
const group = fc.record({ name: fc.constantFrom("x", "y"), choose: fc.constantFrom("priority", "best") });
const cap = maybe(fc.bigInt(1n, 3_000n));
const body = fc
  .record({
    gives,
    goods: maybe(goods),
    first: maybe(fc.constantFrom("day", "month", "ever")),
    group: maybe(group),
    priority: fc.nat(3),
    livesDays: maybe(fc.integer({ min: 1, max: 60 })),
    caps: fc.record({
      perBill: cap,
      perDay: cap,
      budget: cap,
      timesPerMonth: maybe(fc.integer({ min: 1, max: 3 })),
    }),
  })
  .map(({ goods: of, first, ...rest }) => ({ ...rest, when: { goods: of as never, first: first as never } }));
const rules: fc.Arbitrary<Rule[]> = fc
  .array(body, { maxLength: 12 })
  .map((bodies) => bodies.map((each, no) => ruleOf({ ...(each as object), id: BigInt(no + 1) })));
const line = fc.record({
  itemId: maybe(fc.bigInt(1n, 8n)),
  category: maybe(fc.constantFrom("a", "b", "c")),
  quantity: fc.integer({ min: 1, max: 5 }),
  amountMinor: fc.bigInt(0n, 9_000n),
});
const bill: fc.Arbitrary<Bill> = fc
  .record({
    lines: fc.array(line, { maxLength: 8 }),
    rest: fc.bigInt(0n, 9_000n),
    skip: fc.nat(100),
    unredeemable: fc.nat(100),
    points: fc.constantFrom(0n, null),
    certificate: fc.constantFrom(0n, 0n, 500n),
  })
  .map(({ lines, rest, skip, unredeemable, points, certificate }) => {
    const totalMinor = lines.reduce((sum, { amountMinor }) => sum + amountMinor, rest);
    return {
      totalMinor,
      lines,
      points,
      skipMinor: (totalMinor * BigInt(skip)) / 100n,
      unredeemableMinor: (totalMinor * BigInt(unredeemable)) / 100n,
      certificateMinor: certificate,
    };
  });
const used = fc.uniqueArray(
  fc.record({
    ruleId: fc.bigInt(1n, 12n),
    period: fc.constantFrom("day" as const, "month" as const, "budget" as const),
    amount: fc.bigInt(0n, 4_000n),
    times: fc.nat(3),
  }),
  { maxLength: 8, selector: ({ ruleId, period }) => `${ruleId} ${period}` },
);
const run = (p: Programme, who: Standing, b: Bill) => price(p, who, b, NOON_KYIV, ZONE);
const policy = fc.constantFrom("points" as const, "discount" as const);

test("the order of lines and rules does not matter", () =>
  fc.assert(
    fc.property(rules, bill, used, policy, fc.nat(), (all, b, uses, of, seed) => {
      const shuffled = <T>(list: readonly T[]) =>
        list
          .map((each, no) => ({ each, key: ((no + 1) * (seed + 7919)) % 104_729 }))
          .toSorted((x, y) => x.key - y.key)
          .map(({ each }) => each);
      const who = standing({ uses });
      const one = run(programme({ policy: of }, all), who, b);
      const other = run(
        programme({ policy: of }, shuffled(all)),
        { ...who, uses: shuffled(uses) },
        { ...b, lines: shuffled(b.lines ?? []) },
      );
      expect(other).toEqual(one);
    }),
    { numRuns: 150 },
  ));

test("a price adds up and stays within the bill and every limit", () =>
  fc.assert(
    fc.property(rules, bill, used, policy, (all, b, uses, of) => {
      const result = run(programme({ policy: of }, all), standing({ uses }), b);
      if (!result.ok) {
        expect(result.problem).toBe("certificate_over_total");
        return;
      }
      const { discountMinor, cashMinor, points, maxPoints, cashback, certificateMinor, grants, effects } =
        result.price;
      expect(discountMinor + cashMinor + points + certificateMinor).toBe(b.totalMinor);
      for (const each of [discountMinor, cashMinor, points, cashback, maxPoints - points])
        expect(each >= 0n).toBe(true);
      expect(grants.reduce((sum, grant) => sum + grant.points, 0n)).toBe(cashback);
      for (const { ref, amount: given } of effects) {
        const rule = all.find(({ id }) => String(id) === ref);
        const spent = (period: string) =>
          uses.findLast((use) => String(use.ruleId) === ref && use.period === period)?.amount ?? 0n;
        const { perBill, perDay, budget } = rule!.caps;
        if (perBill !== null) expect(given <= perBill).toBe(true);
        if (perDay !== null) expect(given + spent("day") <= perDay).toBe(true);
        if (budget !== null) expect(given + spent("budget") <= budget).toBe(true);
      }
      // What is asked for as "as many as allowed" is accepted when asked for by number.
      expect(run(programme({ policy: of }, all), standing({ uses }), { ...b, points: maxPoints }).ok).toBe(
        true,
      );
    }),
    { numRuns: 150 },
  ));

test("a rule is stored and read back the same", () =>
  fc.assert(
    fc.property(rules, (all) => {
      const sound = all.filter(
        ({ gives: of, when }) =>
          (of.is !== "exclude" || of.earning || of.paying || of.discounts) &&
          (!when.goods || when.goods.items.length + when.goods.categories.length > 0),
      );
      for (const rule of sound) {
        const { id: _id, ...rest } = rule;
        expect(toRule(rule.id, JSON.parse(JSON.stringify(plain(rest))))).toEqual(rule);
      }
      expect(compile(sound).all.length).toBe(sound.length);
    }),
  ));
