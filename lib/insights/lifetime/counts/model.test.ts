import { expect, test } from "vitest";
import { buyers } from "../../../../tests/support/buyers";
import { CUT, cdnow } from "../../../../tests/support/cdnow";
import { fitCounts, fitSpend } from "../fit/model";
import { historyAt, repeatSpends } from "../holdout/model";
import {
  type CountModel,
  counted,
  expectedFrom0,
  expectedNext,
  expectedTotal,
  logLikelihood,
  probabilityAlive,
} from "./model";

const WEEK = 7;
const known = cdnow().flatMap((visits) => historyAt(visits, CUT) ?? []);
const weeks = counted(known.map(({ history: { x, tx, T } }) => ({ x, tx: tx / WEEK, T: T / WEEK })));

const PUBLISHED = { kind: "bg", r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 } as const;

test("CDNOW has the published customers", () => {
  expect(known).toHaveLength(2_357);
  expect(weeks.reduce((sum, { x, n }) => sum + x * n, 0)).toBe(2_457);
});

test("BG/NBD on CDNOW is the published one", () => {
  const { model, logLikelihood: found, ranAway, bounds } = fitCounts("bg", weeks);
  expect(
    Object.entries(model).map(([name, value]) =>
      name === "kind" ? value : Number(Number(value).toFixed(3)),
    ),
  ).toEqual(["bg", 0.243, 0.793, 2.426, 4.414]);
  expect(found).toBeCloseTo(-9582.43, 2);
  expect(ranAway).toBe(false);
  expect(bounds?.r?.[0]).toBeGreaterThan(0.21);
  expect(bounds?.r?.[1]).toBeLessThan(0.28);
});

test("MBG/NBD on CDNOW is the published one, and beats BG/NBD there", () => {
  const { model, logLikelihood: found } = fitCounts("mbg", weeks);
  expect(
    model.kind === "mbg" && [model.r, model.alpha, model.a, model.b].map((value) => Number(value.toFixed(3))),
  ).toEqual([0.525, 6.183, 0.891, 1.614]);
  expect(found).toBeGreaterThan(-9582.43);
});

test("Gamma-Gamma on CDNOW is the published one", () => {
  const { model } = fitSpend(repeatSpends(known));
  expect(model.p).toBeCloseTo(6.25, 1);
  expect(model.q).toBeCloseTo(3.74, 1);
  expect(model.gamma / 15.44).toBeCloseTo(1, 2);
});

test("the customer of the paper is expected 1.226 times in the next 39 weeks", () => {
  expect(expectedNext(PUBLISHED, { x: 2, tx: 30.43, T: 38.86 }, 39)).toBeCloseTo(1.226, 3);
});

test("the unit of time does not matter", () => {
  const days = counted(known.map(({ history }) => history));
  const byDay = fitCounts("mbg", days).model;
  const byWeek = fitCounts("mbg", weeks).model;
  expect(byDay.r).toBeCloseTo(byWeek.r, 3);
  expect(byDay.alpha / WEEK).toBeCloseTo(byWeek.alpha, 2);
});

test("BG/NBD holds everybody who came once for alive, MBG/NBD does not", () => {
  const once = { x: 0, tx: 0, T: 39 };
  expect(probabilityAlive(PUBLISHED, once)).toBe(1);
  const alive = probabilityAlive({ ...PUBLISHED, kind: "mbg" }, once);
  expect(alive).toBeGreaterThan(0);
  expect(alive).toBeLessThan(0.8);
  expect(probabilityAlive({ kind: "nbd", r: 1, alpha: 1 }, once)).toBe(1);
});

test("expectations are those of customers drawn from the model", () => {
  const world = {
    customers: 40_000,
    days: 400,
    begin: 1,
    shape: 0.8,
    perDay: 0.01,
    leaving: { a: 0.9, b: 2.2 },
    paid: 1,
  };
  const model: CountModel = { kind: "mbg", r: 0.8, alpha: 80, a: 0.9, b: 2.2 };
  const drawn = buyers(world);
  const repeats = (from: number, to: number, some = drawn) =>
    some.reduce((sum, { days }) => sum + days.slice(1).filter((day) => day > from && day <= to).length, 0);
  expect(repeats(0, 400) / drawn.length / expectedFrom0(model, 400)).toBeCloseTo(1, 1);
  // And of those with one and the same history, in the days after it.
  const cut = 200;
  const again = drawn.filter(({ days }) => days.filter((day) => day <= cut).length === 2);
  const expected = again.reduce(
    (sum, visits) => sum + expectedNext(model, historyAt(visits, cut)?.history ?? { x: 0, tx: 0, T: 0 }, 200),
    0,
  );
  expect(repeats(cut, 400, again) / expected).toBeCloseTo(1, 1);
});

test("the formula's gap at a = 1 is bridged, and a long calm history costs no digits", () => {
  const at = (a: number) =>
    expectedNext({ kind: "mbg", r: 0.5, alpha: 6, a, b: 1.6 }, { x: 3, tx: 20, T: 30 }, 39);
  expect(at(1)).toBeCloseTo((at(0.999) + at(1.001)) / 2, 5);
  const gym: CountModel = { kind: "mbg", r: 40, alpha: 120, a: 0.2, b: 4 };
  const nbd: CountModel = { kind: "nbd", r: 40, alpha: 120 };
  const regular = { x: 300, tx: 899, T: 900 };
  expect(expectedNext(gym, regular, 30)).toBeLessThan(expectedNext(nbd, regular, 30));
  expect(expectedNext(gym, regular, 30)).toBeGreaterThan(0.9 * expectedNext(nbd, regular, 30));
  expect(expectedNext(gym, regular, 0)).toBe(0);
});

test("equal histories count as often as they are there", () => {
  const twice = counted([
    { x: 1, tx: 2, T: 9 },
    { x: 1, tx: 2, T: 9 },
    { x: 0, tx: 0, T: 9 },
  ]);
  expect(twice.map(({ n }) => n)).toEqual([2, 1]);
  const apart = twice.reduce((sum, kind) => sum + kind.n * logLikelihood(PUBLISHED, [{ ...kind, n: 1 }]), 0);
  expect(logLikelihood(PUBLISHED, twice)).toBeCloseTo(apart, 10);
  expect(expectedTotal({ kind: "nbd", r: 1, alpha: 10 }, twice)).toBeCloseTo(2.7, 10);
});
