import type { useTranslations } from "next-intl";
import { BPS_WHOLE } from "@/lib/kernel/money";
import type { Formats } from "@/lib/platform/i18n/format";
import { isMissed, type Reason } from "@/lib/program/model";
import { isRuleCode, RULE_TEXTS } from "./rule-text";

/** `await getTranslations("reasons")` on the server, `useTranslations("reasons")` in the browser. */
export type ReasonTexts = ReturnType<typeof useTranslations<"reasons">>;

/**
 * One step of an explanation as a sentence in the reader's language. Pure and browser-safe.
 * Shape: an unknown code (written by a later release) gives nothing rather than a broken screen.
 */
export function reasonText(reason: Reason, t: ReasonTexts, f: Formats): string | undefined {
  const points = f.points(amount(reason.points));
  const rate = f.percent(Number(reason.rateBps ?? reason.bps ?? 0) / BPS_WHOLE, 2);
  const money = f.money(amount(reason.minor), { whole: "drop" });
  const tier = String(reason.tier ?? "");
  const comment = filled(reason.comment);
  const receipt = filled(reason.receipt);
  const { code } = reason;
  if (isRuleCode(code)) return RULE_TEXTS[code](t, reason, { points, rate, money, f });
  switch (code) {
    case "discount":
      return t("discount", { rate, tier, amount: money });
    case "cashback":
      return t("cashback", { rate, tier, amount: money, points });
    case "no_cashback_rate":
      return t("no_cashback_rate", { tier });
    case "skipped_part":
    case "unredeemable_part":
    case "certificate_paid":
    case "certificate_returned":
      return t(code, { amount: money });
    case "points_capped_by_share":
      return t("points_capped_by_share", { rate, points });
    case "awaits_confirmation":
      return t("awaits_confirmation");
    case "tier_gift":
    case "tier_gift_back":
      return t(reason.code, { tier, points });
    case "pending_until":
      return t("pending_until", { date: f.date(new Date(String(reason.at))) });
    case "expires":
      return t("expires", { date: f.date(lastMoment(new Date(String(reason.at)))) });
    case "refund_part":
      return t("refund_part", { amount: money, total: f.money(amount(reason.of), { whole: "drop" }) });
    case "reward_bought":
    case "reward_returned":
    case "promo":
      return t(reason.code, { reward: String(reason.reward ?? reason.name ?? ""), points });
    case "reward_off":
      return t("reward_off", { reward: String(reason.reward ?? ""), amount: money });
    case "reward_used":
    case "entitlement_withdrawn":
      return t(reason.code, { reward: String(reason.reward ?? "") });
    case "stamps":
      return t("stamps", { programme: String(reason.programme ?? ""), count: Number(reason.count ?? 0) });
    case "stamps_reward_used":
      return t("stamps_reward_used", { programme: String(reason.programme ?? "") });
    case "granted":
    case "deducted":
      return comment ? t(`${code}Comment`, { comment, points }) : t(code, { points });
    case "voucher":
      return receipt ? t("voucherReceipt", { receipt, points }) : t("voucher", { points });
    case "referral_percent":
      return t("referral_percent", { level: String(reason.level ?? 1), rate, points });
    case "referral_invitation":
    case "referral_friend_join":
    case "referral_friend_first":
    case "referral_taken_back":
    case "points_paid":
    case "points_capped_by_balance":
    case "first_purchase":
    case "welcome":
    case "points_returned":
    case "points_taken_back":
      return t(code, { points });
    default:
      return undefined;
  }
}

/** What happened, in order, as sentences; offers that did not apply are apart, in `missedTexts`. */
export function reasonTexts(because: readonly Reason[], t: ReasonTexts, f: Formats): string[] {
  return textsOf(
    because.filter(({ code }) => !isMissed(code)),
    t,
    f,
  );
}

/** Offers that were near and did not apply, each with its reason. */
export function missedTexts(because: readonly Reason[], t: ReasonTexts, f: Formats): string[] {
  return textsOf(
    because.filter(({ code }) => isMissed(code)),
    t,
    f,
  );
}

const textsOf = (because: readonly Reason[], t: ReasonTexts, f: Formats) =>
  because.map((reason) => reasonText(reason, t, f)).filter((text) => text !== undefined);

/** Points end at the first instant of a day; what people read is the last day they are good. */
export function lastMoment(end: Date): Date {
  return new Date(end.getTime() - 1);
}

const amount = (value: string | number | null | undefined): bigint =>
  /^-?\d{1,18}$/.test(String(value)) ? BigInt(String(value)) : 0n;

const filled = (value: string | number | null | undefined): string | undefined =>
  value === null || value === undefined || String(value).trim() === "" ? undefined : String(value).trim();
