"use client";
import { useLocale, useTranslations } from "next-intl";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import { BPS_WHOLE, shareHalfUp } from "@/lib/kernel/money";
import { formats } from "@/lib/platform/i18n/format";
import { referralRates, rewardsFriends } from "@/lib/program/model";
import type { ReferralTerms } from "@/lib/program/schema";

const EXAMPLE_MINOR = 100_000n;

/** What the terms mean on one bill, in sentences. */
export function TermsEffect({
  terms,
  currency,
  past,
}: {
  terms: ReferralTerms;
  currency: string;
  past: { joined: number; bought: number };
}) {
  const t = useTranslations("referrals.settings");
  const f = formats({ locale: useLocale(), currency });
  const rates = referralRates(terms);
  const given = rates.map((rateBps) => shareHalfUp(EXAMPLE_MINOR, rateBps));
  const total = given.reduce((sum, points) => sum + points, 0n);
  const { invitationPoints, friendFirstPoints, activeDays } = terms;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("effect")}</CardTitle>
      </CardHeader>
      <CardBody className="grid gap-4 text-sm" aria-live="polite">
        {!rewardsFriends(terms) && <p className="text-muted">{t("effectNothing")}</p>}
        {total > 0n && (
          <div className="grid gap-2">
            <p>{t("effectExample", { amount: f.money(EXAMPLE_MINOR, { whole: "drop" }) })}</p>
            <ul className="grid gap-1.5">
              {given.map(
                (points, index) =>
                  points > 0n && (
                    // Levels stand in their order.
                    // oxlint-disable-next-line react/no-array-index-key -- lines stand in their order and never move
                    <li key={index} className="flex justify-between gap-4">
                      <span className="text-muted">{t("effectLevel", { level: String(index + 1) })}</span>
                      <span className="font-medium tabular-nums">+{f.points(points)}</span>
                    </li>
                  ),
              )}
            </ul>
            <p className="border-t pt-2 font-medium">
              {t("effectTotal", {
                rate: f.percent(rates.reduce((sum, rate) => sum + rate, 0) / BPS_WHOLE, 2),
                points: f.points(total),
              })}
            </p>
          </div>
        )}
        {invitationPoints > 0n && <p>{t("effectInviter", { points: f.points(invitationPoints) })}</p>}
        {friendFirstPoints > 0n && <p>{t("effectFriend", { points: f.points(friendFirstPoints) })}</p>}
        {rewardsFriends(terms) && activeDays !== null && <p>{t("effectWaits", { days: activeDays })}</p>}
        <p className="text-faint">{t("past", past)}</p>
      </CardBody>
    </Card>
  );
}
