"use client";
import { useTranslations } from "next-intl";
import { NumberField } from "./number-field";
import type { Draft } from "./programme-draft";

/** How many days before points end their owner is told: once early, once late. */
export function ReminderFields({ draft }: { draft: Draft }) {
  const t = useTranslations("tiers.points");
  const form = useTranslations("tiers.form");
  const { settings, set, mark } = draft;
  const [first = null, last = null] = settings.remindDays.toSorted((a, b) => b - a);
  const put = (name: "first" | "last") => (value: bigint | null | undefined) => {
    mark(`remind.${name}`, value !== undefined);
    if (value === undefined) return;
    const days = { first, last, [name]: value === null ? null : Number(value) };
    set("remindDays", [...new Set([days.first, days.last].filter((one) => one !== null))]);
  };
  return (
    <>
      {(["first", "last"] as const).map((name) => {
        const value = name === "first" ? first : last;
        return (
          <NumberField
            key={name}
            label={t(name === "first" ? "remind" : "remindLast")}
            hint={t("remindHint")}
            error={t("remindError")}
            value={value === null ? null : BigInt(value)}
            onValue={put(name)}
            unit={form("daysUnit")}
            placeholder="–"
            whole
            min={1n}
            max={90n}
          />
        );
      })}
    </>
  );
}
