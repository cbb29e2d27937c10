import type { useTranslations } from "next-intl";
import { BPS_WHOLE } from "@/lib/kernel/money";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Change, ChangeUnit, ChangeValue } from "@/lib/program";
import { WINDOW_KINDS } from "@/lib/tiers/model";
import { perksOf, perkText } from "../tiers/perk-text";
import { yearlyDate } from "../tiers/yearly-date";

export type ChangeTexts = ReturnType<typeof useTranslations<"office.programme.change">>;
export type TierTexts = ReturnType<typeof useTranslations<"tiers">>;

/** One difference between two states of the programme as a sentence. Pure and browser-safe. */
export function changeText(change: Change, t: ChangeTexts, tiers: TierTexts, f: Formats): string {
  const { code, unit, from, to } = change;
  const tier = change.tier ?? "";
  const text = (value: ChangeValue) => valueText(unit, value, t, tiers, f);
  const values = { tier, from: text(from), to: text(to) };
  const key = `change.${code}`;
  return isTierChange(key, tiers) ? tiers(key, values) : t(code as Parameters<ChangeTexts>[0], values);
}

type TierChange = Extract<Parameters<TierTexts["has"]>[0], `change.${string}`>;
const isTierChange = (key: string, tiers: TierTexts): key is TierChange => tiers.has(key as TierChange);

function valueText(
  unit: ChangeUnit,
  value: ChangeValue,
  t: ChangeTexts,
  tiers: TierTexts,
  f: Formats,
): string {
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
    case "downgrade":
      return value === "step" ? tiers("form.step") : tiers("form.full");
    case "window":
    case "expiry":
    case "kept":
      return keyText(unit, String(value), tiers, f);
    case "perks": {
      const perks = perksOf(String(value));
      return perks.length === 0 ? t("value.none") : perks.map((perk) => perkText(perk, tiers)).join(", ");
    }
  }
}

/** A value that is one word with a number, `days:365`, as people say it. */
function keyText(unit: "window" | "expiry" | "kept", value: string, t: TierTexts, f: Formats): string {
  const [kind = "", rest = ""] = value.split(":");
  const count = Number(rest);
  if (unit === "window") {
    if (kind === "rolling") return t("value.rolling", { count });
    return t(`form.windows.${WINDOW_KINDS.find((known) => known === kind) ?? "ever"}`);
  }
  if (unit === "kept") {
    if (kind === "days") return t("value.keptDays", { count });
    return kind === "ever" ? t("value.keptEver") : t("value.keptNo");
  }
  switch (kind) {
    case "days":
    case "months":
    case "inactive":
      return t(`value.${kind}`, { count });
    case "date":
      return t("value.date", { date: yearlyDate(rest, f) });
    default:
      return t("value.never");
  }
}
