import { describe, expect, test } from "vitest";
import { stateOf, waitMs } from "./reconnect";

describe("the wait before another try", () => {
  test("doubles from about a second and stops at half a minute", () => {
    expect([0, 1, 2, 3, 4, 5, 50].map((attempt) => waitMs(attempt, 1))).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
    ]);
  });
  test("is spread over its second half", () => {
    expect(waitMs(3, 0)).toBe(4_000);
    expect(waitMs(3, 0.5)).toBe(6_000);
  });
});

test("a card's state changes with everything it shows, and with nothing else", () => {
  const figures = {
    version: 4n,
    programmeVersion: 2,
    available: -500n,
    pending: 100n,
    member: { blockedAt: null },
  };
  const same = stateOf({ ...figures });
  expect(stateOf(figures)).toBe(same);
  const changed = [
    { ...figures, version: 5n },
    { ...figures, programmeVersion: 3 },
    { ...figures, available: 0n },
    { ...figures, pending: 0n },
    { ...figures, member: { blockedAt: new Date(0) } },
  ].map(stateOf);
  expect(new Set([same, ...changed]).size).toBe(6);
});
