import { ALWAYS, type RuleBody, type When } from "@/lib/program/model";
import type { Lists } from "./words";

/** What a rule can ask for, in the groups of the menu. */
export const CONDITIONS = {
  what: ["items", "categories", "minBillMinor", "isPrepaid"],
  where: ["locations"],
  time: ["hours", "dates", "yearly"],
  who: ["tiers", "segments", "tags", "birthday", "anniversary"],
  visits: ["first", "visit"],
  how: ["isHeld"],
} as const;
export type ConditionGroup = keyof typeof CONDITIONS;
export type ConditionKey = (typeof CONDITIONS)[ConditionGroup][number];
/** Goods are one condition, whichever way they are named. */
export type RowKey = Exclude<ConditionKey, "items" | "categories"> | "goods";

const ROWS = [
  "goods",
  "minBillMinor",
  "isPrepaid",
  "locations",
  "hours",
  "dates",
  "yearly",
  "tiers",
  "segments",
  "tags",
  "birthday",
  "anniversary",
  "first",
  "visit",
  "isHeld",
] as const satisfies readonly RowKey[];

/** The conditions a rule has now, in the order of the page. */
export const rowsOf = (when: When): RowKey[] =>
  ROWS.filter((key) => when[key] !== null && when[key] !== false);

export const rowOf = (key: ConditionKey): RowKey => (key === "items" || key === "categories" ? "goods" : key);

/** A rule that asks for nothing of this kind any more. */
export const without = (when: When, key: RowKey): When => ({ ...when, [key]: ALWAYS[key] });

/** A rule that asks for one thing more, as it is most often wanted. */
export function withCondition(when: When, key: ConditionKey, lists: Lists, today: string): When {
  const only = (list: keyof Lists) => {
    const choices = lists[list];
    return choices.length === 1 && choices[0] ? [choices[0].value] : [];
  };
  const ids = (list: keyof Lists) => only(list).map((value) => BigInt(value));
  switch (key) {
    case "items":
    case "categories":
      return { ...when, goods: { items: [], categories: [], isExcept: false } };
    case "minBillMinor":
      return { ...when, minBillMinor: 100_000n };
    case "isPrepaid":
    case "isHeld":
      return { ...when, [key]: true };
    case "locations":
      return { ...when, locations: ids("location") };
    case "hours":
      return { ...when, hours: [{ weekdays: [1, 2, 3, 4, 5], from: 540, to: 720 }] };
    case "dates":
      return { ...when, dates: { from: today, to: null } };
    case "yearly":
      return { ...when, yearly: { from: today.slice(5), to: today.slice(5) } };
    case "tiers":
      return { ...when, tiers: only("tier").map(String) };
    case "segments":
      return { ...when, segments: ids("segment") };
    case "tags":
      return { ...when, tags: ids("tags") };
    case "birthday":
    case "anniversary":
      return { ...when, [key]: { before: 3, after: 3 } };
    case "first":
      return { ...when, first: "month" };
    case "visit":
      return { ...when, visit: { is: "every", n: 5 } };
  }
}

/** Conditions that are there but say nothing yet. */
export function unfinished({ when }: RuleBody): RowKey[] {
  const rows: RowKey[] = [];
  if (when.goods && when.goods.items.length + when.goods.categories.length === 0) rows.push("goods");
  for (const key of ["locations", "tiers", "segments", "tags"] as const)
    if (when[key]?.length === 0) rows.push(key);
  if (when.hours?.some(({ weekdays, from, to }) => weekdays.length === 0 || (from === to && from !== 0)))
    rows.push("hours");
  if (when.dates && !when.dates.from && !when.dates.to) rows.push("dates");
  return rows;
}
