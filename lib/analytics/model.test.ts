import { describe, expect, test } from "vitest";
import { add, figuresOf, filled, NOTHING, rangesOf, summarise } from "./model";

describe("a span and the same span before", () => {
  test.each([
    ["today", "2026-03-10", ["2026-03-10", "2026-03-10"], ["2026-03-09", "2026-03-09"]],
    ["week", "2026-03-12", ["2026-03-09", "2026-03-12"], ["2026-03-02", "2026-03-05"]],
    ["week", "2026-03-15", ["2026-03-09", "2026-03-15"], ["2026-03-02", "2026-03-08"]],
    ["week", "2026-03-16", ["2026-03-16", "2026-03-16"], ["2026-03-09", "2026-03-09"]],
    ["month", "2026-03-10", ["2026-03-01", "2026-03-10"], ["2026-02-01", "2026-02-10"]],
    ["month", "2026-03-31", ["2026-03-01", "2026-03-31"], ["2026-02-01", "2026-02-28"]],
    ["month", "2026-01-31", ["2026-01-01", "2026-01-31"], ["2025-12-01", "2025-12-31"]],
  ] as const)("%s of %s", (span, today, [from, to], [fromBefore, toBefore]) =>
    expect(rangesOf(span, today)).toEqual({ now: { from, to }, before: { from: fromBefore, to: toBefore } }),
  );
});

describe("figures", () => {
  test("a refund takes money and points, not the visit", () => {
    const bought = figuresOf("purchase.recorded", {
      totalMinor: 1_000,
      cashMinor: 900,
      pointsSpent: 100,
      pointsEarned: "45",
      isFirst: false,
    });
    const refunded = figuresOf("purchase.refunded", {
      cashMinor: 900,
      pointsReturned: 100,
      pointsTaken: 45,
      pointsExpired: -3,
    });
    expect(summarise([bought, refunded])).toMatchObject({
      purchases: 1,
      returning: 1,
      returningShare: 1,
      averageBillMinor: 1_000n,
      revenueMinor: 0n,
      pointsIssued: 0n,
      pointsSpent: 0n,
      pointsExpired: -3n,
    });
    expect(add(add(bought, refunded), refunded, -1)).toEqual(bought);
  });

  test("without visits there is no share and no average", () =>
    expect(summarise([])).toMatchObject({ returningShare: null, averageBillMinor: null, revenueMinor: 0n }));

  test("an event of another kind adds nothing", () => expect(figuresOf("tier.changed", {})).toEqual(NOTHING));

  test("days without a row are zeros", () => {
    const row = { ...NOTHING, day: "2026-03-02", purchases: 4 };
    const days = filled([row], { from: "2026-03-01", to: "2026-03-03" });
    expect(days.map(({ day, purchases }) => [day, purchases])).toEqual([
      ["2026-03-01", 0],
      ["2026-03-02", 4],
      ["2026-03-03", 0],
    ]);
  });
});
