import { ChartNoAxesColumn } from "lucide-react";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { StatTile } from "@/components/ui/stat-tile";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import type { Report } from "@/lib/journeys";
import type { Verdict } from "@/lib/journeys/model";
import type { Formats } from "@/lib/platform/i18n/format";
import { DeliveryTable } from "./delivery-table";
import { ExperimentsTable } from "./experiments-table";

const TONES = {
  more: "success",
  less: "danger",
  ratio_off: "danger",
  nothing_yet: "info",
  too_few: "info",
  no_control: "warning",
} as const;

/** What it brought: the plain sentence first, then the numbers it comes from. */
export async function ReportView({
  report,
  f,
  titleOf,
}: {
  report: Report;
  f: Formats;
  titleOf: (step: string) => string;
}) {
  const t = await getTranslations("journeys.report");
  const { treated, control, revenue, visits, visited } = report;
  if (treated.n + control.n === 0) {
    return (
      <Card>
        <EmptyState icon={<ChartNoAxesColumn />} title={t("none")}>
          {t("noneText")}
        </EmptyState>
      </Card>
    );
  }
  const money = (units: number) => f.money(BigInt(Math.round(units * 100)));
  const plain = (value: number) =>
    Math.abs(value) < 10 ? f.points(BigInt(Math.round(value * 100))) : f.count(Math.round(value));
  const points = (share: number) => f.percent(share, 1);
  const open = treated.open + control.open;
  const isEarly = open * 2 > treated.n + control.n;
  const rows = [
    {
      name: t("revenue"),
      figure: revenue,
      show: money,
      side: [money(treated.revenue), money(control.revenue)],
    },
    {
      name: t("visits"),
      figure: visits,
      show: plain,
      side: [f.count(treated.visits), f.count(control.visits)],
    },
  ];
  // Beside nobody, a difference is no figure at all.
  const isCompared = report.controlBps > 0 || control.n > 0;
  const compared = isCompared ? rows : [];
  const cells = (...all: readonly string[]) => (isCompared ? all : all.slice(0, 1));
  return (
    <div className="grid grid-cols-1 gap-6">
      <div className="grid gap-3">
        <h2 className="text-base font-semibold">{t("verdict")}</h2>
        {isCompared ? (
          rows.map(({ name, figure, show }) => (
            <Sentence key={name} name={name} {...figure} show={show} isEarly={isEarly} />
          ))
        ) : (
          <Notice tone="warning">{t("no_control")}</Notice>
        )}
        <p className="text-sm text-muted">
          {t("window", { n: report.windowDays })} {open > 0 && t("open", { n: open })}{" "}
          {revenue.contrast.explained > 0 && t("cuped", { percent: f.percent(revenue.contrast.explained) })}
        </p>
      </div>
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
        {compared.map(({ name, figure, show }) => (
          <StatTile
            key={name}
            label={`${name}: ${t("extra")}`}
            value={show(figure.total.amount)}
            hint={t("interval", { low: show(figure.total.low), high: show(figure.total.high) })}
          />
        ))}
        {isCompared && (
          <StatTile
            label={t("visited")}
            value={points(visited.contrast.difference)}
            hint={t("interval", { low: points(visited.contrast.low), high: points(visited.contrast.high) })}
          />
        )}
        <StatTile
          label={t("cost")}
          value={f.points(report.cost.points)}
          hint={`${t("costPoints")} · ${f.money(report.cost.discountMinor)} ${t("costDiscounts")} · ${f.count(report.cost.messages)} ${t("costMessages")}`}
        />
      </div>
      <Card>
        <CardBody className="overflow-x-auto">
          <Table label={t("perPerson")}>
            <TableHead>
              <TableRow>
                <Th>{t("measure")}</Th>
                <Th numeric>{t("treated")}</Th>
                {isCompared && (
                  <>
                    <Th numeric>{t("control")}</Th>
                    <Th numeric>{`${t("difference")}, ${t("perPerson").toLowerCase()}`}</Th>
                  </>
                )}
              </TableRow>
            </TableHead>
            <TableBody>
              <Row name={t("people")} cells={cells(f.count(treated.n), f.count(control.n), "—")} />
              <Row
                name={t("visited")}
                cells={cells(
                  f.count(treated.visited),
                  f.count(control.visited),
                  points(visited.contrast.difference),
                )}
              />
              {rows.map(({ name, figure, show, side }) => (
                <Row key={name} name={name} cells={cells(...side, show(figure.contrast.difference))} />
              ))}
            </TableBody>
          </Table>
          {isCompared && (
            <p className="pt-3 text-sm text-faint">{t("ratio", { p: f.percent(report.ratioChance) })}</p>
          )}
        </CardBody>
      </Card>
      <ExperimentsTable experiments={report.experiments} f={f} />
      <DeliveryTable report={report} f={f} titleOf={titleOf} />
      {report.overlaps.length > 0 && (
        <Card>
          <CardHeader>
            <CardTitle>{t("overlap")}</CardTitle>
          </CardHeader>
          <CardBody className="grid grid-cols-1 gap-3">
            <p className="text-sm text-muted">{t("overlapText")}</p>
            <ul className="grid grid-cols-1 gap-1">
              {report.overlaps.map((one) => (
                <li key={String(one.id)} className="flex justify-between gap-4">
                  <span className="min-w-0 truncate">{one.name}</span>
                  <span className="shrink-0 text-muted tabular-nums">
                    {f.count(one.people)} ({f.percent(treated.n === 0 ? 0 : one.people / treated.n)})
                  </span>
                </li>
              ))}
            </ul>
          </CardBody>
        </Card>
      )}
    </div>
  );
}

function Row({ name, cells }: { name: string; cells: readonly string[] }) {
  return (
    <TableRow>
      <Td className="font-medium">{name}</Td>
      {cells.map((cell, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: columns have no names of their own
        <Td key={index} numeric>
          {cell}
        </Td>
      ))}
    </TableRow>
  );
}

async function Sentence({
  name,
  verdict,
  contrast,
  show,
  isEarly,
}: {
  name: ReactNode;
  verdict: Verdict;
  contrast: { difference: number; low: number; high: number };
  show: (value: number) => string;
  /** The time in which purchases count is still running for most. */
  isEarly: boolean;
}) {
  const t = await getTranslations("journeys.report");
  const { difference, low, high } = contrast;
  const text = () => {
    if (verdict.code === "more")
      return t("more", { low: show(low), high: show(high), value: show(difference) });
    if (verdict.code === "less") return t("less", { low: show(-high), high: show(-low) });
    if (verdict.code !== "nothing_yet") return t(verdict.code);
    if (verdict.people === null && isEarly) return t("nothing_early");
    return verdict.people === null ? t("nothing_ever") : t("nothing_yet", { n: verdict.people });
  };
  return (
    <Notice tone={TONES[verdict.code]} title={name}>
      {text()}
    </Notice>
  );
}
