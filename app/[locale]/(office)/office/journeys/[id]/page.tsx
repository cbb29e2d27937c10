import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { JourneyPage } from "@/components/journeys/journey-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("journeys.nav"))("journeys") };
}

/** One journey: drawn, run and read. */
export default async function OneJourneyPage({
  params,
  searchParams,
}: PageProps<"/[locale]/office/journeys/[id]">) {
  const [{ id }, { view, before }] = await Promise.all([params, searchParams]);
  return (
    <JourneyPage
      kind="journey"
      id={id}
      view={typeof view === "string" ? view : "draw"}
      before={typeof before === "string" ? before : ""}
    />
  );
}
