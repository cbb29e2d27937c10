import { expect, test } from "vitest";
import { hyp2f1, lbeta, lgamma, scaledHyp2f1 } from "./model";

/** Abramowitz and Stegun for the whole and half numbers, SciPy 1.17 for the rest. */
test.each([
  [1e-3, 6.907178885383853],
  [0.243, 1.3180435846996699],
  [0.5, 0.5723649429247001],
  [1, 0],
  [2, 0],
  [2.5, 0.2846828704729192],
  [10, 12.801827480081469],
  [123.4, 469.3360974421906],
  [10_000, 82099.71749644238],
])("ln Gamma(%d)", (x, value) => expect(lgamma(x)).toBeCloseTo(value, value > 1_000 ? 8 : 12));

test("ln Gamma is nothing outside its domain", () =>
  expect([lgamma(0), lgamma(-1)]).toEqual([Number.NaN, Number.NaN]));

test("ln Beta", () => {
  expect(lbeta(0.793, 2.426)).toBeCloseTo(-0.5115692885937031, 12);
  expect(Math.exp(lbeta(1, 1))).toBeCloseTo(1, 12);
});

test.each([
  [0.243, 2.426, 2.219, 0.9, 1.9476311698186006],
  [2.243, 4.426, 4.219, 0.4743, 4.580997623828624],
  [0.5, 1.614, 1.5, 0.99, 14.077134938598785],
  [-0.5, 3.2, 4.1, 0.7, 0.6673400568883865],
  [10.5, 3.2, 4.1, 0.95, 1178786055626.515],
  [1, 1, 2, 0.5, 2 * Math.LN2],
  [3, 4, 5, 0, 1],
])("2F1(%d, %d; %d; %d)", (a, b, c, z, value) => expect(hyp2f1(a, b, c, z) / value).toBeCloseTo(1, 10));

test("a series far beyond the largest number comes back where its scale brings it", () => {
  // 2F1(a, b; b; z) = (1 - z)^-a, so the scaled one is 1.
  expect(scaledHyp2f1(900, 3, 3, 0.9, 900)).toBeCloseTo(1, 6);
});
