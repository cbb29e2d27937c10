"use client";
import { Download } from "lucide-react";
import dynamic from "next/dynamic";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { buttonClass } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import { formats } from "@/lib/platform/i18n/format";
import type { Point, Series } from "./series";
import { useSeen } from "./use-seen";

/** The drawing library comes only when the chart is about to be seen. */
const SeriesChart = dynamic(() => import("./series").then((file) => file.SeriesChart), {
  ssr: false,
  loading: () => <Skeleton className="h-68 rounded-md" />,
});

/**
 * A chart with the same numbers as a table and as a file under it.
 * Shape: `first` heads the table's first column; `money` axes take minor units.
 */
export function FigureChart({
  name,
  first,
  series,
  points,
  axis,
  currency,
  csvHref,
}: {
  name: string;
  first: string;
  series: readonly Series[];
  points: readonly Point[];
  axis: "count" | "money" | "points" | "decimal";
  currency: string;
  csvHref: string;
}) {
  const locale = useLocale();
  const f = useMemo(() => formats({ locale, currency }), [locale, currency]);
  const [place, isSeen] = useSeen<HTMLDivElement>();
  const tick = (value: number) => {
    if (axis === "money") return f.moneyShort(BigInt(Math.round(value)));
    if (axis === "points") return f.count(Math.round(value / 100));
    return axis === "decimal" ? String(Number(value.toFixed(1))) : f.count(value);
  };
  return (
    <div ref={place} className="grid gap-4">
      <figure aria-label={name}>
        {isSeen ? (
          <SeriesChart series={series} points={points} tick={tick} />
        ) : (
          <Skeleton className="h-68 rounded-md" />
        )}
      </figure>
      <UnderChart csvHref={csvHref}>
        <Table label={name} className="text-sm">
          <TableHead>
            <tr>
              <Th>{first}</Th>
              {series.map((one) => (
                <Th key={one.name} numeric>
                  {one.name}
                </Th>
              ))}
            </tr>
          </TableHead>
          <TableBody>
            {points.map((point) => (
              <TableRow key={point.title}>
                <Td className="whitespace-nowrap">{point.title}</Td>
                {point.texts.map((text, index) => (
                  <Td key={series[index]?.name ?? index} numeric>
                    {text}
                  </Td>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </UnderChart>
    </div>
  );
}

/** The table behind a fold, and the file. */
export function UnderChart({ csvHref, children }: { csvHref: string; children: React.ReactNode }) {
  const t = useTranslations("insights.chart");
  return (
    <div className="flex flex-wrap items-start justify-between gap-3">
      <details className="min-w-0 flex-1 basis-36">
        <summary className={buttonClass({ variant: "ghost", size: "sm", className: "w-fit cursor-pointer" })}>
          {t("table")}
        </summary>
        <div className="mt-3 max-h-96 overflow-y-auto rounded-lg border">{children}</div>
      </details>
      <a href={csvHref} download className={buttonClass({ variant: "ghost", size: "sm" })}>
        <Download aria-hidden="true" />
        {t("csv")}
      </a>
    </div>
  );
}
