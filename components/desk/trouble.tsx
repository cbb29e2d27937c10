"use client";
import { useLocale, useTranslations } from "next-intl";
import { buttonClass } from "../ui/button";
import type { Trouble } from "./ask";
import { useDesk } from "./setting";

/** Refusals the desk can meet have a sentence of its own; the rest share one. */
const SAID = [
  "no_connection",
  "unauthenticated",
  "forbidden",
  "not_found",
  "too_many_requests",
  "code_unknown",
  "member_blocked",
  "checksum",
  "receipt_number_required",
  "nonce_conflict",
  "refund_of_refund",
  "points_not_permitted",
  "busy",
  "invalid",
  "reward_sold_out",
  "reward_limit",
  "reward_not_for_you",
  "reward_not_now",
  "entitlement_used",
  "entitlement_expired",
  "hold_expired",
  "promo_unknown",
  "promo_used",
  "promo_not_now",
  "promo_not_for_you",
  "certificate_unknown",
  "certificate_expired",
  "certificate_balance",
  "locked",
] as const;
/** These say where the limit is. Points and money alike are hundredths. */
const LIMITS = {
  insufficient_points: "points",
  points_over_limit: "points",
  over_receipt_limit: "money",
  refund_too_much: "money",
} as const;

/** The sentence for a refusal, with its limit where it has one. */
export function useTroubleText(): (trouble: Trouble) => string {
  const t = useTranslations("desk.trouble");
  const { format } = useDesk();
  return ({ code, limit }) => {
    const said = SAID.find((each) => each === code);
    if (said) return t(said);
    if (code in LIMITS) {
      const limited = code as keyof typeof LIMITS; // oxlint-disable-line typescript/no-unsafe-type-assertion -- the line above asked
      const shown = limit ?? 0;
      return t(limited, { limit: LIMITS[limited] === "money" ? format.money(shown) : format.points(shown) });
    }
    return t("internal");
  };
}

/** The way out that some troubles have: signing in again. */
export function TroubleWayOut({ trouble }: { trouble: Trouble }) {
  const t = useTranslations("common");
  const locale = useLocale();
  if (trouble.code !== "unauthenticated") return null;
  return (
    <a href={`/${locale}/sign-in?to=/${locale}/desk`} className={buttonClass({ size: "lg" })}>
      {t("signIn")}
    </a>
  );
}
