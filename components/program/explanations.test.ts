/** Thirty bills explained in three languages, as files that people read: a changed word shows as a changed line. */
import { createTranslator } from "use-intl/core";
import { expect, test } from "vitest";
import { formats } from "@/lib/platform/i18n/format";
import { LOCALES, type Locale } from "@/lib/platform/i18n/locales";
import { load } from "@/lib/platform/i18n/messages";
import { BILLS, priceOf } from "@/tests/support/bills";
import { NOON_KYIV, ZONE } from "@/tests/support/rules";
import { missedTexts, type ReasonTexts, reasonTexts } from "./reason-text";

async function explained(locale: Locale): Promise<string> {
  const reasons = await load(locale, "reasons");
  const t = createTranslator({ locale, messages: { reasons }, namespace: "reasons" }) as ReasonTexts;
  const f = formats({ locale, zone: ZONE, currency: "UAH" });
  const parts = BILLS.map((bill, no) => {
    const price = priceOf(bill, locale, NOON_KYIV);
    const points = price.grants.reduce((sum, grant) => sum + grant.points, 0n);
    const face = `${f.money(price.totalMinor)} → ${f.money(price.cashMinor)}, ${f.pointsSigned(points - price.points)}`;
    const said = reasonTexts(price.because, t, f).map((text) => `   ${text}`);
    const missed = missedTexts(price.because, t, f).map((text) => `   · ${text}`);
    return [`${no + 1}. ${bill.about}: ${face}`, ...said, ...missed].join("\n");
  });
  return `${parts.join("\n")}\n`;
}

test.each(LOCALES)("30 bills in %s", async (locale) => {
  expect(BILLS).toHaveLength(30);
  await expect(await explained(locale)).toMatchFileSnapshot(
    `../../tests/fixtures/explanations/${locale}.txt`,
  );
});
