import { readFileSync } from "node:fs";
import { createTranslator } from "use-intl/core";
import { describe, expect, test } from "vitest";
import { formats } from "@/lib/platform/i18n/format";
import { LOCALES, type Locale } from "@/lib/platform/i18n/locales";
import { REASONS, type Reason } from "@/lib/program/model";
import { type ReasonTexts, reasonText, reasonTexts } from "./reason-text";

const texts = (locale: Locale) => {
  const file = new URL(`../../lib/platform/i18n/messages/${locale}/reasons.json`, import.meta.url);
  const messages = { reasons: JSON.parse(readFileSync(file, "utf8")) as Record<string, string> };
  return createTranslator({ locale, messages, namespace: "reasons" }) as ReasonTexts;
};
const format = (locale: Locale) => formats({ locale, zone: "Europe/Kyiv", currency: "UAH" });
const say = (reason: Reason, locale: Locale = "en") => reasonText(reason, texts(locale), format(locale));

const values = {
  reward: "Free coffee",
  programme: "Every tenth",
  count: 2,
  rule: "Coffee week",
  ruleId: "1",
  by: "perDay",
  what: "paying",
  days: 3,
  left: 2,
  tier: "Gold",
  rateBps: 550,
  bps: 3000,
  minor: "119000",
  points: "5950",
  of: "200000",
};

describe.each(LOCALES)("in %s", (locale) => {
  test.each(REASONS)("%s is a sentence with its values filled in", (code) => {
    const reason = { code, ...values, at: "2026-12-05T22:00:00.000Z", comment: null, receipt: null };
    const text = say(reason, locale);
    expect(text).toMatch(/\p{L}{3}/u);
    expect(text).not.toMatch(/[{}]|reasons\.|NaN|Invalid|undefined/);
  });
});

test("says rates, money and points the reader's way", () => {
  expect(say({ code: "cashback", ...values })).toBe("5.5% back for the Gold tier on ₴1,190 paid: +59.50");
  expect(say({ code: "cashback", ...values }, "ru")).toMatch(/^Кэшбэк 5,5\s% по статусу «Gold» .*\+59,50$/);
});

test("names the last day of points, not the midnight after it", () => {
  expect(say({ code: "expires", at: "2026-12-05T22:00:00.000Z" })).toBe(
    "Points are valid until the end of 5 Dec 2026",
  );
  expect(say({ code: "pending_until", at: "2026-12-05T22:00:00.000Z" })).toBe(
    "Points can be spent from 6 Dec 2026",
  );
});

test("takes a comment or a receipt number in where there is one", () => {
  expect(say({ code: "granted", points: "10000", comment: "Happy birthday" })).toContain("“Happy birthday”");
  expect(say({ code: "deducted", points: "10000", comment: " " })).toBe("Points written off: −100");
  expect(say({ code: "voucher", points: "10000", receipt: "A-7" })).toContain("A-7");
});

test("passes over a code it does not know", () => {
  const later = { code: "from_a_later_release" } as unknown as Reason;
  expect(reasonTexts([later, { code: "welcome", points: "100" }], texts("en"), format("en"))).toHaveLength(1);
});
