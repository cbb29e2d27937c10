import type { useTranslations } from "next-intl";
import { BPS_WHOLE } from "@/lib/kernel/money";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Change, ChangeUnit, ChangeValue } from "@/lib/program";

export type ChangeTexts = ReturnType<typeof useTranslations<"office.programme.change">>;

/** One difference between two states of the programme as a sentence. Pure and browser-safe. */
export function changeText(change: Change, t: ChangeTexts, f: Formats): string {
  const { code, unit, from, to } = change;
  const tier = change.tier ?? "";
  const values = { tier, from: valueText(unit, from, t, f), to: valueText(unit, to, t, f) };
  return t(code, values);
}

function valueText(unit: ChangeUnit, value: ChangeValue, t: ChangeTexts, f: Formats): string {
  if (value === null) return t("value.none");
  switch (unit) {
    case "rate":
      return f.percent(Number(value) / BPS_WHOLE, 2);
    case "points":
      return f.points(BigInt(value));
    case "money":
      return f.money(BigInt(value), { whole: "drop" });
    case "days":
      return t("value.days", { count: Number(value) });
    case "count":
      return f.count(Number(value));
    case "switch":
      return value === true ? t("value.on") : t("value.off");
    case "policy":
      return value === "points" ? t("value.points") : t("value.discount");
    case "name":
      return String(value);
  }
}
