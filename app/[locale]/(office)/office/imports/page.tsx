import { Download, FileUp } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { NewImport } from "@/components/imports/new-import";
import { RunBadge } from "@/components/imports/run-badge";
import { RunRefresh } from "@/components/imports/run-refresh";
import { office } from "@/components/office/context";
import { PageHeader } from "@/components/shell/page-header";
import { buttonClass } from "@/components/ui/button";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import { listImports } from "@/lib/integrations";
import { EXPORTS, isBusy } from "@/lib/integrations/model";

const FORMATS = [
  { name: "CSV", query: "" },
  { name: "Excel", query: "?as=xlsx" },
] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("imports"))("title") };
}

/** What was brought in, a new file, and everything to take along. */
export default async function ImportsPage() {
  const { ctx, locale, f } = await office("imports:write", "/imports");
  const [t, runs] = await Promise.all([getTranslations("imports"), listImports(ctx)]);
  return (
    <>
      {runs.some(({ state }) => isBusy(state)) && <RunRefresh />}
      <PageHeader title={t("title")} description={t("intro")} />
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <Card>
          {runs.length === 0 ? (
            <EmptyState icon={<FileUp />} title={t("empty")}>
              {t("emptyText")}
            </EmptyState>
          ) : (
            <Table label={t("all")}>
              <TableHead>
                <TableRow>
                  <Th>{t("list.file")}</Th>
                  <Th>{t("list.state")}</Th>
                  <Th numeric>{t("list.rows")}</Th>
                  <Th>{t("list.when")}</Th>
                </TableRow>
              </TableHead>
              <TableBody>
                {runs.map((run) => (
                  <TableRow key={run.id.toString()} interactive>
                    <Td className="min-w-40 max-w-72">
                      <Link
                        href={`/${locale}/office/imports/${run.id}`}
                        className="font-medium wrap-anywhere after:absolute after:inset-0"
                      >
                        {run.fileName}
                      </Link>
                      <span className="block text-sm text-muted">{t(`kind.${run.kind}`)}</span>
                    </Td>
                    <Td>
                      <RunBadge state={run.state} label={t(`state.${run.state}`)} />
                    </Td>
                    <Td numeric>{run.report.rows === undefined ? "—" : f.count(run.report.rows)}</Td>
                    <Td className="whitespace-nowrap">{f.date(run.createdAt, "dateTime")}</Td>
                  </TableRow>
                ))}
              </TableBody>
            </Table>
          )}
        </Card>
        <div className="grid gap-6">
          <NewImport />
          <Card>
            <CardHeader>
              <div>
                <CardTitle>{t("export.title")}</CardTitle>
                <CardDescription>{t("export.text")}</CardDescription>
              </div>
            </CardHeader>
            <CardBody className="grid gap-3">
              {EXPORTS.map((what) => (
                <div key={what} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
                  <span className="font-medium">{t(`export.${what}`)}</span>
                  <span className="flex gap-2">
                    {FORMATS.map(({ name, query }) => (
                      <a
                        key={name}
                        href={`/${locale}/office/imports/export/${what}${query}`}
                        download
                        aria-label={`${t(`export.${what}`)}, ${name}`}
                        className={buttonClass({ variant: "secondary", size: "sm" })}
                      >
                        <Download aria-hidden="true" />
                        {name}
                      </a>
                    ))}
                  </span>
                </div>
              ))}
            </CardBody>
          </Card>
        </div>
      </div>
    </>
  );
}
