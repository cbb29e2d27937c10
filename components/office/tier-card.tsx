import { getTranslations } from "next-intl/server";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import { BPS_WHOLE } from "@/lib/kernel/money";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Programme } from "@/lib/program";
import type { Customer } from "@/lib/sales";
import { nextTier, tierById } from "@/lib/tiers/model";

/** The tier a member stands on, and what is missing to the next. */
export async function TierCard({
  customer,
  programme,
  f,
}: {
  customer: Customer;
  programme: Programme;
  f: Formats;
}) {
  const t = await getTranslations("office.member.tier");
  const tier = tierById(programme.base, programme.tiers, customer.tierId);
  const next = nextTier(tier, programme.tiers, customer);
  const left = next && [
    ...(next.moneyLeftMinor === null ? [] : [f.money(next.moneyLeftMinor, { whole: "drop" })]),
    ...(next.invitedLeft === null ? [] : [t("friends", { count: next.invitedLeft })]),
  ];
  const sentence = next && left && t("left", { what: left.join(t("or")), tier: next.tier.name });
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
        {next && sentence ? (
          <>
            <Progress className="mt-4" value={next.progress} label={t("progress")} valueText={sentence} />
            <p className="mt-2 text-sm">{sentence}</p>
          </>
        ) : (
          <p className="mt-2 text-sm">{t("top")}</p>
        )}
      </CardBody>
    </Card>
  );
}
