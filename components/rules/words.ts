import type { useTranslations } from "next-intl";
import { type Choice, nameOf } from "@/components/office/choices";
import type { Formats } from "@/lib/platform/i18n/format";

/** `await getTranslations("rules")` on the server, `useTranslations("rules")` in the browser. */
export type RuleTexts = ReturnType<typeof useTranslations<"rules">>;

/** What a rule can name, as the business calls it. */
export type Lists = Readonly<
  Record<"item" | "category" | "location" | "tier" | "segment" | "tags", readonly Choice[]>
>;

/** All it takes to say a rule in the reader's language. `weekday`: short names from Monday on. */
export type Words = {
  readonly t: RuleTexts;
  readonly f: Formats;
  readonly lists: Lists;
};

/** What ids and names are called; one that is gone is shown as it is. */
export function namesOf(
  choices: readonly Choice[],
  values: readonly (string | bigint)[],
  t: RuleTexts,
): string {
  return values.map((value) => t("say.quoted", { name: nameOf(choices, value) })).join(", ");
}

/** A minute of the day as a clock shows it. */
export function clockText(minute: number): string {
  const [hour, rest] = [Math.floor(minute / 60), minute % 60];
  return `${String(hour).padStart(2, "0")}:${String(rest).padStart(2, "0")}`;
}

/** Weekdays 1 to 7 by their short names; days that follow one another as "Mon–Fri". */
export function weekdaysText(weekdays: readonly number[], f: Formats): string {
  const days = weekdays.toSorted((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const day of days) {
    const last = runs.at(-1);
    if (last?.[1] === day - 1) last[1] = day;
    else runs.push([day, day]);
  }
  return runs
    .map(([from, to]) => {
      if (from === to) return weekdayName(from, f);
      return `${weekdayName(from, f)}${to === from + 1 ? ", " : "–"}${weekdayName(to, f)}`;
    })
    .join(", ");
}

/** 5 January 2026 was a Monday. */
export const weekdayName = (day: number, f: Formats) =>
  f.calendar(`2026-01-${String(4 + day).padStart(2, "0")}`, "weekday");
