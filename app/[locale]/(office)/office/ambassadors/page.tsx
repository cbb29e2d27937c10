import { Download, Share2 } from "lucide-react";
import type { Metadata, Route } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { office } from "@/components/office/context";
import { AmbassadorList } from "@/components/referrals/ambassador-list";
import { FunnelTiles } from "@/components/referrals/funnel";
import { ReviewQueue } from "@/components/referrals/review-queue";
import { ClientTexts } from "@/components/shell/client-texts";
import { PageHeader } from "@/components/shell/page-header";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cx } from "@/components/ui/cx";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { may } from "@/lib/access";
import { parseId } from "@/lib/kernel/ids";
import { ambassadors, funnel, reviews } from "@/lib/referrals";
import { AMBASSADOR_SORTS } from "@/lib/referrals/schema";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("referrals.ambassadors"))("title") };
}

const SPANS = [30, 90, 365] as const;

/** Who brings guests and what those bring, how far invitations go, and what waits for a decision. */
export default async function AmbassadorsPage({ searchParams }: PageProps<"/[locale]/office/ambassadors">) {
  const { ctx, locale, f } = await office("analytics:read", "/ambassadors");
  const query = await searchParams;
  const sort = AMBASSADOR_SORTS.find((one) => one === query.sort) ?? "cash";
  const days = SPANS.find((one) => String(one) === query.days) ?? 90;
  const after = typeof query.after === "string" ? query.after.slice(0, 40) : null;
  const [t, page, far, queue] = await Promise.all([
    getTranslations("referrals.ambassadors"),
    ambassadors(ctx, { sort, after }),
    funnel(ctx, days),
    reviews(ctx, parseId(query.review) ?? null),
  ]);
  const here = `/${locale}/office/ambassadors` as const;
  const { currency, zone } = ctx.business;
  const sorts = { cash: t("sortCash"), points: t("sortPoints"), joined: t("sortJoined") };
  const spans = { 30: t("days30"), 90: t("days90"), 365: t("days365") };
  return (
    <ClientTexts areas={["common", "office", "codes", "referrals"]}>
      <PageHeader
        title={t("title")}
        description={t("text")}
        actions={
          <>
            <a href={`/${locale}/office/ambassadors.csv`} className="btn btn-secondary" download>
              <Download aria-hidden="true" />
              {t("csv")}
            </a>
            {may(ctx.actor, "programme:read") && (
              <ButtonLink href={`/${locale}/office/programme/referrals`} variant="secondary">
                <Share2 aria-hidden="true" />
                {t("settings")}
              </ButtonLink>
            )}
          </>
        }
      />
      <ReviewQueue
        page={queue}
        mayDecide={may(ctx.actor, "points:give")}
        f={f}
        locale={locale}
        now={ctx.now}
      />
      <section aria-labelledby="funnel" className="mb-6 grid gap-3">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <h2 id="funnel" className="font-semibold">
            {t("funnel")}
          </h2>
          <Choices
            label={t("funnelText", { days })}
            items={SPANS.map((one) => ({
              href: `${here}?days=${one}&sort=${sort}` as Route,
              label: spans[one],
              isCurrent: one === days,
            }))}
          />
        </div>
        <FunnelTiles funnel={far} f={f} />
      </section>
      {page.rows.length === 0 && after === null ? (
        <Card>
          <EmptyState
            icon={<Share2 />}
            title={t("empty")}
            action={
              may(ctx.actor, "programme:read") && (
                <ButtonLink href={`/${locale}/office/programme/referrals`}>{t("emptyDo")}</ButtonLink>
              )
            }
          >
            {t("emptyText")}
          </EmptyState>
        </Card>
      ) : (
        <>
          <div className="mb-3 flex justify-end">
            <Choices
              label={t("sort")}
              items={AMBASSADOR_SORTS.map((one) => ({
                href: `${here}?sort=${one}&days=${days}` as Route,
                label: sorts[one],
                isCurrent: one === sort,
              }))}
            />
          </div>
          <Card className="overflow-hidden">
            <AmbassadorList rows={page.rows} currency={currency} zone={zone} />
          </Card>
        </>
      )}
      {(after !== null || page.next !== null) && (
        <Pagination
          className="mt-4"
          back={after === null ? undefined : (`${here}?sort=${sort}&days=${days}` as Route)}
          on={
            page.next === null ? undefined : (`${here}?sort=${sort}&days=${days}&after=${page.next}` as Route)
          }
        />
      )}
    </ClientTexts>
  );
}

/** A few views of one page as links, so that each has an address. */
function Choices({
  label,
  items,
}: {
  label: string;
  items: readonly { href: Route; label: string; isCurrent: boolean }[];
}) {
  return (
    <nav aria-label={label} className="inline-flex max-w-full rounded-lg bg-sunken p-1">
      {items.map((item) => (
        <Link
          key={item.href}
          href={item.href}
          scroll={false}
          aria-current={item.isCurrent ? "page" : undefined}
          className={cx(
            "flex min-h-8 items-center rounded-md px-3.5 text-sm font-medium whitespace-nowrap",
            item.isCurrent ? "bg-surface text-ink shadow-card" : "text-muted hover:text-ink",
          )}
        >
          {item.label}
        </Link>
      ))}
    </nav>
  );
}
