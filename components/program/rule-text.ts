import type { Formats } from "@/lib/platform/i18n/format";
import type { MissedCode, Reason, RuleCode } from "@/lib/program/model";
import type { ReasonTexts } from "./reason-text";

type Shown = { readonly points: string; readonly rate: string; readonly money: string; readonly f: Formats };
type Say = (t: ReasonTexts, reason: Reason, shown: Shown) => string;

const rule = (reason: Reason) => String(reason.rule ?? "");
const count = (value: string | number | null | undefined) => Number(value ?? 0);
/** 20000 is 2, 15000 is 1.5: a number, not an amount. */
const times = (reason: Reason, f: Formats) =>
  f.points(BigInt(count(reason.bps)) / 100n).replace(/([.,]\d)0$/, "$1");
const plain =
  (code: MissedCode): Say =>
  (t, reason) =>
    t(code as "missed_tier", { rule: rule(reason) });
const onMoney =
  (code: "rule_rate" | "rule_extra"): Say =>
  (t, reason, { points, rate, money }) =>
    t(code, { rule: rule(reason), rate, amount: money, points });
const off =
  (code: "rule_discount" | "rule_bands" | "rule_share"): Say =>
  (t, reason, { rate, money }) =>
    t(code, { rule: rule(reason), rate, amount: money });

/** What a rule did, or why it did nothing, by code; rules go by the names their owner gave them. */
export const RULE_TEXTS: Readonly<Record<RuleCode | MissedCode, Say>> = {
  rule_rate: onMoney("rule_rate"),
  rule_extra: onMoney("rule_extra"),
  rule_times: (t, reason, { points, f }) =>
    t("rule_times", { rule: rule(reason), times: times(reason, f), points }),
  rule_points: (t, reason, { points }) => t("rule_points", { rule: rule(reason), points }),
  rule_discount: off("rule_discount"),
  rule_bands: off("rule_bands"),
  rule_share: off("rule_share"),
  rule_off: (t, reason, { money }) => t("rule_off", { rule: rule(reason), amount: money }),
  rule_excluded: (t, reason, { money }) =>
    t("rule_excluded", { rule: rule(reason), what: String(reason.what ?? "all"), amount: money }),
  rule_limited: (t, reason, { points, money }) =>
    t("rule_limited", {
      rule: rule(reason),
      by: String(reason.by),
      value: reason.minor === undefined ? points : money,
    }),
  rule_lives: (t, reason, { points }) =>
    t("rule_lives", { rule: rule(reason), points, days: count(reason.days) }),
  missed_limit: (t, reason) => t("missed_limit", { rule: rule(reason), by: String(reason.by) }),
  missed_other: (t, reason) => t("missed_other", { rule: rule(reason), other: String(reason.other ?? "") }),
  missed_minimum: (t, reason, { money }) => t("missed_minimum", { rule: rule(reason), amount: money }),
  missed_visit: (t, reason) => t("missed_visit", { rule: rule(reason), left: count(reason.left) }),
  missed_first: (t, reason) => t("missed_first", { rule: rule(reason), of: String(reason.of) }),
  missed_tier: plain("missed_tier"),
  missed_prepaid: plain("missed_prepaid"),
  missed_birthday: plain("missed_birthday"),
  missed_anniversary: plain("missed_anniversary"),
  missed_hours: plain("missed_hours"),
  missed_location: plain("missed_location"),
  missed_tag: plain("missed_tag"),
  missed_segment: plain("missed_segment"),
  missed_goods: plain("missed_goods"),
};

export const isRuleCode = (code: string): code is RuleCode | MissedCode => code in RULE_TEXTS;
