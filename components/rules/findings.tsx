"use client";
import { useTranslations } from "next-intl";
import { cx } from "@/components/ui/cx";
import { Notice } from "@/components/ui/notice";
import { BPS_WHOLE } from "@/lib/kernel/money";
import type { Finding, FindingCode } from "@/lib/program/model";
import { useEditing } from "./edit-context";
import type { Words } from "./words";

type Place = "conditions" | "gives" | "limits" | "stacking";

/** Where on the page a finding belongs. */
const PLACES: Readonly<Record<FindingCode, Place>> = {
  dates_empty: "conditions",
  dates_passed: "conditions",
  yearly_outside_dates: "conditions",
  hours_outside_dates: "conditions",
  first_not_that_visit: "conditions",
  min_over_receipt: "conditions",
  nobody_brings: "conditions",
  unknown_items: "conditions",
  unknown_categories: "conditions",
  unknown_locations: "conditions",
  unknown_tiers: "conditions",
  unknown_segments: "conditions",
  unknown_tags: "conditions",
  cap_without_amount: "limits",
  lives_without_points: "limits",
  group_of_exclusions: "stacking",
  unit_without_goods: "gives",
  cap_over_budget: "limits",
  rate_not_above_tiers: "gives",
  points_over_bill: "gives",
  off_over_bill: "gives",
  earns_over_bill: "gives",
  discounts_over_bill: "gives",
  excluded_by: "conditions",
  shadowed_by: "stacking",
  ties_with: "stacking",
  group_disagrees: "stacking",
};

/** What is wrong, or looks wrong, with one part of the rule: refusals first. */
export function Findings({ place, className }: { place: Place; className?: string }) {
  const t = useTranslations("rules.finding");
  const { findings, words } = useEditing();
  const mine = findings
    .filter(({ code }) => PLACES[code] === place)
    .toSorted((a, b) => Number(b.level === "refuse") - Number(a.level === "refuse"));
  return (
    <div role="status" className={cx("grid gap-2 empty:hidden", className)}>
      {mine.map((finding) => (
        <Notice
          key={`${finding.code} ${finding.other?.ruleId ?? ""}`}
          tone={finding.level === "refuse" ? "danger" : "warning"}
          title={t(finding.level)}
        >
          {findingText(finding, words)}
        </Notice>
      ))}
    </div>
  );
}

/** One finding as a sentence. */
export function findingText({ code, value, other }: Finding, { t, f }: Words): string {
  const known = value ?? "";
  return t(`finding.${code}`, {
    other: other?.name ?? "",
    value: shown(code, known, f),
  });
}

const MONEY: ReadonlySet<FindingCode> = new Set(["points_over_bill", "off_over_bill", "min_over_receipt"]);
const RATES: ReadonlySet<FindingCode> = new Set([
  "rate_not_above_tiers",
  "earns_over_bill",
  "discounts_over_bill",
]);

function shown(code: FindingCode, value: string | number, f: Words["f"]): string {
  if (code === "dates_passed") return f.calendar(String(value));
  if (MONEY.has(code)) return f.money(BigInt(value), { whole: "drop" });
  return RATES.has(code) ? f.percent(Number(value) / BPS_WHOLE, 2) : String(value);
}
