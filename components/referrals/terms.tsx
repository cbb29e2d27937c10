import { Gift, Users } from "lucide-react";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { cardWords, plural } from "@/components/card/words";
import { BPS_WHOLE } from "@/lib/kernel/money";
import { referralRates } from "@/lib/program/model";
import type { ReferralTerms } from "@/lib/program/schema";

/** What an invitation is worth to both sides, a sentence each; nothing when it is worth nothing. */
export async function InvitationTerms({
  terms,
  welcome,
  business,
}: {
  terms: ReferralTerms;
  /** What everybody gets on joining. */
  welcome: ReactNode;
  business: { zone: string; currency: string };
}) {
  const [{ f }, t] = await Promise.all([cardWords(business), getTranslations("referrals.card")]);
  const [first, second, third] = referralRates(terms);
  const rate = (bps: number) => f.percent(bps / BPS_WHOLE, 2);
  const points = (hundredths: bigint) => ({ points: f.points(hundredths), count: plural(hundredths) });
  const { invitationPoints, invitationMinMinor, friendJoinPoints, friendFirstPoints } = terms;
  const own = [
    first > 0 && t("level1", { rate: rate(first) }),
    second > 0 && t("level2", { rate: rate(second) }),
    third > 0 && t("level3", { rate: rate(third) }),
    invitationPoints > 0n &&
      (invitationMinMinor > 0n
        ? t("invitationMin", {
            ...points(invitationPoints),
            amount: f.money(invitationMinMinor, { whole: "drop" }),
          })
        : t("invitation", points(invitationPoints))),
  ].filter((line) => line !== false);
  const theirs = [
    welcome,
    friendJoinPoints > 0n && t("friendJoin", points(friendJoinPoints)),
    friendFirstPoints > 0n && t("friendFirst", points(friendFirstPoints)),
  ].filter(Boolean);
  if (own.length === 0 && theirs.length === 0) return null;
  return (
    <section className="panel grid gap-5 p-5">
      {own.length > 0 && (
        <Lines icon={<Gift />} title={t("gets")} lines={own}>
          {terms.activeDays !== null && (
            <p className="mt-2 text-sm text-faint">{t("active", { days: terms.activeDays })}</p>
          )}
        </Lines>
      )}
      {theirs.length > 0 && <Lines icon={<Users />} title={t("friend")} lines={theirs} />}
    </section>
  );
}

function Lines({
  icon,
  title,
  lines,
  children,
}: {
  icon: ReactNode;
  title: string;
  lines: readonly ReactNode[];
  children?: ReactNode;
}) {
  return (
    <div className="flex gap-3.5">
      <span
        aria-hidden="true"
        className="grid size-9 shrink-0 place-items-center rounded-full bg-soft text-brand [&_svg]:size-4.5"
      >
        {icon}
      </span>
      <div className="min-w-0 pt-1.5">
        <h2 className="font-medium">{title}</h2>
        <ul className="mt-1.5 grid gap-1 text-muted">
          {lines.map((line, index) => (
            // The lines stand in a fixed order and have no state.
            // oxlint-disable-next-line react/no-array-index-key -- sentences stand in their order and never move
            <li key={index}>{line}</li>
          ))}
        </ul>
        {children}
      </div>
    </div>
  );
}
