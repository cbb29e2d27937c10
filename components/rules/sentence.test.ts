/** Rules in words: every starting point in three languages, and what is left out stays out. */
import { createTranslator } from "use-intl/core";
import { describe, expect, test } from "vitest";
import { formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";
import { load } from "@/lib/platform/i18n/messages";
import { ALWAYS, type RuleBody } from "@/lib/program/model";
import { ruleBody } from "@/lib/program/schema";
import { fitting } from "./fitting";
import { ruleSentence } from "./sentence";
import { BLANK, STARTS, startBody } from "./starts";
import type { Lists, RuleTexts } from "./words";

const lists: Lists = {
  item: [{ value: 7, name: "Shampoo" }],
  category: [{ value: "Care", name: "Care" }],
  location: [{ value: 3, name: "Centre" }],
  tier: [{ value: "base", name: "Base" }],
  segment: [],
  tags: [],
};

async function say(locale: Locale, body: RuleBody): Promise<string> {
  const rules = await load(locale, "rules");
  const t: RuleTexts = createTranslator({ locale, messages: { rules }, namespace: "rules" });
  return ruleSentence(body, { t, f: formats({ locale, zone: "UTC", currency: "UAH" }), lists });
}

const rule = (change: Partial<RuleBody>, when: Partial<RuleBody["when"]> = {}): RuleBody => ({
  ...BLANK,
  name: "r",
  ...change,
  when: { ...ALWAYS, ...when },
});

describe("a rule as a sentence", () => {
  test.each<[Locale, RuleBody, string]>([
    ["en", startBody("happyHour", "h"), "Multiplies points by 2, Mon–Fri 14:00–17:00."],
    ["ru", startBody("happyHour", "h"), "Умножает баллы на 2, пн–пт 14:00–17:00."],
    ["uk", startBody("happyHour", "h"), "Множить бали на 2, пн–пт 14:00–17:00."],
    [
      "en",
      rule(
        {},
        { visit: { is: "every", n: 3 }, goods: { items: [7n], categories: ["Care"], isExcept: true } },
      ),
      "Multiplies points by 2, on everything except “Care”, “Shampoo”, on every 3rd visit.",
    ],
    [
      "ru",
      rule(
        { gives: { is: "points", points: 5_000n, per: "bill" }, group: { name: "А", choose: "best" } },
        { first: "month", locations: [3n] },
      ),
      "Дарит баллы: 50, в «Centre», в первый визит месяца. Из группы «А» действует только одно правило — самое выгодное для гостя.",
    ],
  ])("%s", async (locale, body, sentence) => expect(await say(locale, body)).toBe(sentence));

  test("every starting point is said in every language, without a key left in", async () => {
    for (const locale of ["en", "ru", "uk"] as const)
      for (const start of STARTS) {
        const sentence = await say(locale, startBody(start, "s"));
        expect(sentence).toMatch(/\.$/);
        expect(sentence).not.toMatch(/say\.|rules\./);
      }
  });
});

test("a starting point can be saved once its goods are named", () => {
  for (const start of STARTS) {
    const body = startBody(start, "s");
    const goods = body.when.goods && { ...body.when.goods, categories: ["Care"] };
    expect(ruleBody.safeParse({ ...body, when: { ...body.when, goods } }).success).toBe(true);
  }
});

test("the bill to try a rule on is one it applies to", () => {
  const weekend = rule({}, { hours: [{ weekdays: [6], from: 600, to: 700 }], minBillMinor: 500_000n });
  // 22 November 2026 is a Sunday.
  expect(fitting(weekend, lists, "2026-11-22", 5)).toMatchObject({
    day: "2026-11-28",
    minute: 600,
    lines: [{ amountMinor: 500_000n }],
  });
});
