import { expect, test } from "vitest";
import { CELLS, cellOf, columnOf, GRID, type Score, scoresOf } from "./model";

const cutoffs = {
  recency: [7, 30, 60, 120],
  frequency: [1, 2, 4, 9],
  monetary: [10_000, 20_000, 50_000, 90_000],
} as const;

test("scores stand on the side before their step", () => {
  const at = (daysSince: number, visits: number, spentMinor: number) =>
    Object.values(scoresOf({ daysSince, visits, spentMinor }, cutoffs));
  expect(at(0, 30, 1_000_000)).toEqual([5, 5, 5]);
  expect(at(7, 1, 10_000)).toEqual([5, 1, 1]);
  expect(at(8, 2, 10_001)).toEqual([4, 2, 2]);
  expect(at(121, 3, 50_000)).toEqual([1, 3, 3]);
});

test("steps that fall together leave scores out and never go beyond", () => {
  const flat = { ...cutoffs, frequency: [1, 1, 1, 3] } as const;
  const frequency = (visits: number) => scoresOf({ daysSince: 0, visits, spentMinor: 0 }, flat).frequency;
  expect([1, 2, 3, 4].map(frequency)).toEqual([1, 4, 4, 5]);
});

const place = (recency: Score, frequency: Score, monetary: Score, visits = 9) =>
  cellOf({ recency, frequency, monetary }, visits);

test("places have the names people know", () => {
  expect(place(5, 5, 5)).toBe("champions");
  expect(place(5, 1, 1)).toBe("new");
  expect(place(3, 4, 5)).toBe("loyal");
  expect(place(1, 5, 5)).toBe("cant_lose");
  expect(place(2, 3, 3)).toBe("at_risk");
  expect(place(2, 1, 2)).toBe("hibernating");
  expect(place(1, 1, 1)).toBe("lost");
});

test("who came once is new however much they paid, and lost when it was long ago", () => {
  expect(place(5, 1, 5, 1)).toBe("new");
  expect(place(1, 1, 5, 1)).toBe("lost");
  expect(columnOf({ recency: 5, frequency: 1, monetary: 5 }, 1)).toBe(1);
});

test("the grid is whole and uses every name", () => {
  expect(GRID.map((row) => row.length)).toEqual([5, 5, 5, 5, 5]);
  expect(new Set(GRID.flat())).toEqual(new Set(CELLS));
});
