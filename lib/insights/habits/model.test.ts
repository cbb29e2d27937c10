/** Habits: what is usual, what is chance, and whose clock it is. */
import { describe, expect, test } from "vitest";
import { habitsOf, type Visit } from "./model";

const ZONE = "Europe/Kyiv";
const visit = (at: string, change: Partial<Visit> = {}): Visit => ({
  at: new Date(at),
  amountMinor: 10_000n,
  staff: null,
  location: null,
  lines: [],
  ...change,
});
const line = (name: string, category: string | null = null, amountMinor = 10_000n) => ({
  name,
  category,
  amountMinor,
});

describe("habits", () => {
  test("are not seen in two days, however many bills", () => {
    const day = ["08", "09", "10", "11"].map((hour) => visit(`2026-03-02T${hour}:00:00Z`));
    expect(habitsOf([...day, visit("2026-03-09T08:00:00Z")], ZONE)).toBeNull();
    expect(habitsOf([], ZONE)).toBeNull();
  });

  test("weekday and hour are of the business's wall, a day is one visit", () => {
    // Half past ten in the evening of Sundays in UTC is Monday in Kyiv.
    const late = ["2026-03-01", "2026-03-08", "2026-03-15"].map((day) => visit(`${day}T22:30:00Z`));
    const found = habitsOf([...late, visit("2026-03-15T23:10:00Z")], ZONE);
    expect(found).toMatchObject({
      days: 3,
      weekdays: [3, 0, 0, 0, 0, 0, 0],
      weekday: { value: 1, share: 1 },
    });
    expect(found?.hour?.value).toBe(0);
  });

  test("hours next to each other are one habit; spread over the day there is none", () => {
    const at = (...hours: number[]) =>
      habitsOf(
        hours.map((hour, i) => visit(`2026-01-${10 + i}T${String(hour).padStart(2, "0")}:00:00Z`)),
        "UTC",
      )?.hour?.value;
    expect(at(9, 10, 11, 10)).toBe(10);
    expect(at(8, 11, 14, 17, 20)).toBeUndefined();
  });

  test("favourites are counted in days, ties go to the money, once is chance", () => {
    const found = habitsOf(
      [
        visit("2026-03-02T10:00:00Z", { lines: [line("Cut", "Hair"), line("Cut", "Hair")] }),
        visit("2026-03-09T10:00:00Z", { lines: [line("Cut", "Hair"), line("Dye", "Hair", 50_000n)] }),
        visit("2026-03-16T10:00:00Z", { lines: [line("Dye", "Hair", 50_000n), line("Tea")] }),
      ],
      ZONE,
    );
    expect(found?.items).toEqual([
      { name: "Dye", days: 2, amountMinor: 100_000n },
      { name: "Cut", days: 2, amountMinor: 30_000n },
    ]);
    expect(found?.categories).toEqual([{ name: "Hair", days: 3, amountMinor: 130_000n }]);
  });

  test("nobody is a favourite who shares the top; days without a name do not count", () => {
    const by = (...names: (string | null)[]) =>
      habitsOf(
        names.map((staff, i) => visit(`2026-03-${10 + i}T10:00:00Z`, { staff })),
        ZONE,
      )?.staff;
    expect(by("Olha", "Olha", "Ivan", "Ivan")).toBeNull();
    expect(by("Olha", "Olha", "Ivan", null, null)).toMatchObject({ value: "Olha", share: 2 / 3 });
    expect(by("Olha", null, null)).toBeNull();
  });

  test("the usual bill is the median", () => {
    const bills = [1_000n, 2_000n, 90_000n, 4_000n];
    const found = habitsOf(
      bills.map((amountMinor, i) => visit(`2026-03-${10 + i}T10:00:00Z`, { amountMinor })),
      ZONE,
    );
    expect(found?.billMinor).toBe(3_000n);
  });
});
