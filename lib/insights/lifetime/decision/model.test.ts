import { expect, test } from "vitest";
import { buyers, type World } from "../../../../tests/support/buyers";
import { countedAt, historyAt, repeatSpends, type Visits } from "../holdout/model";
import { baseline, likelyVisits, score } from "../score/model";
import { type Decision, decide, worth } from "./model";

const SALON: World = {
  customers: 60,
  days: 400,
  begin: 300,
  shape: 2,
  perDay: 1 / 30,
  leaving: { a: 0.5, b: 4 },
  paid: 90_000,
};

function decided(all: readonly Visits[], end: number): Decision {
  return decide(countedAt(all, end), repeatSpends(all.flatMap((one) => historyAt(one, end) ?? [])));
}

test("a handful of clients is not enough, and what is missing is said", () => {
  const few = decided(buyers({ ...SALON, customers: 12 }), 400);
  expect(few).toMatchObject({ state: "too_little", seen: { customers: 12 } });
  expect(decided([], 400)).toMatchObject({ state: "too_little", seen: { customers: 0, repeats: 0 } });
});

test.each([1, 2, 3, 4, 5, 6])(
  "a salon with 60 clients gets a model that keeps to what is usual (%d)",
  (seed) => {
    const all = buyers(SALON, seed);
    const end = 340;
    const decision = decided(all, end);
    if (decision.state !== "published") throw new Error(`was ${decision.state}`);
    const { counts } = decision.model;
    expect(counts.r).toBeGreaterThan(0.3);
    expect(counts.r).toBeLessThan(8);
    const sum = (of: (one: Visits) => number) => all.reduce((total, one) => total + of(one), 0);
    const came = sum(({ days }) => days.filter((day, i) => i > 0 && day > end).length);
    const expected = sum((one) => {
      const known = historyAt(one, end);
      return known ? score(decision.model, known).expected[1] * (60 / 90) : 0;
    });
    expect(expected / came).toBeGreaterThan(0.5);
    expect(expected / came).toBeLessThan(2);
  },
);

test("where nobody leaves the model is NBD and knows no probability to be alive", () => {
  const loyal = decided(buyers({ ...SALON, customers: 500, leaving: null }), 400);
  expect(loyal).toMatchObject({
    state: "published",
    fallback: "no_leaving",
    model: { counts: { kind: "nbd" } },
  });
  if (loyal.state !== "published") throw new Error("is published");
  expect(
    score(loyal.model, { history: { x: 3, tx: 90, T: 100 }, spend: { count: 3, mean: 100 } }).pAlive,
  ).toBeNull();
});

test("a model that misses the very visits it was made from is not published", () => {
  // Half came daily for three weeks and never again; the others come once in five years.
  const fits: Visits[] = Array.from({ length: 400 }, (_, i) =>
    i % 2 === 0
      ? { days: Array.from({ length: 21 }, (__, day) => day), paid: Array.from({ length: 21 }, () => 100) }
      : { days: [0, 1_999], paid: [100, 100] },
  );
  expect(decided(fits, 2_000)).toMatchObject({ state: "withheld" });
});

test("what a customer is worth lies between their own average and the business's", () => {
  const decision = decided(buyers({ ...SALON, customers: 1_500 }), 400);
  if (decision.state !== "published") throw new Error("is published");
  const rich = (count: number) => worth(decision.model.worth, { count, mean: 300_000 });
  expect(rich(1)).toBeLessThan(rich(10));
  expect(rich(10)).toBeLessThan(300_000);
  expect(rich(1)).toBeGreaterThan(worth(decision.model.worth, { count: 0, mean: 0 }));
  expect(worth({ kind: "average", mean: 100 }, { count: 2, mean: 200 })).toBe(150);
});

test("the likely range holds what it says", () => {
  const world = { ...SALON, customers: 3_000 };
  const all = buyers(world, 3);
  const end = 310;
  const decision = decided(all, end);
  if (decision.state !== "published") throw new Error("is published");
  const inside = all.flatMap((one) => {
    const known = historyAt(one, end);
    if (!known) return [];
    const [low, high] = likelyVisits(decision.model, known.history, 90);
    const came = one.days.filter((day) => day > end && day <= end + 90).length;
    return [came >= low && came <= high];
  });
  // Whole visits only, so that a range often holds a little more than it must.
  expect(inside.filter(Boolean).length / inside.length).toBeGreaterThan(0.78);
});

test("one's own past knows nothing of who came once", () => {
  const spend = { count: 1, mean: 500 };
  expect(baseline({ history: { x: 0, tx: 0, T: 40 }, spend }, 30)).toEqual({ visits: 0, value: 0 });
  expect(baseline({ history: { x: 4, tx: 30, T: 40 }, spend: { count: 4, mean: 500 } }, 30)).toEqual({
    visits: 3,
    value: 1_500,
  });
  expect(baseline({ history: { x: 0, tx: 0, T: 0 }, spend }, 30).visits).toBe(0);
});
