/** Thirty bills as people read them: priced by the evaluator, said in three languages, kept beside this test to be read. */
import { readFileSync } from "node:fs";
import { createTranslator } from "use-intl/core";
import { expect, test } from "vitest";
import { formats } from "@/lib/platform/i18n/format";
import { LOCALES, type Locale } from "@/lib/platform/i18n/locales";
import { type Bill, type Programme, price, type Standing } from "@/lib/program/model";
import { programme, ruleOf, standing, ZONE } from "@/tests/support/rules";
import { missedTexts, type ReasonTexts, reasonTexts } from "./reason-text";

const texts = (locale: Locale) => {
  const file = new URL(`../../lib/platform/i18n/messages/${locale}/reasons.json`, import.meta.url);
  const messages = { reasons: JSON.parse(readFileSync(file, "utf8")) as Record<string, string> };
  return createTranslator({ locale, messages, namespace: "reasons" }) as ReasonTexts;
};

const lines = [
  { itemId: 1n, category: "coffee", quantity: 2, amountMinor: 12_000n },
  { itemId: 2n, category: "cakes", quantity: 1, amountMinor: 23_050n },
];
const coffee = { goods: { items: [], categories: ["coffee"], isExcept: false } };
const rich = { available: 500_000n };
type Case = [
  string,
  readonly Parameters<typeof ruleOf>[0][],
  Partial<Bill>?,
  Partial<Standing>?,
  Partial<Programme>?,
];
const off = { is: "exclude", earning: false, paying: false, discounts: false } as const;

