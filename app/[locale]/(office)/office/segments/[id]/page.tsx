import { ChevronLeft, Download } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { office } from "@/components/office/context";
import { Builder } from "@/components/segments/builder";
import { CountingCard } from "@/components/segments/counting-card";
import { HistoryCard } from "@/components/segments/history-card";
import { listsFor } from "@/components/segments/lists";
import { MembersCard } from "@/components/segments/members-card";
import { hrefOf } from "@/components/shell/nav-item";
import { PageHeader } from "@/components/shell/page-header";
import { buttonClass } from "@/components/ui/button";
import { may } from "@/lib/access";
import { parseId } from "@/lib/kernel/ids";
import { dayOf } from "@/lib/kernel/time";
import { segmentById, segmentMembers } from "@/lib/segments";

const PAGE = 50;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("segments"))("title") };
}

/** One segment, or a new one: the builder, who is in, and how the size went. */
export default async function SegmentPage({
  params,
  searchParams,
}: PageProps<"/[locale]/office/segments/[id]">) {
  const { id: asked } = await params;
  const isNew = asked === "new";
  const id = isNew ? undefined : parseId(asked);
  const { ctx, locale, f } = await office(isNew ? "segments:write" : "members:read", `/segments/${asked}`);
  const segment = id === undefined ? undefined : await segmentById(ctx, id);
  if (!isNew && !segment) notFound();
  const before = parseId((await searchParams).before) ?? null;
  const [t, lists, page] = await Promise.all([
    getTranslations("segments"),
    listsFor(ctx, id),
    id === undefined ? null : segmentMembers(ctx, id, { before, limit: PAGE }),
  ]);
  const list = hrefOf(`/${locale}/office/segments`);
  return (
    <>
      <PageHeader
        back={
          <Link href={list} className="inline-flex min-h-6 items-center gap-1 text-muted hover:text-ink">
            <ChevronLeft aria-hidden="true" className="size-4" />
            {t("edit.all")}
          </Link>
        }
        title={<span className="wrap-anywhere">{segment?.name ?? t("new")}</span>}
        actions={
          segment && (
            <a
              href={`/${locale}/office/segments/${segment.id}/members.csv`}
              download
              className={buttonClass({ variant: "secondary" })}
            >
              <Download aria-hidden="true" />
              {t("members.csv")}
            </a>
          )
        }
      />
      <div className="grid gap-6">
        <Builder
          key={`${asked} ${segment?.version ?? 0}`}
          kept={segment ? { ...pick(segment), usedIn: segment.uses } : null}
          lists={lists}
          currency={ctx.business.currency}
          today={dayOf(ctx.now, ctx.business.zone)}
          mayWrite={may(ctx.actor, "segments:write")}
          listHref={list}
        />
        {segment && page && (
          <>
            {segment.counting && <CountingCard counting={segment.counting} />}
            <MembersCard page={page} segmentId={segment.id} locale={locale} f={f} />
            <HistoryCard days={segment.days} f={f} />
          </>
        )}
      </div>
    </>
  );
}

type Segment = NonNullable<Awaited<ReturnType<typeof segmentById>>>;
const pick = ({ id, version, name, rule }: Segment) => ({ id, version, name, rule });
