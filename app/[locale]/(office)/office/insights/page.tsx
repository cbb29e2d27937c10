import { Activity, Users } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { UnderChart } from "@/components/charts/figure-chart";
import { InsightsFrame } from "@/components/insights/frame";
import { GroupsTable } from "@/components/insights/groups-table";
import { LimitsForm } from "@/components/insights/limits-form";
import { MovesCard } from "@/components/insights/moves-card";
import { RfmGrid } from "@/components/insights/rfm-grid";
import { SquaresTable } from "@/components/insights/squares-table";
import { office } from "@/components/office/context";
import { LiveRefresh } from "@/components/office/live-refresh";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { may } from "@/lib/access";
import { board } from "@/lib/insights";
import { type Cutoffs, FIFTHS_CUSTOMERS_MIN } from "@/lib/insights/model";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("insights"))("title") };
}

/** Everybody by how lately, how often and for how much they come. */
export default async function GroupsPage() {
  const { ctx, locale, f } = await office("analytics:read", "/insights");
  const [t, seen] = await Promise.all([getTranslations("insights"), board(ctx)]);
  const { state, cutoffs } = seen;
  return (
    <InsightsFrame tab="groups" asOf={state?.asOf ?? null} locale={locale} f={f}>
      <LiveRefresh />
      {!state ? (
        <Card>
          <EmptyState icon={<Activity />} title={t("none.title")}>
            {t("none.text")}
          </EmptyState>
        </Card>
      ) : !cutoffs ? (
        <Card>
          <EmptyState icon={<Users />} title={t("grid.tooFewTitle")}>
            {t("grid.tooFew", { needed: FIFTHS_CUSTOMERS_MIN, count: state.decision.seen.customers })}
          </EmptyState>
        </Card>
      ) : (
        <>
          <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
            <div className="grid gap-3">
              <RfmGrid squares={seen.squares} locale={locale} f={f} />
              <UnderChart csvHref={`/${locale}/office/insights/csv/grid`}>
                <SquaresTable squares={seen.squares} f={f} />
              </UnderChart>
            </div>
            <MovesCard moves={seen.moves} days={seen.movesDays} f={f} />
          </div>
          <GroupsTable board={seen} locale={locale} f={f} />
          {may(ctx.actor, "programme:write") && (
            <Card>
              <CardHeader>
                <CardTitle>{t("limits.title")}</CardTitle>
              </CardHeader>
              <CardBody>
                <LimitsForm own={seen.limits && plain(seen.limits)} now={plain(cutoffs)} />
              </CardBody>
            </Card>
          )}
        </>
      )}
    </InsightsFrame>
  );
}

const plain = ({ recency, frequency, monetary }: Cutoffs) => ({
  recency: [...recency],
  frequency: [...frequency],
  monetary: [...monetary],
});
