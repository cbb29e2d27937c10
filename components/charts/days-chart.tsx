"use client";
import { Download } from "lucide-react";
import dynamic from "next/dynamic";
import { useLocale, useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { buttonClass } from "@/components/ui/button";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton } from "@/components/ui/skeleton";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import { add, type DayFigures, NOTHING, revenueOf } from "@/lib/analytics/model";
import { type Formats, formats } from "@/lib/platform/i18n/format";
import type { Bar } from "./bars";
import { useSeen } from "./use-seen";

/** The drawing library comes only when the chart is about to be seen. */
const Bars = dynamic(() => import("./bars").then((file) => file.Bars), {
  ssr: false,
  loading: () => <Skeleton className="h-64 rounded-md" />,
});

const METRICS = ["visits", "revenue", "newMembers", "points"] as const;
type Metric = (typeof METRICS)[number];
const STEPS = ["days", "weeks"] as const;
type Step = (typeof STEPS)[number];
const WEEK = 7;
const WEEKS = 12;

/** The last 90 days, or 12 weeks ending today, as bars; the same numbers as a table below and as a file. */
export function DaysChart({
  days,
  csvHref,
  currency,
}: {
  days: readonly DayFigures[];
  csvHref: string;
  currency: string;
}) {
  const t = useTranslations("office.dashboard.chart");
  const locale = useLocale();
  const f = useMemo(() => formats({ locale, currency }), [locale, currency]);
  const [metric, setMetric] = useState<Metric>("revenue");
  const [step, setStep] = useState<Step>("days");
  const spans = useMemo(() => (step === "days" ? days.map(oneDay) : weeks(days)), [days, step]);
  const bars = useMemo(() => spans.map((span) => barOf(span, metric, f)), [spans, metric, f]);
  const [place, isSeen] = useSeen<HTMLDivElement>();
  const name = t(`metric.${metric}`);
  return (
    <div ref={place} className="grid gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Segmented
          name="metric"
          legend={t("what")}
          value={metric}
          onValueChange={setMetric}
          options={METRICS.map((value) => ({ value, label: t(`metric.${value}`) }))}
          className="max-sm:w-full max-sm:overflow-x-auto"
        />
        <Segmented
          name="step"
          legend={t("step")}
          value={step}
          onValueChange={setStep}
          options={STEPS.map((value) => ({ value, label: t(value) }))}
        />
      </div>
      <figure aria-label={`${name}, ${t(step)}`}>
        {isSeen ? (
          <Bars bars={bars} name={name} tick={(value) => tick(value, metric, f)} />
        ) : (
          <Skeleton className="h-64 rounded-md" />
        )}
      </figure>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <details className="min-w-0 flex-1">
          <summary
            className={buttonClass({ variant: "ghost", size: "sm", className: "w-fit cursor-pointer" })}
          >
            {t("table")}
          </summary>
          <div className="mt-3 max-h-96 overflow-y-auto rounded-lg border">
            <FiguresTable spans={spans} f={f} label={t("title")} />
          </div>
        </details>
        <a href={csvHref} download className={buttonClass({ variant: "ghost", size: "sm" })}>
          <Download aria-hidden="true" />
          {t("csv")}
        </a>
      </div>
    </div>
  );
}

type SpanFigures = { from: DayFigures["day"]; to: DayFigures["day"]; figures: Omit<DayFigures, "day"> };

const oneDay = (day: DayFigures): SpanFigures => ({ from: day.day, to: day.day, figures: day });

/** Whole weeks counted back from today, so that the last bar is never a short one. */
function weeks(days: readonly DayFigures[]): SpanFigures[] {
  const kept = days.slice(-WEEKS * WEEK);
  return Array.from({ length: Math.floor(kept.length / WEEK) }, (_, index) => {
    const own = kept.slice(index * WEEK, (index + 1) * WEEK);
    const figures = own.reduce<Omit<DayFigures, "day">>((sum, day) => add(sum, day), NOTHING);
    return { from: own[0]?.day ?? "", to: own.at(-1)?.day ?? "", figures };
  });
}

function barOf(span: SpanFigures, metric: Metric, f: Formats): Bar {
  const { figures } = span;
  const label = f.calendar(span.from, "dayLong");
  const title = span.from === span.to ? f.calendar(span.from) : `${label} – ${f.calendar(span.to)}`;
  switch (metric) {
    case "visits":
      return { label, title, value: figures.purchases, text: f.count(figures.purchases) };
    case "newMembers":
      return { label, title, value: figures.newMembers, text: f.count(figures.newMembers) };
    case "revenue": {
      const revenue = revenueOf(figures);
      return { label, title, value: Number(revenue) / 100, text: f.money(revenue, { whole: "drop" }) };
    }
    case "points":
      return {
        label,
        title,
        value: Number(figures.pointsIssued) / 100,
        text: f.points(figures.pointsIssued),
      };
  }
}

const tick = (value: number, metric: Metric, f: Formats) =>
  metric === "revenue" ? f.moneyShort(BigInt(Math.round(value * 100))) : f.count(value);

function FiguresTable({ spans, f, label }: { spans: readonly SpanFigures[]; f: Formats; label: string }) {
  const t = useTranslations("office.dashboard");
  return (
    <Table label={label} className="text-sm">
      <TableHead>
        <tr>
          <Th>{t("chart.when")}</Th>
          <Th numeric>{t("visits")}</Th>
          <Th numeric>{t("revenue")}</Th>
          <Th numeric>{t("newMembers")}</Th>
          <Th numeric>{t("issued")}</Th>
          <Th numeric>{t("spent")}</Th>
        </tr>
      </TableHead>
      <TableBody>
        {spans.toReversed().map(({ from, to, figures }) => (
          <TableRow key={from}>
            <Td className="whitespace-nowrap">
              {f.calendar(from)}
              {from !== to && ` – ${f.calendar(to)}`}
            </Td>
            <Td numeric>{f.count(figures.purchases)}</Td>
            <Td numeric>{f.money(revenueOf(figures), { whole: "drop" })}</Td>
            <Td numeric>{f.count(figures.newMembers)}</Td>
            <Td numeric>{f.points(figures.pointsIssued)}</Td>
            <Td numeric>{f.points(figures.pointsSpent)}</Td>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
