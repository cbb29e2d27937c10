import type { useTranslations } from "next-intl";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Choice, Choices } from "@/lib/segments";
import { fieldOf, SOURCES, type Words } from "@/lib/segments/model";

/** The business's own things by list: tiers, tags, items, places, people, other segments. */
export type Lists = Choices & {
  readonly tier: readonly Choice[];
  readonly segment: readonly Choice[];
  readonly own: readonly OwnField[];
};

/** A field the business made for itself. `id`: what rules call it. */
export type OwnField = {
  readonly id: string;
  readonly name: string;
  readonly options: readonly string[];
  /** Put away: rules that ask about it still do, new ones do not. */
  readonly isAway: boolean;
};

export const ownField = (lists: Lists, id: string): OwnField | undefined =>
  lists.own.find((one) => one.id === id);

type Translate = ReturnType<typeof useTranslations<"segments">>;
type Key = Parameters<Translate>[0];

/** A text by a key put together from a rule; a rule is checked, so the key is there. */
export function say(t: Translate, key: string, values: Record<string, string | number> = {}): string {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- keys of texts are made up at run time; an unknown one is caught below
  const known = key as Key;
  return t.has(known) ? t(known, values) : key;
}

/** What can be chosen for a field or a property, by name. */
export function choicesOf(t: Translate, lists: Lists, list: string): readonly Choice[] {
  const own = ownField(lists, list);
  if (own) return own.options.map((value) => ({ value, name: value }));
  const fixed = fieldOf(list)?.choices;
  if (fixed && list !== "source") return fixed.map((value) => ({ value, name: choiceName(t, value) }));
  if (list === "source") {
    const known = [...new Set([...(fixed ?? []), ...SOURCES])];
    return known.map((value) => ({ value, name: choiceName(t, value) }));
  }
  if (list === "weekday")
    return [1, 2, 3, 4, 5, 6, 7].map((value) => ({ value, name: say(t, `weekday.${value}`) }));
  if (list === "hour")
    return Array.from({ length: 24 }, (_, value) => ({
      value,
      name: `${String(value).padStart(2, "0")}:00`,
    }));
  const { own: _, ...named } = lists;
  return Object.entries(named).find(([name]) => name === list)?.[1] ?? [];
}

const choiceName = (t: Translate, value: string) =>
  say(t, `choice.${value.replace(".", "_")}`).replace(/^choice\./, "");

/** How rules are said in the reader's language. */
export function wordsOf(t: Translate, f: Formats, lists: Lists): Words {
  return {
    t: (key, values) => say(t, `sentence.${key}`, values),
    label: (kind, id) => (kind === "field" && ownField(lists, id)?.name) || say(t, `${kind}.${id}`),
    value: (list, value) =>
      choicesOf(t, lists, list).find((one) => one.value === value)?.name ?? String(value),
    number: (unit, value) => {
      switch (unit) {
        case "money":
          return f.money(BigInt(Math.round(value)), { whole: "drop" });
        case "points":
          return f.points(BigInt(Math.round(value)));
        case "years":
          return t("years", { n: value });
        case "days":
          return t("days", { n: value });
        case "share":
          return `${value} %`;
        case "any":
          return f.points(BigInt(Math.round(value * 100)));
        case "count":
        case "score":
        case "plain":
          return String(value);
      }
    },
    day: (day) => f.calendar(day, "day"),
  };
}
