import { Group, Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { office } from "@/components/office/context";
import { LiveRefresh } from "@/components/office/live-refresh";
import { listsFor } from "@/components/segments/lists";
import { ReadyList } from "@/components/segments/ready-list";
import { Sparkline } from "@/components/segments/sparkline";
import { PageHeader } from "@/components/shell/page-header";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import { may } from "@/lib/access";
import { listSegments } from "@/lib/segments";
import { READY } from "@/lib/segments/model";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("segments"))("title") };
}

/** All groups with how many are in, how that went, and who asks about them. */
export default async function SegmentsPage() {
  const { ctx, locale, f } = await office("members:read", "/segments");
  const [t, segments, lists] = await Promise.all([
    getTranslations("segments"),
    listSegments(ctx),
    listsFor(ctx),
  ]);
  const mayWrite = may(ctx.actor, "segments:write");
  const names = new Set(segments.map(({ name }) => name.toLowerCase()));
  const ready = READY.filter((id) => !names.has(t(`ready.name.${id}`).toLowerCase()));
  return (
    <>
      <LiveRefresh />
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          mayWrite && (
            <ButtonLink href={`/${locale}/office/segments/new`}>
              <Plus aria-hidden="true" />
              {t("new")}
            </ButtonLink>
          )
        }
      />
      <div className="grid gap-6">
        <Card>
          {segments.length === 0 ? (
            <EmptyState icon={<Group />} title={t("empty")}>
              {t("emptyText")}
            </EmptyState>
          ) : (
            <Table label={t("title")}>
              <TableHead>
                <TableRow>
                  <Th>{t("list.name")}</Th>
                  <Th numeric>{t("list.size")}</Th>
                  <Th>{t("list.trend")}</Th>
                  <Th>{t("list.uses")}</Th>
                </TableRow>
              </TableHead>
              <TableBody>
                {segments.map((segment) => (
                  <TableRow key={segment.id.toString()} interactive>
                    <Td className="max-w-64">
                      <Link
                        href={`/${locale}/office/segments/${segment.id}`}
                        className="font-medium wrap-anywhere after:absolute after:inset-0"
                      >
                        {segment.name}
                      </Link>
                    </Td>
                    <Td numeric>
                      {f.count(segment.size)}
                      {segment.counting && (
                        <span className="block text-sm text-muted">{t("counting.short")}</span>
                      )}
                    </Td>
                    <Td>
                      {segment.days.length > 0 && (
                        <Sparkline
                          days={segment.days}
                          label={`${t("history.label")}: ${segment.days[0]?.size ?? 0} → ${segment.size}`}
                        />
                      )}
                    </Td>
                    <Td className="max-w-56 text-sm text-muted wrap-anywhere">
                      {segment.uses.map(({ name }) => name).join(", ") || t("list.unused")}
                    </Td>
                  </TableRow>
                ))}
              </TableBody>
            </Table>
          )}
        </Card>
        {mayWrite && ready.length > 0 && (
          <Card>
            <CardHeader className="pb-4">
              <div>
                <CardTitle>{t("ready.title")}</CardTitle>
                <CardDescription>{t("ready.text")}</CardDescription>
              </div>
            </CardHeader>
            <ReadyList ready={ready} lists={lists} currency={ctx.business.currency} />
          </Card>
        )}
      </div>
    </>
  );
}
