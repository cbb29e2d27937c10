import { Megaphone } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { JourneyList } from "@/components/journeys/journey-list";
import { NewJourney } from "@/components/journeys/new-journey";
import { office } from "@/components/office/context";
import { ClientTexts } from "@/components/shell/client-texts";
import { PageHeader } from "@/components/shell/page-header";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { may } from "@/lib/access";
import { listJourneys } from "@/lib/journeys";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("journeys.nav"))("campaigns") };
}

/** All campaigns, the newest first. */
export default async function CampaignsPage() {
  const { ctx, locale, f } = await office("journeys:read", "/campaigns");
  const [t, rows] = await Promise.all([getTranslations("journeys"), listJourneys(ctx, "campaign")]);
  const isWriter = may(ctx.actor, "journeys:write");
  return (
    <ClientTexts areas={["common", "office", "codes", "journeys"]}>
      <PageHeader
        title={t("nav.campaigns")}
        description={t("list.campaignText")}
        actions={isWriter && <NewJourney kind="campaign" preset={null} />}
      />
      {rows.length > 0 ? (
        <JourneyList rows={rows} f={f} locale={locale} places="campaigns" />
      ) : (
        <Card>
          <EmptyState icon={<Megaphone />} title={t("list.noCampaigns")}>
            {t("list.noCampaignsText")}
          </EmptyState>
        </Card>
      )}
    </ClientTexts>
  );
}
