import { Download } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FigureChart } from "@/components/charts/figure-chart";
import { AgeingCharts } from "@/components/insights/ageing-charts";
import { binPoints } from "@/components/insights/bin-points";
import { ChartCard } from "@/components/insights/chart-card";
import { InsightsFrame } from "@/components/insights/frame";
import { HeatMap } from "@/components/insights/heat-map";
import { cohortsOf, monthsOf } from "@/components/insights/months";
import { office } from "@/components/office/context";
import { buttonClass } from "@/components/ui/button";
import { drawn } from "@/lib/insights";

const MONTHS = 24;
const COHORTS = 13;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("insights.tabs"))("charts") };
}

/** The shape of the business: new and returning, who comes back, gaps, bills, points by age. */
export default async function ChartsPage() {
  const { ctx, locale, f } = await office("analytics:read", "/insights/charts");
  const [t, seen] = await Promise.all([getTranslations("insights.chart"), drawn(ctx)]);
  const { currency } = ctx.business;
  const csvAt = `/${locale}/office/insights/csv`;
  const months = monthsOf(seen.cohorts).slice(-MONTHS);
  const cohorts = cohortsOf(seen.cohorts, COHORTS);
  const parts = {
    range: (from: string, to: string) => t("upTo", { from, to }),
    more: (from: string) => t("andMore", { from }),
    count: (value: number) => f.count(value),
  };
  const gaps = binPoints(seen.gaps, { ...parts, text: (days) => f.count(days) });
  const bills = binPoints(seen.bills, {
    ...parts,
    text: (minor) => f.money(BigInt(minor), { whole: "drop" }),
  });
  return (
    <InsightsFrame tab="charts" asOf={seen.asOf} locale={locale} f={f}>
      <div className="grid items-start gap-6 xl:grid-cols-2">
        <ChartCard title={t("months")} hint={t("monthsHint")} isEmpty={months.length === 0} isWide>
          <FigureChart
            name={t("months")}
            first={t("month")}
            axis="count"
            currency={currency}
            csvHref={`${csvAt}/months`}
            series={[
              { name: t("returning"), color: 1, shape: "stack" },
              { name: t("new"), color: 2, shape: "stack" },
            ]}
            points={months.map(({ month, isNew, returning }) => ({
              label: f.calendar(month, "monthShort"),
              title: f.calendar(month, "month"),
              values: [returning, isNew],
              texts: [f.count(returning), f.count(isNew)],
            }))}
          />
        </ChartCard>
        <ChartCard title={t("cohorts")} hint={t("cohortsHint")} isEmpty={cohorts.length === 0} isWide>
          <div className="grid gap-3">
            <HeatMap cohorts={cohorts} f={f} />
            <a
              href={`${csvAt}/cohorts`}
              download
              className={buttonClass({ variant: "ghost", size: "sm", className: "justify-self-end" })}
            >
              <Download aria-hidden="true" />
              {t("csv")}
            </a>
          </div>
        </ChartCard>
        <ChartCard title={t("gaps")} hint={t("gapsHint")} isEmpty={gaps.length === 0}>
          <FigureChart
            name={t("gaps")}
            first={t("gap")}
            axis="count"
            currency={currency}
            csvHref={`${csvAt}/gaps`}
            series={[{ name: t("customers"), color: 1, shape: "bar" }]}
            points={gaps}
          />
        </ChartCard>
        <ChartCard title={t("bills")} hint={t("billsHint")} isEmpty={bills.length === 0}>
          <FigureChart
            name={t("bills")}
            first={t("bill")}
            axis="count"
            currency={currency}
            csvHref={`${csvAt}/bills`}
            series={[{ name: t("purchases"), color: 3, shape: "bar" }]}
            points={bills}
          />
        </ChartCard>
        <AgeingCharts ageing={seen.ageing} currency={currency} csvAt={csvAt} f={f} />
      </div>
    </InsightsFrame>
  );
}
