/** Thirty varied bills whose explanations people read: what is bought, by whom, under which programme. */

import type { Locale } from "@/lib/platform/i18n/locales";
import { type Bill, type Price, type Programme, priceWithRebates, type Rebate } from "@/lib/program/model";
import type { Rule } from "@/lib/program/rules/model";
import { programme, ruleOf, standing, ZONE } from "./rules";

type Words = Readonly<Record<Locale, string>>;
type Change = Parameters<typeof ruleOf>[0];
export type TestBill = {
  /** What the bill is about, for who reads the file. */
  readonly about: string;
  readonly rules?: readonly (Omit<Change, "name"> & { readonly name: Words })[];
  readonly programme?: Partial<Programme>;
  readonly bill?: Partial<Bill>;
  readonly who?: Parameters<typeof standing>[0];
  readonly rebates?: readonly (Rebate extends infer R
    ? R extends { name: string }
      ? Omit<R, "name">
      : never
    : never)[];
  readonly rebateName?: Words;
};

const words = (en: string, ru: string, uk: string): Words => ({ en, ru, uk });
export const TIERS = {
  base: words("Guest", "Гость", "Гість"),
  silver: words("Silver", "Серебро", "Срібло"),
  gold: words("Gold", "Золото", "Золото"),
};
const coffeeWeek = words("Coffee week", "Неделя кофе", "Тиждень кави");
const happyHour = words("Happy hour", "Счастливые часы", "Щасливі години");
const birthday = words("Birthday", "День рождения", "День народження");
const newcomers = words("For newcomers", "Новым гостям", "Новим гостям");
const bigBill = words("Big bill", "Крупный чек", "Великий чек");
const regulars = words("Regulars", "Постоянным", "Постійним");
const alcohol = words("Alcohol", "Алкоголь", "Алкоголь");

const haircut = { itemId: 1n, category: "hair", quantity: 1, amountMinor: 80_000n };
const shampoo = { itemId: 2n, category: "care", quantity: 2, amountMinor: 45_000n };
const drinks = { goods: { items: [], categories: ["care"], isExcept: false } };
const bought = { totalMinor: 125_000n, lines: [haircut, shampoo] };
const extra = { is: "extra", bps: 500 } as const;
const bar = { is: "exclude", earning: true, paying: false, discounts: false } as const;

