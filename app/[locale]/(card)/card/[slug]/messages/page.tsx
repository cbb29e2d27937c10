import { BellRing, ChevronRight } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { CardFrame } from "@/components/card/frame";
import { ownCardOrJoin } from "@/components/card/own-card";
import { InboxList } from "@/components/messages/inbox-list";
import { MarkRead } from "@/components/messages/mark-read";
import { PushSwitch } from "@/components/messages/push-switch";
import { pushTexts } from "@/components/messages/push-texts";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { inbox } from "@/lib/messaging";
import { formats } from "@/lib/platform/i18n/format";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("messaging.card"))("title") };
}

/** Everything the business said to the member, whatever channel carried it. */
export default async function MessagesPage({
  params,
  searchParams,
}: PageProps<"/[locale]/card/[slug]/messages">) {
  const [locale, t, { slug }, query] = await Promise.all([
    getLocale(),
    getTranslations("messaging.card"),
    params,
    searchParams,
  ]);
  const card = await ownCardOrJoin(locale, slug, "/messages");
  const asked = new Date(String(query.before ?? ""));
  const before = Number.isNaN(asked.getTime()) ? null : asked;
  const { entries, next } = await inbox(card.ctx, card.memberId, before);
  const home = `/${locale}/card/${card.business.slug}/messages` as const;
  return (
    <CardFrame card={card} locale={locale}>
      <MarkRead slug={card.business.slug} />
      <div className="flex items-center justify-between gap-3">
        <h1 className="text-2xl font-semibold tracking-tight">{t("title")}</h1>
        <Link
          href={`${home}/settings`}
          className="-mr-2 flex min-h-11 items-center gap-0.5 px-2 text-right text-sm font-medium text-brand"
        >
          {t("settings")}
          <ChevronRight aria-hidden="true" className="size-4 shrink-0" />
        </Link>
      </div>
      <PushSwitch slug={card.business.slug} texts={await pushTexts()} asHint />
      {entries.length === 0 ? (
        <EmptyState icon={<BellRing />} title={t("empty")}>
          {t("emptyText")}
        </EmptyState>
      ) : (
        <InboxList entries={entries} f={formats({ locale, zone: card.business.zone })} />
      )}
      {next && (
        <ButtonLink
          href={`${home}?before=${encodeURIComponent(next.toISOString())}`}
          variant="secondary"
          size="lg"
        >
          {t("older")}
        </ButtonLink>
      )}
    </CardFrame>
  );
}
