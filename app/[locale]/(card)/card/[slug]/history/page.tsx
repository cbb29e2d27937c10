import { History as HistoryIcon } from "lucide-react";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { CardFrame } from "@/components/card/frame";
import { HistoryList } from "@/components/card/history-list";
import { ownCardOrJoin } from "@/components/card/own-card";
import { readHistory, SHOWN_MAX } from "@/components/card/read-history";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { parseId } from "@/lib/kernel/ids";

const STEP = 30;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("card");
  return { title: t("nav.history") };
}

/** Everything that moved the member's points, with reasons; more of it is fetched onto the same page. */
export default async function HistoryPage({
  params,
  searchParams,
}: PageProps<"/[locale]/card/[slug]/history">) {
  const [locale, t, { slug }, query] = await Promise.all([
    getLocale(),
    getTranslations("card"),
    params,
    searchParams,
  ]);
  const card = await ownCardOrJoin(locale, slug, "/history");
  const count = Math.min(SHOWN_MAX, Math.max(STEP, Math.floor(Number(query.shown)) || STEP));
  const before = parseId(query.before) ?? null;
  const history = await readHistory(card, { before, count, withLines: true });
  const more = new URLSearchParams();
  if (count >= SHOWN_MAX) more.set("before", String(history.olderThan));
  else {
    more.set("shown", String(count + STEP));
    if (before !== null) more.set("before", String(before));
  }
  return (
    <CardFrame card={card} locale={locale}>
      <h1 className="text-2xl font-semibold tracking-tight">{t("nav.history")}</h1>
      {history.entries.length === 0 ? (
        <EmptyState icon={<HistoryIcon />} title={t("history.empty")}>
          {t("history.emptyText")}
        </EmptyState>
      ) : (
        <HistoryList card={card} history={history} />
      )}
      {history.olderThan !== null && (
        <ButtonLink
          href={`/${locale}/card/${card.business.slug}/history?${more}`}
          scroll={count >= SHOWN_MAX}
          variant="secondary"
          size="lg"
        >
          {t("history.more")}
        </ButtonLink>
      )}
    </CardFrame>
  );
}
