import { MessagesSquare } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LogFilters } from "@/components/messages/log-filters";
import { LogSummaryTiles } from "@/components/messages/log-summary";
import { LogTable } from "@/components/messages/log-table";
import { MessageTabs } from "@/components/messages/tabs";
import { office } from "@/components/office/context";
import { hrefOf } from "@/components/shell/nav-item";
import { PageHeader } from "@/components/shell/page-header";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { parseId } from "@/lib/kernel/ids";
import { logSummary, messageLog } from "@/lib/messaging";
import { CHANNELS, STATES } from "@/lib/messaging/model";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("messaging.office"))("title") };
}

/** What was said to whom, and what was not, with the reason. */
export default async function MessageLogPage({ searchParams }: PageProps<"/[locale]/office/messages">) {
  const { ctx, locale, f } = await office("messages:read", "/messages");
  const [t, asked] = await Promise.all([getTranslations("messaging.office"), searchParams]);
  const state = STATES.find((one) => one === asked.state) ?? null;
  const channel = CHANNELS.find((one) => one === asked.channel) ?? null;
  const memberId = parseId(asked.member) ?? null;
  const before = parseId(asked.before) ?? null;
  const [{ rows, next }, summary] = await Promise.all([
    messageLog(ctx, { state, channel, memberId, before }),
    logSummary(ctx),
  ]);
  const at = `/${locale}/office/messages` as const;
  const onward = new URLSearchParams();
  for (const [name, value] of Object.entries({
    state,
    channel,
    member: memberId?.toString(),
    before: next?.toString(),
  }))
    if (value) onward.set(name, value);
  const isFiltered = state !== null || channel !== null || memberId !== null || before !== null;
  return (
    <>
      <PageHeader title={t("title")} description={t("text")} />
      <MessageTabs actor={ctx.actor} locale={locale} current="log" />
      <LogSummaryTiles summary={summary} locale={locale} />
      <LogFilters state={state ?? ""} channel={channel ?? ""} />
      <Card>
        {rows.length > 0 ? (
          <LogTable rows={rows} f={f} locale={locale} now={ctx.now} />
        ) : isFiltered ? (
          <EmptyState icon={<MessagesSquare />} title={t("log.none")} />
        ) : (
          <EmptyState
            icon={<MessagesSquare />}
            title={t("log.empty")}
            action={<ButtonLink href={`${at}/templates/new`}>{t("templates.new")}</ButtonLink>}
          >
            {t("log.emptyText")}
          </EmptyState>
        )}
      </Card>
      <Pagination
        className="mt-4"
        back={before === null ? undefined : hrefOf(at)}
        on={next === null ? undefined : hrefOf(`${at}?${onward}`)}
      />
    </>
  );
}
