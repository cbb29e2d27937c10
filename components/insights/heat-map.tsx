import { getTranslations } from "next-intl/server";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Cohort } from "./months";

/** Shares of each cohort that came back, the darker the more. It is a table, so it needs none under it. */
export async function HeatMap({ cohorts, f }: { cohorts: readonly Cohort[]; f: Formats }) {
  const t = await getTranslations("insights.chart");
  const followed = Math.max(0, ...cohorts.map(({ after }) => after.filter((one) => one !== null).length));
  const months = Array.from({ length: Math.max(0, followed - 1) }, (_, i) => i + 1);
  return (
    // Focusable, so that a keyboard can scroll it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table is scrolled with the keyboard
    <section aria-label={t("cohorts")} tabIndex={0} className="overflow-x-auto">
      <table className="w-full border-separate border-spacing-0.5 text-xs tabular-nums">
        <thead className="text-faint">
          <tr>
            <th scope="col" className="px-2 py-1 text-left font-medium whitespace-nowrap">
              {t("cohort")}
            </th>
            <th scope="col" className="px-2 py-1 text-right font-medium">
              {t("size")}
            </th>
            {months.map((month) => (
              <th key={month} scope="col" className="min-w-11 px-1 py-1 text-center font-medium">
                {t("after", { month })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cohorts.map(({ cohort, size, after }) => (
            <tr key={cohort}>
              <th scope="row" className="px-2 py-1 text-left font-medium whitespace-nowrap">
                {f.calendar(cohort, "month")}
              </th>
              <td className="px-2 py-1 text-right text-muted">{f.count(size)}</td>
              {months.map((month) => {
                const came = after[month] ?? null;
                if (came === null) return <td key={month} />;
                const share = came / size;
                return (
                  <td
                    key={month}
                    className="rounded-sm px-1 py-1.5 text-center text-ink"
                    style={{
                      backgroundColor: `color-mix(in oklab, var(--chart-1) ${Math.round(Math.min(1, share * 1.2) * 45)}%, transparent)`,
                    }}
                  >
                    {f.percent(share)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
