import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { DaysChart } from "@/components/charts/days-chart";
import { office } from "@/components/office/context";
import { FirstSteps } from "@/components/office/first-steps";
import { LastOperations } from "@/components/office/last-operations";
import { LiveRefresh } from "@/components/office/live-refresh";
import { SpanSwitch } from "@/components/office/span-switch";
import { SpanTiles } from "@/components/office/span-tiles";
import { PageHeader } from "@/components/shell/page-header";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { may } from "@/lib/access";
import { dashboard, lastDays, started } from "@/lib/analytics";
import { SPANS, type Span } from "@/lib/analytics/model";
import { operations } from "@/lib/sales";

const LAST = 8;

/** How the business is doing: today, this week, this month against the span before, and what just happened. */
export default async function DashboardPage({ searchParams }: PageProps<"/[locale]/office">) {
  const { ctx, locale, f } = await office("members:read");
  // Who may not see figures starts with the people.
  if (!may(ctx.actor, "analytics:read")) redirect(`/${locale}/office/members`);
  const asked = (await searchParams).span;
  const span: Span = SPANS.find((one) => one === asked) ?? "week";
  const [t, board, days, steps, last] = await Promise.all([
    getTranslations("office.dashboard"),
    dashboard(ctx, span),
    lastDays(ctx),
    started(ctx),
    operations(ctx, { limit: LAST }),
  ]);
  return (
    <>
      <LiveRefresh />
      <PageHeader
        title={t("title")}
        description={f.date(ctx.now, "dayLong")}
        actions={<SpanSwitch span={span} locale={locale} />}
      />
      <div className="grid gap-6">
        <FirstSteps steps={steps} actor={ctx.actor} locale={locale} />
        <SpanTiles board={board} span={span} f={f} />
        <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_24rem]">
          <Card>
            <CardHeader>
              <div>
                <CardTitle>{t("chart.title")}</CardTitle>
                <CardDescription>{t("chart.hint")}</CardDescription>
              </div>
            </CardHeader>
            <CardBody>
              <DaysChart
                days={days}
                csvHref={`/${locale}/office/days.csv`}
                currency={ctx.business.currency}
              />
            </CardBody>
          </Card>
          <LastOperations operations={last} f={f} locale={locale} now={ctx.now} />
        </div>
      </div>
    </>
  );
}
