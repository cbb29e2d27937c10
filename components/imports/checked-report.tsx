import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { ButtonLink, buttonClass } from "@/components/ui/button";
import { Card, CardBody, CardDescription, CardFooter, CardHeader, CardTitle } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import type { FaultyRow } from "@/lib/integrations";
import type { Run } from "@/lib/integrations/model";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";
import { faultText } from "./fault-text";
import { StartButton } from "./start-button";

/** One figure with its name. */
export function Figure({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-muted">{name}</dt>
      <dd className="text-lg font-semibold tabular-nums wrap-anywhere">{children}</dd>
    </div>
  );
}

type Props = { run: Run; faults: readonly FaultyRow[]; f: Formats; locale: Locale };

/** What the dry run found, and the way on. */
export function CheckedReport({ run, faults, f, locale }: Props) {
  const t = useTranslations("imports");
  const { rows = 0, bad = 0, sum = "0", firstAt, lastAt } = run.report;
  const good = rows - bad;
  const isPurchases = run.kind === "purchases";
  return (
    <>
      <Card>
        <CardHeader>
          <CardTitle>{t("dry.title")}</CardTitle>
        </CardHeader>
        <CardBody>
          <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4">
            <Figure name={t("dry.rows")}>{f.count(good)}</Figure>
            <Figure name={t("dry.bad")}>{f.count(bad)}</Figure>
            <Figure name={t(isPurchases ? "dry.sum" : "dry.points")}>
              {isPurchases ? f.money(BigInt(sum)) : f.points(BigInt(sum))}
            </Figure>
            {firstAt && lastAt && (
              <Figure name={t("dry.span")}>
                {f.date(new Date(firstAt))} – {f.date(new Date(lastAt))}
              </Figure>
            )}
          </dl>
        </CardBody>
        <CardFooter>
          {good === 0 && <Notice tone="danger">{t("dry.none")}</Notice>}
          <ButtonLink href={`/${locale}/office/imports/${run.id}?columns=1`} variant="secondary">
            {t("dry.remap")}
          </ButtonLink>
          {good > 0 && <StartButton id={run.id.toString()} label={t("dry.start", { count: good })} />}
        </CardFooter>
      </Card>
      <FaultsCard run={run} faults={faults} f={f} locale={locale} />
    </>
  );
}

/** The first rows with errors, and the file of them all. */
export function FaultsCard({ run, faults, f, locale }: Props) {
  const t = useTranslations("imports");
  if (faults.length === 0) return null;
  return (
    <Card>
      <CardHeader className="pb-4">
        <div>
          <CardTitle>{t("dry.faults")}</CardTitle>
          <CardDescription>{t("dry.faultsText")}</CardDescription>
        </div>
        <a
          href={`/${locale}/office/imports/${run.id}/faults`}
          download
          className={buttonClass({ variant: "secondary", size: "sm" })}
        >
          <Download aria-hidden="true" />
          {t("dry.download")}
        </a>
      </CardHeader>
      <Table label={t("dry.faults")}>
        <TableHead>
          <TableRow>
            <Th numeric>{t("dry.line")}</Th>
            <Th>{t("dry.fault")}</Th>
            <Th>{t("dry.cells")}</Th>
          </TableRow>
        </TableHead>
        <TableBody>
          {faults.map(({ no, line, faults: found, raw }) => (
            <TableRow key={no}>
              <Td numeric>{f.count(line)}</Td>
              <Td className="min-w-48">{faultText(found, t)}</Td>
              <Td className="max-w-96 truncate text-sm text-muted">{raw.join(" · ")}</Td>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}