const CASES: readonly Case[] = [
  ["plain", []],
  ["gold", [], {}, { tierId: "gold" }],
  ["first purchase", [], {}, { isFirst: true, visits: 0 }, { firstPurchasePoints: 5_000n, pendingDays: 3 }],
  ["paid with points to the share", [], { points: null }, rich],
  ["paid with all points", [], { points: null }, { available: 4_250n }],
  ["skipped and unredeemable", [], { skipMinor: 5_000n, unredeemableMinor: 9_900n }],
  ["certificate", [], { certificateMinor: 20_000n }],
  ["discount policy", [], {}, { tierId: "silver" }, { policy: "discount" }],
  ["no rate", [], {}, {}, { base: { ...programme({}, []).base, rateBps: 0 } }],
  ["a rate for coffee", [{ name: "Кава 10 %", when: coffee, gives: { is: "rate", bps: 1_000 } }]],
  ["double points", [{ name: "Вівторок", gives: { is: "times", bps: 20_000 } }]],
  ["one and a half", [{ name: "Осінь", gives: { is: "times", bps: 15_000 } }]],
  ["extra", [{ name: "Happy hours", gives: { is: "extra", bps: 300 } }]],
  [
    "points for the bill",
    [{ name: "Day off", gives: { is: "points", points: 10_000n, per: "bill" }, livesDays: 14 }],
  ],
  [
    "points for each",
    [{ name: "Cups", when: coffee, gives: { is: "points", points: 700n, per: "unit" }, livesDays: 1 }],
  ],
  ["discount on coffee", [{ name: "Ранкова кава", when: coffee, gives: { is: "discount", bps: 1_500 } }]],
  ["money off", [{ name: "Minus fifty", gives: { is: "off", minor: 5_000n } }]],
  [
    "by all spent",
    [{ name: "Накопичувальна", gives: { is: "bands", bands: [{ fromMinor: 100_000n, bps: 300 }] } }],
  ],
  [
    "coffee outside",
    [{ name: "Кава", when: coffee, gives: { ...off, earning: true, paying: true, discounts: true } }],
  ],
  ["coffee earns nothing", [{ name: "Кава", when: coffee, gives: { ...off, earning: true } }]],
  [
    "coffee not for points",
    [{ name: "Кава", when: coffee, gives: { ...off, paying: true, discounts: true } }],
    { points: null },
    rich,
  ],
  [
    "all by points",
    [{ name: "День народження", gives: { is: "share", bps: 10_000 } }],
    { points: null },
    rich,
  ],
  ["limit of a day", [{ name: "Бонус дня", gives: { is: "extra", bps: 1_000 }, caps: { perDay: 2_000n } }]],
  [
    "limit used up",
    [{ name: "Бонус дня", gives: { is: "extra", bps: 1_000 }, caps: { perMonth: 2_000n } }],
    {},
    { uses: [{ ruleId: 1n, period: "month", amount: 2_000n, times: 2 }] },
  ],
  [
    "budget used up",
    [{ name: "Перші сто", gives: { is: "off", minor: 100n }, caps: { budget: 10_000n } }],
    {},
    { uses: [{ ruleId: 1n, period: "budget", amount: 10_000n, times: 0 }] },
  ],
  [
    "best of a group",
    [
      { name: "Знижка 5 %", gives: { is: "discount", bps: 500 }, group: { name: "g", choose: "best" } },
      {
        id: 2n,
        name: "Подвійні бали",
        gives: { is: "times", bps: 30_000 },
        group: { name: "g", choose: "best" },
      },
    ],
  ],
  [
    "bill too small",
    [{ name: "Від 500", when: { minBillMinor: 50_000n }, gives: { is: "off", minor: 5_000n } }],
  ],
  [
    "next visit",
    [
      { name: "Каждый пятый", when: { visit: { is: "every", n: 11 } }, gives: { is: "extra", bps: 100 } },
      {
        id: 2n,
        name: "Двадцатый",
        when: { visit: { is: "exactly", n: 15 } },
        gives: { is: "extra", bps: 100 },
      },
      { id: 3n, name: "Второй", when: { visit: { is: "exactly", n: 2 } }, gives: { is: "extra", bps: 100 } },
    ],
  ],
  [
    "not this time",
    [
      { name: "Evening", when: { hours: [{ weekdays: [2], from: 1_080, to: 1_200 }] } },
      { id: 2n, name: "Podil", when: { locations: [9n] } },
      { id: 3n, name: "Gold week", when: { tiers: ["gold"] } },
      { id: 4n, name: "First of the month", when: { first: "month" } },
      { id: 5n, name: "Birthday", when: { birthday: { before: 0, after: 1 } } },
      { id: 6n, name: "Anniversary", when: { anniversary: { before: 0, after: 0 } } },
      { id: 7n, name: "In advance", when: { isPrepaid: true } },
      { id: 8n, name: "VIP", when: { segments: [99n] } },
      { id: 9n, name: "Tea", when: { goods: { items: [], categories: ["tea"], isExcept: false } } },
    ],
    {},
    { createdAt: new Date("2025-05-01T00:00:00Z") },
  ],
  [
    "everything at once",
    [
      { name: "Каву в пів ціни", when: coffee, gives: { is: "discount", bps: 5_000 } },
      { id: 2n, name: "Бонус", gives: { is: "extra", bps: 500 }, caps: { perBill: 1_000n } },
      {
        id: 3n,
        name: "Тістечка",
        when: { goods: { items: [2n], categories: [], isExcept: false } },
        gives: { is: "rate", bps: 1_200 },
      },
    ],
    { points: 2_000n, certificateMinor: 1_000n },
    rich,
  ],
];

function said(): string {
  return CASES.flatMap(([name, rules, bill = {}, who = {}, change = {}], no) => {
    const p = programme(change, rules.map(ruleOf));
    const asked = {
      totalMinor: 35_050n,
      skipMinor: 0n,
      unredeemableMinor: 0n,
      points: 0n,
      locationId: 7n,
      lines,
      ...bill,
    };
    const result = price(
      p,
      standing({ available: 0n, ...who }),
      asked,
      new Date("2026-03-10T10:00:00Z"),
      ZONE,
    );
    if (!result.ok) throw new Error(`${name}: ${result.problem}`);
    const { because } = result.price;
    return [
      `## ${no + 1}. ${name}`,
      ...LOCALES.flatMap((locale) => {
        const f = formats({ locale, zone: ZONE, currency: "UAH" });
        const t = texts(locale);
        return ["", ...reasonTexts(because, t, f), ...missedTexts(because, t, f).map((text) => `(${text})`)];
      }),
      "",
    ];
  }).join("\n");
}

test("thirty bills say what they came to, in every language", async () => {
  expect(CASES).toHaveLength(30);
  await expect(said()).toMatchFileSnapshot("./bills.txt");
});
