import { Merge, QrCode, SearchX, Users } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { office } from "@/components/office/context";
import { MembersTable } from "@/components/office/members-table";
import { SearchBox } from "@/components/office/search-box";
import { PageHeader } from "@/components/shell/page-header";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cx } from "@/components/ui/cx";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { may } from "@/lib/access";
import { membersEver } from "@/lib/analytics";
import { listMembers } from "@/lib/members";
import { SEARCH_MIN } from "@/lib/members/model";
import { MEMBER_SORTS, memberQuery } from "@/lib/members/schema";
import { programme } from "@/lib/program";

const PAGE = 50;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("office.members"))("title") };
}

/** Everybody in the programme: by last visit, by joining, or found by name, phone or e-mail. */
export default async function MembersPage({ searchParams }: PageProps<"/[locale]/office/members">) {
  const { ctx, locale, f } = await office("members:read", "/members");
  const t = await getTranslations("office.members");
  const people = await getTranslations("people.duplicates");
  const asked = await searchParams;
  const query = memberQuery
    .catch({ search: "", sort: "recent", limit: PAGE, cursor: null })
    .parse({ search: one(asked.q), sort: one(asked.sort), cursor: one(asked.cursor) ?? null, limit: PAGE });
  const [page, total, current] = await Promise.all([
    listMembers(ctx, query),
    membersEver(ctx),
    programme(ctx),
  ]);
  const address = (change: Record<string, string | null>) => {
    const next = new URLSearchParams();
    const all = { q: query.search, sort: query.sort, ...change };
    for (const [name, value] of Object.entries(all)) if (value && value !== "recent") next.set(name, value);
    return `/${locale}/office/members?${next}` as const;
  };
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("count", { count: total })}
        actions={
          <>
            {may(ctx.actor, "members:merge") && (
              <ButtonLink href={`/${locale}/office/members/duplicates`} variant="secondary">
                <Merge aria-hidden="true" />
                {people("open")}
              </ButtonLink>
            )}
            <ButtonLink href={`/${locale}/office/poster`} variant="secondary">
              <QrCode aria-hidden="true" />
              {t("invite")}
            </ButtonLink>
          </>
        }
      />
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <SearchBox label={t("search")} placeholder={t("searchHint")} className="w-full sm:w-88" />
        {!query.search && (
          <nav aria-label={t("sort.label")} className="inline-flex rounded-lg bg-sunken p-1 max-sm:w-full">
            {MEMBER_SORTS.map((sort) => (
              <Link
                key={sort}
                href={address({ sort })}
                aria-current={sort === query.sort ? "page" : undefined}
                className={cx(
                  "flex min-h-8 flex-1 items-center justify-center rounded-md px-3.5 text-sm font-medium whitespace-nowrap",
                  sort === query.sort ? "bg-surface text-ink shadow-card" : "text-muted hover:text-ink",
                )}
              >
                {t(`sort.${sort}`)}
              </Link>
            ))}
          </nav>
        )}
      </div>
      <Card>
        {page.tooShort ? (
          <EmptyState icon={<SearchX />} title={t("tooShort", { count: SEARCH_MIN })} />
        ) : page.rows.length > 0 ? (
          <MembersTable rows={page.rows} programme={current} f={f} locale={locale} now={ctx.now} />
        ) : query.search ? (
          <EmptyState icon={<SearchX />} title={t("noneFound", { search: query.search })}>
            {t("noneFoundHint")}
          </EmptyState>
        ) : total > 0 ? (
          <EmptyState
            icon={<Users />}
            title={t("noVisits")}
            action={<ButtonLink href={address({ sort: "newest" })}>{t("showNewest")}</ButtonLink>}
          />
        ) : (
          <EmptyState
            icon={<Users />}
            title={t("empty")}
            action={<ButtonLink href={`/${locale}/office/poster`}>{t("invite")}</ButtonLink>}
          >
            {t("emptyHint")}
          </EmptyState>
        )}
      </Card>
      {(page.cursor ?? query.cursor) !== null && (
        <Pagination
          className="mt-4"
          back={query.cursor === null ? undefined : address({})}
          on={page.cursor === null ? undefined : address({ cursor: page.cursor })}
        >
          {query.cursor !== null && t("fromStart")}
        </Pagination>
      )}
    </>
  );
}

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);
