import { expect, test } from "vitest";
import { beatOf, dueOn, usualGapDays } from "./model";

test("a usual gap is drawn towards the business's, less with every gap seen", () => {
  const gap = (gaps: number) => usualGapDays({ gaps, medianDays: 10 }, 40) ?? 0;
  expect(usualGapDays({ gaps: 2, medianDays: 10 }, 40)).toBeCloseTo(20, 10);
  expect(gap(1)).toBeGreaterThan(gap(2));
  expect(gap(12)).toBeLessThan(13);
  expect(usualGapDays({ gaps: 0, medianDays: null }, 40)).toBeNull();
  expect(usualGapDays({ gaps: 3, medianDays: 26 }, null)).toBe(26);
});

test("usually every 26 days, now 9 late", () => {
  const due = dueOn("2026-10-10", 26);
  expect(due).toBe("2026-11-05");
  expect(beatOf("2026-10-10", 26, due, "2026-11-14")).toMatchObject({ lateDays: 9, state: "late" });
  expect(beatOf("2026-10-10", 26, due, "2026-11-07").state).toBe("due");
  expect(beatOf("2026-10-10", 26, due, "2026-10-20")).toMatchObject({ lateDays: -16, state: "early" });
  expect(beatOf("2026-10-10", 26, due, "2027-03-01").state).toBe("gone");
});

test("nobody is due on the day of the visit itself", () =>
  expect(dueOn("2026-10-10", 0.2)).toBe("2026-10-11"));
