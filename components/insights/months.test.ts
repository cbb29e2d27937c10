import { expect, test } from "vitest";
import { cohortsOf, monthsOf } from "./months";

const row = (cohort: string, month: string, members: number) => ({
  cohort: `${cohort}-01`,
  month: `${month}-01`,
  members,
  spentMinor: BigInt(members) * 100n,
});
const ROWS = [
  row("2025-12", "2025-12", 10),
  row("2025-12", "2026-02", 4),
  row("2026-02", "2026-02", 6),
  row("2025-12", "2026-03", 5),
];

test("months are whole, with new and returning customers apart", () => {
  expect(monthsOf(ROWS)).toEqual([
    { month: "2025-12-01", isNew: 10, returning: 0, spentMinor: 1_000n },
    { month: "2026-01-01", isNew: 0, returning: 0, spentMinor: 0n },
    { month: "2026-02-01", isNew: 6, returning: 4, spentMinor: 1_000n },
    { month: "2026-03-01", isNew: 0, returning: 5, spentMinor: 500n },
  ]);
  expect(monthsOf([])).toEqual([]);
});

test("a cohort is followed up to the last month and not beyond", () => {
  expect(cohortsOf(ROWS, 5)).toEqual([
    { cohort: "2025-12-01", size: 10, after: [10, 0, 4, 5, null] },
    { cohort: "2026-02-01", size: 6, after: [6, 0, null, null, null] },
  ]);
});
