import { Activity } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { InsightsFrame } from "@/components/insights/frame";
import { ModelState, Parameters } from "@/components/insights/model-state";
import { OutlookTable } from "@/components/insights/outlook-table";
import { Tried } from "@/components/insights/tried";
import { office } from "@/components/office/context";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { drawn } from "@/lib/insights";
import { addDays } from "@/lib/kernel/time";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("insights.tabs"))("value") };
}

/** What customers will be worth, what that forecast stands on, and how it did where it could be tried. */
export default async function ValuePage() {
  const { ctx, locale, f } = await office("analytics:read", "/insights/value");
  const [t, seen] = await Promise.all([getTranslations("insights"), drawn(ctx)]);
  const { state, totals, holdout } = seen;
  if (!state || !totals)
    return (
      <InsightsFrame tab="value" asOf={null} locale={locale} f={f}>
        <Card>
          <EmptyState icon={<Activity />} title={t("none.title")}>
            {t("none.text")}
          </EmptyState>
        </Card>
      </InsightsFrame>
    );
  return (
    <InsightsFrame tab="value" asOf={state.asOf} locale={locale} f={f}>
      <Card>
        <CardHeader>
          <div>
            <CardTitle>{t("model.title")}</CardTitle>
            <CardDescription>{t("model.pastText")}</CardDescription>
          </div>
        </CardHeader>
        <CardBody className="grid gap-5">
          <OutlookTable totals={totals} hasModel={state.decision.state === "published"} f={f} />
          <ModelState decision={state.decision} f={f} />
          <Parameters decision={state.decision} />
        </CardBody>
      </Card>
      <Card>
        <CardHeader>
          <div>
            <CardTitle>{t("tried.title")}</CardTitle>
            <CardDescription>
              {holdout
                ? t("tried.hint", {
                    cut: f.calendar(addDays("1970-01-01", holdout.cut)),
                    days: holdout.end - holdout.cut,
                  })
                : t("tried.none")}
            </CardDescription>
          </div>
        </CardHeader>
        {holdout && (
          <CardBody>
            <Tried
              holdout={holdout}
              currency={ctx.business.currency}
              csvAt={`/${locale}/office/insights/csv`}
              f={f}
            />
          </CardBody>
        )}
      </Card>
    </InsightsFrame>
  );
}
