import { getTranslations } from "next-intl/server";
import { leftText } from "@/components/tiers/left-text";
import { perkText } from "@/components/tiers/perk-text";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardFooter, CardHeader, CardTitle } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import { BPS_WHOLE } from "@/lib/kernel/money";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Programme } from "@/lib/program";
import type { Outlook } from "@/lib/tiers/model";
import { GiveTier } from "./give-tier";

const lastDay = (end: Date, f: Formats) => f.date(new Date(end.getTime() - 1));

/** The tier a member stands on, what is missing to the next, what keeps this one, and the way to give one by hand. */
export async function TierCard({
  memberId,
  outlook,
  programme,
  today,
  mayGive,
  f,
}: {
  memberId: bigint;
  outlook: Outlook;
  programme: Programme;
  today: string;
  mayGive: boolean;
  f: Formats;
}) {
  const [t, tiers] = await Promise.all([getTranslations("office.member.tier"), getTranslations("tiers")]);
  const { tier, next, given } = outlook;
  const money = (minor: bigint) => f.money(minor, { whole: "drop" });
  const sentence = next && t("left", { what: leftText(next, tiers, money), tier: next.tier.name });
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <Badge tone={tier.id === "base" ? "neutral" : "brand"}>{tier.name}</Badge>
      </CardHeader>
      <CardBody>
        <p className="text-sm text-muted">
          {t(programme.policy, { rate: f.percent(tier.rateBps / BPS_WHOLE, 2) })}
        </p>
        {tier.perks.length > 0 && (
          <p className="mt-1 text-sm text-muted">
            {tier.perks.map((perk) => perkText(perk, tiers)).join(" · ")}
          </p>
        )}
        {given && (
          <p className="mt-2 text-sm">
            {tiers("member.given", { date: lastDay(given.until, f), tier: given.earned.name })}
          </p>
        )}
        {next && sentence ? (
          <>
            <Progress className="mt-4" value={next.progress} label={t("progress")} valueText={sentence} />
            <p className="mt-2 text-sm">{sentence}</p>
          </>
        ) : (
          <p className="mt-2 text-sm">{t("top")}</p>
        )}
        {outlook.keeping && (
          <p className={outlook.keeping.isGrace ? "mt-2 text-sm text-warning" : "mt-2 text-sm text-muted"}>
            {outlook.keeping.isDone
              ? tiers("member.keepDone")
              : tiers(outlook.keeping.isGrace ? "member.grace" : "member.keep", {
                  date: lastDay(outlook.keeping.by, f),
                  what: leftText(outlook.keeping, tiers, money),
                })}
          </p>
        )}
      </CardBody>
      {mayGive && programme.tiers.length > 0 && (
        <CardFooter>
          <GiveTier
            memberId={memberId}
            tiers={programme.tiers.map(({ id, name }) => ({ id, name }))}
            today={today}
            isGiven={given !== null}
          />
        </CardFooter>
      )}
    </Card>
  );
}
