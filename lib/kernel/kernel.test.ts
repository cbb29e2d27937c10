import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { firstIdAt, newId, parseId } from "./ids";
import { parseAmount, proportion, shareDown, shareHalfUp, toDecimal } from "./money";
import { normalizePhone } from "./phone";
import { addDays, dayOf, daysBetween, startOfDay } from "./time";

describe("amounts", () => {
  test.each([
    [12.34, 1234n],
    ["12.34", 1234n],
    ["12,34", 1234n],
    [0.1 + 0.2, 30n], // float noise of a till
    [1.005 * 100, 10050n],
    [0, 0n],
    [9_999_999_999.99, 999_999_999_999n],
  ])("%s is read as %s hundredths", (input, value) =>
    expect(parseAmount(input)).toEqual({ ok: true, value }),
  );

  test.each([
    [undefined, "missing"],
    [null, "missing"],
    ["", "missing"],
    [-1, "negative"],
    ["-1", "negative"],
    [Number.NaN, "not_a_number"],
    [Number.POSITIVE_INFINITY, "not_a_number"],
    [1e308, "too_large"],
    ["1e308", "not_a_number"],
    ["ten", "not_a_number"],
    [{}, "not_a_number"],
    [true, "not_a_number"],
    [10.001, "too_precise"],
    ["10.005", "too_precise"],
    [10_000_000_001, "too_large"],
  ])("%s is refused as %s", (input, problem) => expect(parseAmount(input)).toEqual({ ok: false, problem }));

  test("points are cut down instead", () =>
    expect(parseAmount(10.019, "down")).toEqual({ ok: true, value: 1001n }));

  test("what was read is written back the same", () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 999_999_999_999n), (value) => {
        expect(parseAmount(toDecimal(value))).toEqual({ ok: true, value });
      }),
    );
  });

  test("shares round half up, or down", () => {
    expect(shareHalfUp(50n, 500)).toBe(3n); // 2.5
    expect(shareHalfUp(49n, 500)).toBe(2n);
    expect(shareDown(99n, 500)).toBe(4n);
  });

  test("parts of an amount by running total add up to it", () =>
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10_000_000n),
        fc.array(fc.bigInt(1n, 100_000n), { minLength: 1 }),
        (amount, parts) => {
          const whole = parts.reduce((a, b) => a + b, 0n);
          let before = 0n;
          let sum = 0n;
          for (const part of parts) {
            const share = proportion(amount, before + part, whole) - proportion(amount, before, whole);
            expect(share >= 0n).toBe(true);
            sum += share;
            before += part;
          }
          expect(sum).toBe(amount);
        },
      ),
    ));
});

describe("ids", () => {
  test("sort by their moment, stay below 2^53 and never repeat, even thousands in one millisecond", () => {
    const at = new Date("2026-01-01T00:00:00Z");
    const ids = Array.from({ length: 20_000 }, () => newId(at));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => id >= firstIdAt(at) && id <= BigInt(Number.MAX_SAFE_INTEGER))).toBe(true);
    expect(newId(new Date("2027-01-01T00:00:00Z"))).toBeGreaterThan(newId(new Date("2026-06-01T00:00:00Z")));
    expect(newId(new Date("2068-01-01T00:00:00Z"))).toBeLessThan(BigInt(Number.MAX_SAFE_INTEGER));
  });
  test.each([
    "0",
    "-1",
    "1.5",
    "abc",
    "99999999999999999",
    "9007199254740993",
    "",
    null,
    1.5,
    Number.MAX_VALUE,
  ])("%s is no id", (value) => expect(parseId(value)).toBeUndefined());
  test("1099576113739 is one", () => expect(parseId("1099576113739")).toBe(1099576113739n));
});

describe("days", () => {
  test("an instant falls on the business's day, not the server's", () => {
    const late = new Date("2026-03-28T22:30:00Z");
    expect(dayOf(late, "Europe/Kyiv")).toBe("2026-03-29");
    expect(dayOf(late, "America/New_York")).toBe("2026-03-28");
  });
  test("a day starts at midnight there, in summer, in winter, and where midnight is skipped", () => {
    expect(startOfDay("2026-01-15", "Europe/Kyiv").toISOString()).toBe("2026-01-14T22:00:00.000Z");
    expect(startOfDay("2026-07-15", "Europe/Kyiv").toISOString()).toBe("2026-07-14T21:00:00.000Z");
    expect(startOfDay("2024-04-26", "Africa/Cairo").toISOString()).toBe("2024-04-25T22:00:00.000Z"); // 00:00 becomes 01:00
  });
  test("every instant of a day lies between its start and the next day's", () =>
    fc.assert(
      fc.property(
        fc.date({ min: new Date("2020-01-01"), max: new Date("2035-01-01"), noInvalidDate: true }),
        fc.constantFrom(
          "Europe/Kyiv",
          "America/New_York",
          "Asia/Kathmandu",
          "Africa/Cairo",
          "Australia/Lord_Howe",
          "UTC",
        ),
        (at, zone) => {
          const day = dayOf(at, zone);
          expect(startOfDay(day, zone).getTime()).toBeLessThanOrEqual(at.getTime());
          expect(startOfDay(addDays(day, 1), zone).getTime()).toBeGreaterThan(at.getTime());
        },
      ),
    ));
  test("days are counted over month ends and clock changes", () => {
    expect(addDays("2026-02-27", 2)).toBe("2026-03-01");
    expect(daysBetween("2026-03-28", "2026-04-01")).toBe(4);
  });
});

test.each([
  ["+380 67 111-22-33", "en", "+380671112233"],
  ["067 111 22 33", "uk", "+380671112233"],
  ["671112233", "uk", "+380671112233"],
  ["8 (912) 345-67-89", "ru", "+79123456789"],
  [" 79123456789", "en", "+79123456789"], // "+" lost in a URL
  ["%2b79123456789", "en", "+79123456789"],
  ["79123456789", "en", "+79123456789"],
  ["12345", "en", undefined],
  ["+1234567890123456", "en", undefined],
  ["call me", "en", undefined],
])("%s in %s is %s", (input, locale, phone) => expect(normalizePhone(input, locale)).toBe(phone));