export const BILLS: readonly TestBill[] = [
  { about: "the base rate alone" },
  { about: "paid with points as far as they may", bill: { points: null } },
  { about: "paid with all the points there are", bill: { points: null }, who: { available: 12_345n } },
  {
    about: "a part outside, a part that points may not pay",
    bill: { ...bought, skipMinor: 25_000n, unredeemableMinor: 45_000n, points: 10_000n },
  },
  { about: "the tier's discount", programme: { policy: "discount" }, who: { tierId: "silver" } },
  {
    about: "a first purchase with points that wait and end",
    programme: { firstPurchasePoints: 20_000n, pendingDays: 7 },
    who: { isFirst: true, visits: 0, lastAt: null },
  },
  { about: "points that wait for a confirmation", programme: { confirmEarned: true } },
  { about: "a tier that earns nothing", programme: { base: { ...programme({}, []).base, rateBps: 0 } } },
  {
    about: "a rate for goods in the place of the tier's",
    bill: bought,
    rules: [{ name: coffeeWeek, when: drinks, gives: { is: "rate", bps: 1_250 } }],
  },
  {
    about: "twice the points at an hour",
    rules: [
      {
        name: happyHour,
        when: { hours: [{ weekdays: [2], from: 600, to: 900 }] },
        gives: { is: "times", bps: 20_000 },
      },
    ],
  },
  {
    about: "one and a half times the points",
    rules: [{ name: regulars, gives: { is: "times", bps: 15_000 } }],
  },
  {
    about: "more percent near a birthday, points for a month",
    rules: [{ name: birthday, when: { birthday: { before: 7, after: 7 } }, gives: extra, livesDays: 31 }],
  },
  {
    about: "points for each unit, limited",
    bill: bought,
    rules: [
      {
        name: coffeeWeek,
        when: drinks,
        gives: { is: "points", points: 5_000n, per: "unit" },
        caps: { perDay: 7_500n },
      },
    ],
  },
  {
    about: "a discount up to the limit of one bill",
    rules: [{ name: newcomers, gives: { is: "discount", bps: 2_000 }, caps: { perBill: 10_000n } }],
  },
  {
    about: "an amount off",
    rules: [{ name: bigBill, when: { minBillMinor: 100_000n }, gives: { is: "off", minor: 15_000n } }],
  },
  {
    about: "a discount by all that was spent",
    rules: [
      {
        name: regulars,
        gives: {
          is: "bands",
          bands: [
            { fromMinor: 0n, bps: 300 },
            { fromMinor: 400_000n, bps: 700 },
          ],
        },
      },
    ],
  },
  { about: "goods that earn nothing", bill: bought, rules: [{ name: alcohol, when: drinks, gives: bar }] },
  {
    about: "goods points may not pay",
    bill: { ...bought, points: null },
    rules: [{ name: alcohol, when: drinks, gives: { ...bar, earning: false, paying: true } }],
  },
  {
    about: "goods nothing is done for",
    bill: bought,
    rules: [
      { name: alcohol, when: drinks, gives: { ...bar, paying: true, discounts: true } },
      { id: 2n, name: newcomers, gives: { is: "discount", bps: 1_000 } },
    ],
  },
  {
    about: "points may pay more of some goods",
    bill: { ...bought, points: null },
    rules: [{ name: coffeeWeek, when: drinks, gives: { is: "share", bps: 8_000 } }],
  },
  {
    about: "the best of a group",
    rules: [
      { name: happyHour, gives: { is: "discount", bps: 500 }, group: { name: "a", choose: "best" } },
      { id: 2n, name: birthday, gives: { is: "discount", bps: 1_500 }, group: { name: "a", choose: "best" } },
    ],
  },
  {
    about: "not enough, not the day, not the tier",
    rules: [
      { name: bigBill, when: { minBillMinor: 150_000n }, gives: extra },
      { id: 2n, name: happyHour, when: { hours: [{ weekdays: [6, 7], from: 0, to: 1_440 }] }, gives: extra },
      { id: 3n, name: regulars, when: { tiers: ["gold"] }, gives: extra },
    ],
  },
  {
    about: "soon, too late, and only the first",
    rules: [
      { name: coffeeWeek, when: { visit: { is: "every", n: 12 } }, gives: extra },
      { id: 2n, name: newcomers, when: { visit: { is: "exactly", n: 3 } }, gives: extra },
      { id: 3n, name: happyHour, when: { first: "month" }, gives: extra },
    ],
  },
  {
    about: "other places, groups, goods, and not in advance",
    bill: bought,
    rules: [
      { name: coffeeWeek, when: { goods: { items: [9n], categories: [], isExcept: false } }, gives: extra },
      { id: 2n, name: regulars, when: { segments: [99n] }, gives: extra },
      { id: 3n, name: bigBill, when: { locations: [99n] }, gives: extra },
      { id: 4n, name: newcomers, when: { isPrepaid: true }, gives: extra },
    ],
  },
  {
    about: "limits used up",
    rules: [
      { name: happyHour, gives: extra, caps: { timesPerDay: 1 } },
      { id: 2n, name: bigBill, gives: extra, caps: { budget: 100n } },
      { id: 3n, name: regulars, gives: extra, caps: { ever: 100n } },
    ],
    who: {
      uses: [
        { ruleId: 1n, period: "day", amount: 0n, times: 1 },
        { ruleId: 2n, period: "budget", amount: 100n, times: 3 },
        { ruleId: 3n, period: "ever", amount: 100n, times: 3 },
      ],
    },
  },
  {
    about: "birthdays and years past or to come",
    rules: [
      { name: birthday, when: { birthday: { before: 0, after: 0 } }, gives: extra },
      { id: 2n, name: regulars, when: { anniversary: { before: 0, after: 3 } }, gives: extra },
    ],
    who: { createdAt: new Date("2025-06-01T10:00:00Z") },
  },
  {
    about: "a reward that takes a percent off",
    rebates: [{ kind: "percent", bps: 1_500 }],
    rebateName: words("15% for a friend", "15% для друга", "15% для друга"),
  },
  {
    about: "a reward that takes an amount off, and points",
    bill: { points: null },
    rebates: [{ kind: "amount", minor: 20_000n }],
    rebateName: words("₴200 coupon", "Купон на 200 ₴", "Купон на 200 ₴"),
  },
  { about: "a certificate pays a part", bill: { certificateMinor: 50_000n } },
  {
    about: "paid in advance by gold, all at once",
    bill: { ...bought, isPrepaid: true, points: 20_000n },
    who: { tierId: "gold" },
    rules: [
      { name: newcomers, when: { isPrepaid: true }, gives: { is: "discount", bps: 500 } },
      { id: 2n, name: happyHour, gives: { is: "times", bps: 30_000 }, caps: { perMonth: 10_000n } },
      { id: 3n, name: bigBill, when: { minBillMinor: 200_000n }, gives: extra },
    ],
  },
];

/** What a bill costs, as a business that speaks this language named its rules and tiers. */
export function priceOf(test: TestBill, locale: Locale, at: Date): Price {
  const rules = (test.rules ?? []).map(({ name, ...rest }): Rule => ruleOf({ ...rest, name: name[locale] }));
  const plain = programme(test.programme ?? {}, rules);
  const named = <T extends { id: string }>(tier: T) => ({
    ...tier,
    name: (TIERS as Readonly<Record<string, Words>>)[tier.id]?.[locale] ?? tier.id,
  });
  const ready = { ...plain, base: named(plain.base), tiers: plain.tiers.map(named) };
  const bill = {
    totalMinor: 119_000n,
    skipMinor: 0n,
    unredeemableMinor: 0n,
    points: 0n,
    locationId: 7n,
    ...test.bill,
  };
  const rebates = (test.rebates ?? []).map((each) => ({ ...each, name: test.rebateName?.[locale] ?? "" }));
  const result = priceWithRebates(ready, standing(test.who ?? {}), bill, rebates, at, ZONE);
  if (!result.ok) throw new Error(`${test.about}: ${result.problem}`);
  return result.price;
}
