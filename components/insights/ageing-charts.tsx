import { getTranslations } from "next-intl/server";
import { FigureChart } from "@/components/charts/figure-chart";
import type { Ageing, Drawn } from "@/lib/insights";
import type { Formats } from "@/lib/platform/i18n/format";
import { ChartCard } from "./chart-card";

/** Points on hand by how long ago they were given, and by the time they have left. */
export async function AgeingCharts({
  ageing,
  currency,
  csvAt,
  f,
}: {
  ageing: Drawn["ageing"];
  currency: string;
  csvAt: string;
  f: Formats;
}) {
  const t = await getTranslations("insights.chart");
  const chart = (
    title: string,
    hint: string,
    first: string,
    rows: readonly Ageing[],
    csv: string,
    color: 4 | 5,
  ) => (
    <ChartCard title={title} hint={hint} isEmpty={rows.every(({ points }) => points === 0)}>
      <FigureChart
        name={title}
        first={first}
        axis="points"
        currency={currency}
        csvHref={`${csvAt}/${csv}`}
        series={[
          { name: t("points"), color, shape: "bar" },
          { name: t("customers"), color: 6, shape: "none" },
        ]}
        points={rows.map(({ key, points, members }) => {
          const name = t(`ages.${key as "30"}`);
          return {
            label: name,
            title: name,
            values: [points, null],
            texts: [f.points(BigInt(points)), f.count(members)],
          };
        })}
      />
    </ChartCard>
  );
  return (
    <>
      {chart(t("ageing"), t("ageingHint"), t("age"), ageing.held, "ageing", 4)}
      {chart(t("ending"), t("endingHint"), t("left"), ageing.ending, "ending", 5)}
    </>
  );
}
