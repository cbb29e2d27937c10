import { ChevronLeft, Users } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { pageNumber } from "@/components/insights/page-number";
import { PeopleTable } from "@/components/insights/people-table";
import { office } from "@/components/office/context";
import { PageHeader } from "@/components/shell/page-header";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { cellMembers } from "@/lib/insights";
import { CELLS } from "@/lib/insights/model";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("insights"))("title") };
}

/** Who is in one group, the most valuable first. */
export default async function CellPage({ searchParams }: PageProps<"/[locale]/office/insights/members">) {
  const { ctx, locale, f } = await office("analytics:read", "/insights");
  const asked = await searchParams;
  const cell = CELLS.find((one) => one === asked.cell);
  if (!cell) notFound();
  const page = pageNumber(asked.page);
  const [t, list] = await Promise.all([getTranslations("insights"), cellMembers(ctx, cell, page)]);
  const address = (to: number) => `/${locale}/office/insights/members?cell=${cell}&page=${to}` as const;
  return (
    <>
      <PageHeader
        back={
          <Link
            href={`/${locale}/office/insights`}
            className="inline-flex min-h-6 items-center gap-1 text-muted hover:text-ink"
          >
            <ChevronLeft aria-hidden="true" className="size-4" />
            {t("list.back")}
          </Link>
        }
        title={t(`cell.${cell}`)}
        description={t(`about.${cell}`)}
      />
      <Card>
        {list.rows.length > 0 ? (
          <PeopleTable label={t(`cell.${cell}`)} rows={list.rows} locale={locale} f={f} />
        ) : (
          <EmptyState icon={<Users />} title={t("list.empty")} />
        )}
      </Card>
      {(page > 0 || list.hasMore) && (
        <Pagination
          className="mt-4"
          back={page > 0 ? address(page - 1) : undefined}
          on={list.hasMore ? address(page + 1) : undefined}
        >
          {t("list.page", { page: page + 1 })}
        </Pagination>
      )}
    </>
  );
}
