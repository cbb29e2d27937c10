import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { amountText, parseAmount } from "./amount";
import { formats } from "./format";

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");
const now = new Date("2026-11-21T22:30:00Z");

describe("amounts", () => {
  test.each([
    ["1 234,50", 123450n],
    ["1,234.50", 123450n],
    ["1.234,50", 123450n],
    ["1'234.5", 123450n],
    ["1\u00a0234,5", 123450n],
    ["1234", 123400n],
    ["1,234", 123400n],
    ["1.234.567", 123456700n],
    ["0,5", 50n],
    ["12,3", 1230n],
    ["5,", 500n],
    ["-12.30", -1230n],
    ["−12,30", -1230n],
  ])("reads %s", (typed, amount) => expect(parseAmount(typed)).toBe(amount));

  test.each([
    "",
    " ",
    "abc",
    "1e5",
    "NaN",
    "1 2",
    "12 34,5",
    "1,2,3",
    "0.005",
    "1.2345",
    "--1",
    "∞",
    "12345678901234",
    "1,23.456",
  ])("refuses %j", (typed) => expect(parseAmount(typed)).toBeNull());

  test("reads back whatever it wrote, in every language", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }),
        fc.constantFrom("en", "ru", "uk"),
        (amount, locale) => {
          expect(parseAmount(amountText(amount, locale))).toBe(amount);
        },
      ),
    );
  });
});

describe("formats", () => {
  const uk = formats({ locale: "uk", zone: "Europe/Kyiv", currency: "UAH" });
  const en = formats({ locale: "en", zone: "Europe/Kyiv", currency: "EUR" });
  const ru = formats({ locale: "ru", zone: "Europe/Kyiv", currency: "UAH" });

  test("points show decimals only when they have some", () => {
    expect(plain(uk.points(123400n))).toBe("1 234");
    expect(en.points(123450n)).toBe("1,234.50");
    expect(en.points(5n)).toBe("0.05");
    expect(en.pointsSigned(-5000n)).toBe("−50");
    expect(en.pointsSigned(5000n)).toBe("+50");
  });

  test("money is exact far beyond what a float holds", () => {
    expect(plain(uk.money(123450n))).toBe("1 234,50 ₴");
    expect(en.money(9007199254740993n * 100n + 1n)).toBe("€9,007,199,254,740,993.01");
    expect(plain(ru.money(123400n, { whole: "drop" }))).toBe("1 234 ₴");
  });

  test("days are counted in the business's zone, not in UTC", () => {
    expect(en.days(new Date("2026-11-21T21:00:00Z"), now)).toBe("yesterday");
    expect(en.days(new Date("2026-11-22T21:59:00Z"), now)).toBe("today");
    expect(ru.days(new Date("2026-11-25T10:00:00Z"), now)).toBe("через 3 дня");
    expect(uk.days(new Date("2026-11-27T10:00:00Z"), now)).toBe("через 5 днів");
    expect(en.date(now, "dateTime")).toBe("22 Nov 2026, 00:30");
  });

  test("a calendar date is the same day everywhere", () => {
    expect(en.calendar("2026-11-21")).toBe("21 Nov 2026");
    expect(plain(uk.calendar("2026-11-21", "dayLong"))).toBe("21 листопада");
  });

  test("shares", () => {
    expect(en.percentSigned(0.124)).toBe("+12%");
    expect(en.percent(0.1249, 1)).toBe("12.5%");
  });
});
