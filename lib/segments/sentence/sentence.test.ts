/** Rules in plain words, in three languages, without a key left over. */
import { createTranslator } from "use-intl/core";
import { expect, test } from "vitest";
import { wordsOf } from "@/components/segments/words";
import { formats } from "@/lib/platform/i18n/format";
import { LOCALES } from "@/lib/platform/i18n/locales";
import { load } from "@/lib/platform/i18n/messages";
import { READY, type Rule, readyRule, sentence } from "../model";

const lists = {
  own: [{ id: "own_choice_7", name: "Тип волос", options: ["сухие"], isAway: false }],
  tags: [{ value: 7, name: "VIP" }],
  item: [],
  category: [],
  location: [{ value: 3, name: "Centre" }],
  staff: [],
  source: [],
  tier: [],
  segment: [{ value: 9, name: "A" }],
};

async function said(rule: Rule, locale: (typeof LOCALES)[number]): Promise<string> {
  const segments = await load(locale, "segments");
  const t = createTranslator({ locale, messages: { segments }, namespace: "segments" });
  return sentence(rule, wordsOf(t, formats({ locale, currency: "UAH" }), lists))
    .map((part) => part.text)
    .join("");
}

const HARD: Rule = {
  version: 1,
  root: {
    kind: "all",
    nodes: [
      { kind: "set", field: "tags", test: { op: "any", values: [7] } },
      {
        kind: "any",
        nodes: [
          {
            kind: "event",
            event: "purchase",
            where: [{ prop: "location", op: "in", values: [3] }],
            window: { in: "last", n: 2, unit: "month" },
            measure: { of: "sum", prop: "amount", test: { op: "at_least", value: 50_000 } },
          },
          { kind: "segment", op: "not_in", segment: 9, forDays: null },
        ],
      },
      { kind: "none", nodes: [{ kind: "flag", field: "blocked", test: { is: true } }] },
    ],
  },
};

test("a field of the business's own reads by its name", async () => {
  const own: Rule = {
    version: 1,
    root: {
      kind: "all",
      nodes: [{ kind: "choice", field: "own_choice_7", test: { op: "in", values: ["сухие"] } }],
    },
  };
  expect(await said(own, "ru")).toBe("Тип волос: сухие");
});

test("a nested rule reads as a sentence", async () => {
  expect(await said(HARD, "en")).toBe(
    "Tags: any of VIP and (Purchase (location: Centre) within the last 2 months: sum of amount at least ₴500 or not in “A”) and not any of (Blocked: yes)",
  );
  expect(await said(HARD, "ru")).toContain(
    "Покупка (точка: Centre) за последние 2 месяца: сумма всего не меньше 500",
  );
  expect(await said(HARD, "uk")).toContain(
    "Покупка (точка: Centre) за останні 2 місяці: сума загалом не менше 500",
  );
});

test.each(LOCALES)("every ready-made rule is said whole (%s)", async (locale) => {
  for (const id of READY)
    expect(await said(readyRule(id), locale), id).not.toMatch(/sentence\.|field\.|event\./);
});
