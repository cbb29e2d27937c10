/** The statistics: a published trial's contrasts from its counts, and chance kept at its level where there is nothing to find. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  incremental,
  means,
  morePeople,
  normalBelow,
  normalQuantile,
  ratioChance,
  type Sums,
  shares,
  verdict,
  winnerOf,
} from "./model";

/**
 * The e-mail trial of Kevin Hillstrom's MineThatData E-Mail Analytics and Data Mining Challenge (20 March 2008): 64,000 customers
 * who bought within a year, dealt to men's merchandise, women's merchandise or no e-mail, followed for two weeks.
 */
const MENS = { n: 21_307, visits: 3_894, conversions: 267 };
const WOMENS = { n: 21_387, visits: 3_238, conversions: 189 };
const NONE = { n: 21_306, visits: 2_262, conversions: 122 };

describe("the published e-mail trial", () => {
  test.each([
    ["men's, visits", MENS.visits, MENS.n, NONE.visits, 18.28, 10.62, 7.66],
    ["women's, visits", WOMENS.visits, WOMENS.n, NONE.visits, 15.14, 10.62, 4.52],
    ["men's, purchases", MENS.conversions, MENS.n, NONE.conversions, 1.25, 0.57, 0.68],
    ["women's, purchases", WOMENS.conversions, WOMENS.n, NONE.conversions, 0.88, 0.57, 0.31],
  ])("%s", (_name, x, n, controlX, treatedPercent, controlPercent, points) => {
    const found = shares({ n, x }, { n: NONE.n, x: controlX });
    expect((100 * x) / n).toBeCloseTo(treatedPercent, 2);
    expect((100 * controlX) / NONE.n).toBeCloseTo(controlPercent, 2);
    expect(100 * found.difference).toBeCloseTo(points, 2);
    expect(found.low).toBeGreaterThan(0);
    expect(found.p).toBeLessThan(0.001);
    expect(verdict(n, NONE.n, 5_000, found)).toEqual({ code: "more" });
  });

  test("its three arms were dealt evenly", () => {
    expect(ratioChance(MENS.n + WOMENS.n, NONE.n, 3_333)).toBeGreaterThan(0.05);
    expect(
      verdict(MENS.n, NONE.n - 1_500, 5_000, shares({ n: MENS.n, x: 1 }, { n: NONE.n, x: 1 })).code,
    ).toBe("ratio_off");
  });

  test("the visits it brought, for all who got it", () => {
    const { amount, low, high } = incremental(
      MENS.n,
      shares({ n: MENS.n, x: MENS.visits }, { n: NONE.n, x: NONE.visits }),
    );
    expect(amount).toBeCloseTo(3_894 - (2_262 * 21_307) / 21_306, 3);
    expect(low).toBeGreaterThan(1_480);
    expect(high).toBeLessThan(1_780);
  });
});

/** Chance that repeats itself: mulberry32. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** People whose spending before tells of their spending after; `effect` is added for the treated. */
function arm(n: number, roll: () => number, effect: number): Sums {
  const sums = { n, y: 0, yy: 0, x: 0, xx: 0, xy: 0 };
  for (let person = 0; person < n; person += 1) {
    const habit = -Math.log(1 - roll()) * 100;
    const x = habit * (0.5 + roll());
    const y = habit * (0.5 + roll()) + effect;
    sums.x += x;
    sums.y += y;
    sums.xx += x * x;
    sums.yy += y * y;
    sums.xy += x * y;
  }
  return sums;
}
const blind = (sums: Sums): Sums => ({ ...sums, x: 0, xx: 0, xy: 0 });

describe("where there is nothing to find", () => {
  const RUNS = 2_000;
  // 5 % give or take four standard errors of such a count.
  const [LEAST, MOST] = [0.03, 0.07];

  test("shares are flagged one time in twenty", () => {
    const roll = dice(7);
    let flagged = 0;
    for (let run = 0; run < RUNS; run += 1) {
      const x = (n: number) => Array.from({ length: n }, roll).filter((r) => r < 0.2).length;
      const found = shares({ n: 900, x: x(900) }, { n: 300, x: x(300) });
      if (found.low > 0 || found.high < 0) flagged += 1;
    }
    expect(flagged / RUNS).toBeGreaterThan(LEAST);
    expect(flagged / RUNS).toBeLessThan(MOST);
  });

  test.each([
    ["as they are", blind],
    ["with history taken out", (sums: Sums) => sums],
  ])("means %s, too", (_name, seen) => {
    const roll = dice(11);
    let flagged = 0;
    for (let run = 0; run < RUNS; run += 1) {
      const found = means(seen(arm(400, roll, 0)), seen(arm(100, roll, 0)));
      if (found.low > 0 || found.high < 0) flagged += 1;
    }
    expect(flagged / RUNS).toBeGreaterThan(LEAST);
    expect(flagged / RUNS).toBeLessThan(MOST);
  });
});

test("history narrows the interval and leaves the effect", () => {
  const roll = dice(3);
  const [treated, control] = [arm(4_000, roll, 12), arm(1_000, roll, 0)];
  const [plain, adjusted] = [means(blind(treated), blind(control)), means(treated, control)];
  expect(adjusted.explained).toBeGreaterThan(0.5);
  expect(adjusted.error).toBeLessThan(plain.error * 0.75);
  expect(adjusted.low).toBeLessThan(12);
  expect(adjusted.high).toBeGreaterThan(12);
});

test("the people still needed shrink as the difference grows, and would be enough", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.001, max: 10, noNaN: true }),
      fc.integer({ min: 100, max: 100_000 }),
      (difference, n) => {
        const found = { difference, low: -1, high: 1, error: 1, p: 0.5, explained: 0 };
        const more = morePeople(n, found);
        if (more === null) return;
        const errorThen = Math.sqrt(n / (n + more));
        if (more > 1) expect(difference / errorThen).toBeGreaterThanOrEqual(2.8);
        expect(morePeople(n, { ...found, difference: difference * 2 }) ?? 0).toBeLessThanOrEqual(more);
      },
    ),
  );
});

test("the normal curve, from tables", () => {
  for (const [z, below] of [
    [0, 0.5],
    [1, 0.841344746],
    [1.959963985, 0.975],
    [-2.575829304, 0.005],
    [4, 0.999968329],
  ] as const) {
    expect(normalBelow(z)).toBeCloseTo(below, 8);
    expect(normalQuantile(below)).toBeCloseTo(z, 4);
  }
});

test("an experiment's winner: sure, or said to be taken anyway, never before its time", () => {
  const arms = [
    { id: "a", n: 500, x: 50 },
    { id: "b", n: 500, x: 90 },
  ];
  expect(winnerOf(arms, 500, false)).toBe("b");
  expect(winnerOf(arms, 501, true)).toBeUndefined();
  const close = [
    { id: "a", n: 500, x: 51 },
    { id: "b", n: 500, x: 50 },
  ];
  expect(winnerOf(close, 100, false)).toBeUndefined();
  expect(winnerOf(close, 100, true)).toBe("a");
});
