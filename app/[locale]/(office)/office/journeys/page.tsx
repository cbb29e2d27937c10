import { Route as RouteIcon } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { JourneyList } from "@/components/journeys/journey-list";
import { NewJourney } from "@/components/journeys/new-journey";
import { TaskList } from "@/components/journeys/task-list";
import { office } from "@/components/office/context";
import { ClientTexts } from "@/components/shell/client-texts";
import { PageHeader } from "@/components/shell/page-header";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { may } from "@/lib/access";
import { listJourneys, openTasks } from "@/lib/journeys";
import { offered } from "@/lib/journeys/model";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("journeys.nav"))("journeys") };
}

/** All journeys, what they ask of the staff, and the ready-made ones to begin from. */
export default async function JourneysPage() {
  const { ctx, locale, f } = await office("journeys:read", "/journeys");
  const [t, rows, tasks] = await Promise.all([
    getTranslations("journeys"),
    listJourneys(ctx, "journey"),
    openTasks(ctx),
  ]);
  const isWriter = may(ctx.actor, "journeys:write");
  return (
    <ClientTexts areas={["common", "office", "codes", "journeys"]}>
      <PageHeader
        title={t("nav.journeys")}
        description={t("list.journeyText")}
        actions={isWriter && <NewJourney kind="journey" preset={null} />}
      />
      <div className="grid gap-6">
        {tasks.length > 0 && <TaskList tasks={tasks} />}
        {rows.length > 0 ? (
          <JourneyList rows={rows} f={f} locale={locale} places="journeys" />
        ) : (
          <Card>
            <EmptyState icon={<RouteIcon />} title={t("list.noJourneys")}>
              {t("list.noJourneysText")}
            </EmptyState>
          </Card>
        )}
        {isWriter && (
          <Card>
            <CardHeader>
              <div>
                <CardTitle>{t("list.ready")}</CardTitle>
                <CardDescription>{t("list.readyText")}</CardDescription>
              </div>
            </CardHeader>
            <CardBody>
              <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
                {offered().map((preset) => (
                  <li
                    key={preset}
                    className="flex items-center justify-between gap-3 rounded-lg border px-4 py-3"
                  >
                    <span className="min-w-0 text-[0.9375rem] font-medium">{t(`ready.${preset}`)}</span>
                    <NewJourney kind="journey" preset={preset} />
                  </li>
                ))}
              </ul>
            </CardBody>
          </Card>
        )}
      </div>
    </ClientTexts>
  );
}
