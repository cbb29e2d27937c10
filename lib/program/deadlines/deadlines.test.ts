import { describe, expect, test } from "vitest";
import {
  AWAITING,
  addMonths,
  type Deadlines,
  type Expiry,
  lastDay,
  lifetime,
  PLAIN_EXPIRY,
  visitsExtend,
} from "./model";

const ZONE = "Europe/Kyiv";
const NOW = new Date("2026-03-10T10:00:00Z");
const rules = (expiry: Partial<Expiry> = {}, change: Partial<Deadlines> = {}): Deadlines => ({
  earnedDays: 10,
  pendingDays: 0,
  confirmEarned: false,
  expiry: { ...PLAIN_EXPIRY, ...expiry },
  ...change,
});
const ends = (deadlines: Deadlines, now = NOW) =>
  lifetime(deadlines, now, ZONE).expiresAt?.toISOString() ?? null;

describe("points end", () => {
  test.each<[string, Deadlines, string | null]>([
    ["so many days after, on the last instant of the day", rules(), "2026-03-20T22:00:00.000Z"],
    ["never without days", rules({}, { earnedDays: null }), null],
    ["across the change of clocks", rules({}, { earnedDays: 20 }), "2026-03-30T21:00:00.000Z"],
    ["months after", rules({ kind: "months", months: 2 }), "2026-05-10T21:00:00.000Z"],
    ["on the date of this year", rules({ kind: "date", month: 12, day: 31 }), "2026-12-31T22:00:00.000Z"],
    [
      "on the next year's date when young",
      rules({ kind: "date", month: 4, day: 1, minDays: 90 }),
      "2027-04-01T21:00:00.000Z",
    ],
    ["at the end of the month", rules({ toMonthEnd: true }), "2026-03-31T21:00:00.000Z"],
    ["counted from when they start", rules({}, { pendingDays: 5 }), "2026-03-25T22:00:00.000Z"],
  ])("%s", (_, deadlines, expected) => expect(ends(deadlines)).toBe(expected));

  test("the day they were earned still counts as it is in the business's zone", () => {
    expect(ends(rules({}, { earnedDays: 0 }), new Date("2026-03-10T22:30:00Z"))).toBe(
      "2026-03-11T22:00:00.000Z",
    );
  });

  test("points that wait for a confirmation have no end and no start yet", () => {
    expect(lifetime(rules({}, { confirmEarned: true }), NOW, ZONE)).toEqual({
      availableAt: AWAITING,
      expiresAt: null,
    });
    const latest = lifetime(rules({}, { confirmEarned: true, pendingDays: 3 }), NOW, ZONE);
    expect(latest.availableAt.toISOString()).toBe("2026-03-12T22:00:00.000Z");
  });
});

test.each([
  ["2026-01-31", 1, "2026-02-28"],
  ["2028-01-31", 1, "2028-02-29"],
  ["2026-12-31", 2, "2027-02-28"],
  ["2026-03-15", 12, "2027-03-15"],
  ["2026-10-31", 1, "2026-11-30"],
])("%s and %i months is %s", (from, months, to) => expect(addMonths(from, months)).toBe(to));

test("a yearly date a month does not have is its last day", () => {
  const expiry = { ...PLAIN_EXPIRY, kind: "date" as const, month: 2, day: 31, minDays: 0 };
  expect(lastDay(expiry, null, "2026-01-05")).toBe("2026-02-28");
  expect(lastDay(expiry, null, "2028-01-05")).toBe("2028-02-29");
  expect(lastDay(expiry, null, "2026-02-28")).toBe("2026-02-28");
});

test("a visit moves ends by inactivity always, otherwise by the switch", () => {
  expect(visitsExtend(rules({ kind: "inactive" }))).toBe(true);
  expect(visitsExtend(rules())).toBe(false);
  expect(visitsExtend(rules({ extends: true }))).toBe(true);
  expect(visitsExtend(rules({ extends: true }, { earnedDays: null }))).toBe(false);
});
