import type { Board, Drawn } from "@/lib/insights";
import { addDays } from "@/lib/kernel/time";
import { decimalText } from "@/lib/platform/i18n/amount";
import { monthsOf } from "./months";

export const CSV_CHARTS = [
  "grid",
  "months",
  "cohorts",
  "gaps",
  "bills",
  "ageing",
  "ending",
  "weeks",
  "groups",
] as const;
export type CsvChart = (typeof CSV_CHARTS)[number];
type Cell = string | number;

const money = (minor: bigint | number) => decimalText(BigInt(minor));

/** The figures of a chart as rows for a spreadsheet, the head first: plain numbers, dots for decimals, dates as ISO. */
export function csvRows(chart: CsvChart, board: Board, drawn: Drawn): Cell[][] {
  switch (chart) {
    case "grid":
      return [
        ["group", "recency_score", "column", "customers", "paid", "expected_365"],
        ...board.squares
          .toSorted((a, b) => b.recency - a.recency || a.column - b.column)
          .map((one) => [
            one.cell,
            one.recency,
            one.column,
            one.members,
            money(one.spentMinor),
            board.state?.decision.state === "published" ? money(one.value365Minor) : "",
          ]),
      ];
    case "months":
      return [
        ["month", "new", "returning", "paid"],
        ...monthsOf(drawn.cohorts).map((one) => [one.month, one.isNew, one.returning, money(one.spentMinor)]),
      ];
    case "cohorts":
      return [
        ["first_month", "month", "customers", "paid"],
        ...drawn.cohorts.map((one) => [one.cohort, one.month, one.members, money(one.spentMinor)]),
      ];
    case "gaps":
      return [["from_days", "customers"], ...drawn.gaps.map(({ from, count }) => [from, count])];
    case "bills":
      return [["from_total", "purchases"], ...drawn.bills.map(({ from, count }) => [money(from), count])];
    case "ageing":
    case "ending":
      return [
        ["days_up_to", "points", "customers"],
        ...drawn.ageing[chart === "ageing" ? "held" : "ending"].map((one) => [
          one.key,
          money(one.points),
          one.members,
        ]),
      ];
    case "weeks":
      return [
        ["week_to", "happened", "predicted", "known_to_model"],
        ...(drawn.holdout?.weeks ?? []).map(({ day, actual, predicted }) => [
          addDays("1970-01-01", day),
          actual,
          predicted.toFixed(1),
          day <= (drawn.holdout?.cut ?? 0) ? "yes" : "no",
        ]),
      ];
    case "groups":
      return [
        ["repeat_visits_before", "customers", "happened_each", "predicted_each"],
        ...(drawn.holdout?.groups ?? []).map((one) => [
          one.x,
          one.customers,
          one.actual.toFixed(4),
          one.predicted.toFixed(4),
        ]),
      ];
  }
}
