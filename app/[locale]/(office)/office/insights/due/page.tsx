import { CalendarClock } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { InsightsFrame } from "@/components/insights/frame";
import { pageNumber } from "@/components/insights/page-number";
import { PeopleTable } from "@/components/insights/people-table";
import { office } from "@/components/office/context";
import { Card, CardBody } from "@/components/ui/card";
import { cx } from "@/components/ui/cx";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { dueMembers } from "@/lib/insights";
import { DUE_LISTS } from "@/lib/insights/schema";
import { dayOf } from "@/lib/kernel/time";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("insights.due"))("title") };
}

const EMPTY = { today: "emptyToday", tomorrow: "emptyTomorrow", overdue: "emptyOverdue" } as const;

/** Who is due today, tomorrow, or late, each by their own rhythm. */
export default async function DuePage({ searchParams }: PageProps<"/[locale]/office/insights/due">) {
  const { ctx, locale, f } = await office("members:read", "/insights/due");
  const asked = await searchParams;
  const list = DUE_LISTS.find((one) => one === asked.list) ?? "today";
  const page = pageNumber(asked.page);
  const [t, found] = await Promise.all([getTranslations("insights"), dueMembers(ctx, list, page)]);
  const at = `/${locale}/office/insights/due` as const;
  return (
    <InsightsFrame tab="due" asOf={null} locale={locale} f={f}>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <nav
          aria-label={t("due.label")}
          className="inline-flex max-w-full overflow-x-auto rounded-lg bg-sunken p-1 max-sm:w-full"
        >
          {DUE_LISTS.map((one) => (
            <Link
              key={one}
              href={`${at}?list=${one}`}
              aria-current={one === list ? "page" : undefined}
              className={cx(
                "flex min-h-8 flex-1 items-center justify-center gap-1.5 rounded-md px-2 text-sm sm:px-3.5 font-medium whitespace-nowrap",
                one === list ? "bg-surface text-ink shadow-card" : "text-muted hover:text-ink",
              )}
            >
              {t(`due.${one}`)}
              <span className="tabular-nums text-faint">{f.count(found.counts[one])}</span>
            </Link>
          ))}
        </nav>
        {found.commonGapDays !== null && (
          <p className="text-sm text-muted">{t("due.common", { days: Math.round(found.commonGapDays) })}</p>
        )}
      </div>
      <Card>
        {found.rows.length > 0 ? (
          <>
            <PeopleTable
              label={t(`due.${list}`)}
              rows={found.rows}
              today={dayOf(ctx.now, ctx.business.zone)}
              locale={locale}
              f={f}
            />
            <CardBody className="border-t py-3 text-sm text-faint sm:py-3">{t("due.hint")}</CardBody>
          </>
        ) : (
          <EmptyState icon={<CalendarClock />} title={t(found.isKnown ? `due.${EMPTY[list]}` : "none.title")}>
            {found.isKnown ? t("due.emptyText") : t("none.text")}
          </EmptyState>
        )}
      </Card>
      {(page > 0 || found.hasMore) && (
        <Pagination
          back={page > 0 ? `${at}?list=${list}&page=${page - 1}` : undefined}
          on={found.hasMore ? `${at}?list=${list}&page=${page + 1}` : undefined}
        >
          {t("list.page", { page: page + 1 })}
        </Pagination>
      )}
    </InsightsFrame>
  );
}
