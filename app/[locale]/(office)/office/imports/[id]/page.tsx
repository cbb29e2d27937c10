import { ChevronLeft } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { CheckedReport } from "@/components/imports/checked-report";
import { DoneReport } from "@/components/imports/done-report";
import { MappingForm } from "@/components/imports/mapping-form";
import { RunActions } from "@/components/imports/run-actions";
import { RunBadge } from "@/components/imports/run-badge";
import { RunProgress } from "@/components/imports/run-progress";
import { RunRefresh } from "@/components/imports/run-refresh";
import { office } from "@/components/office/context";
import { PageHeader } from "@/components/shell/page-header";
import { Notice } from "@/components/ui/notice";
import { blockedBy, findImport, firstFaults } from "@/lib/integrations";
import { isBusy, type Run } from "@/lib/integrations/model";
import { parseId } from "@/lib/kernel/ids";
import { Refused } from "@/lib/kernel/refusals";
import { customFields } from "@/lib/members";

const FAULTS = 20;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("imports"))("title") };
}

/** One import at whatever it has come to: columns, the file's faults, progress, what was brought. */
export default async function ImportPage({
  params,
  searchParams,
}: PageProps<"/[locale]/office/imports/[id]">) {
  const id = parseId((await params).id);
  const { ctx, locale, f } = await office("imports:write", `/imports/${id ?? ""}`);
  if (id === undefined) notFound();
  const run = await findImport(ctx, id).catch((error: unknown) => {
    if (error instanceof Refused && error.code === "not_found") notFound();
    throw error;
  });
  const [t, faults, blocking, own, asked] = await Promise.all([
    getTranslations("imports"),
    run.report.bad ? firstFaults(ctx, id, FAULTS) : [],
    blockedBy(ctx, run),
    run.kind === "members" && run.report.sample ? customFields(ctx) : [],
    searchParams,
  ]);
  const isMapping = isMapped(run, asked.columns !== undefined);
  return (
    <>
      {isBusy(run.state) && <RunRefresh />}
      <PageHeader
        back={
          <Link
            href={`/${locale}/office/imports`}
            className="inline-flex min-h-6 items-center gap-1 text-muted hover:text-ink"
          >
            <ChevronLeft aria-hidden="true" className="size-4" />
            {t("all")}
          </Link>
        }
        title={<span className="wrap-anywhere">{run.fileName}</span>}
        description={
          <span className="flex flex-wrap items-center gap-2">
            {t(`kind.${run.kind}`)}
            <RunBadge state={run.state} label={t(`state.${run.state}`)} />
          </span>
        }
        actions={
          <RunActions id={id.toString()} state={run.state} isBlocked={run.report.blocked !== undefined} />
        }
      />
      <div className="grid gap-6">
        {run.state === "uploading" && <Notice tone="warning">{t("new.unfinished")}</Notice>}
        {run.report.failed && run.state === "failed" && (
          <Notice tone="danger" title={t("fail.title")}>
            {run.report.failed.line !== null && `${t("fail.line", { line: run.report.failed.line })} `}
            {t(`fail.code.${run.report.failed.code}` as "fail.code.xls")} {t("fail.nothing")}
          </Notice>
        )}
        {isBusy(run.state) && <RunProgress run={run} f={f} />}
        {isMapping && (
          <MappingForm
            id={id.toString()}
            kind={run.kind}
            sample={run.report.sample ?? []}
            isText={run.report.format === undefined}
            preset={run.report.preset ?? null}
            own={own.flatMap(({ id: no, name, archivedAt }) =>
              archivedAt === null ? [{ id: no.toString(), name }] : [],
            )}
            first={run.mapping ?? run.report.guess}
          />
        )}
        {run.state === "checked" && !isMapping && (
          <CheckedReport run={run} faults={faults} f={f} locale={locale} />
        )}
        {(run.state === "done" || run.state === "undone" || run.state === "stopped") && (
          <DoneReport run={run} faults={faults} blockedBy={blocking} f={f} locale={locale} />
        )}
      </div>
    </>
  );
}

const isMapped = ({ state, report }: Run, isAsked: boolean): boolean =>
  report.sample !== undefined &&
  (state === "mapping" || state === "failed" || (state === "checked" && isAsked));
