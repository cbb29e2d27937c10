import { getTranslations } from "next-intl/server";
import { FigureChart } from "@/components/charts/figure-chart";
import { CardTitle } from "@/components/ui/card";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import type { Beside, Holdout } from "@/lib/insights/model";
import { addDays } from "@/lib/kernel/time";
import type { Formats } from "@/lib/platform/i18n/format";

const dayText = (day: number) => addDays("1970-01-01", day);
const GROUP_LAST = 7;

/** How the model did in days it did not know: totals beside both plain rules, week by week, and by earlier visits. */
export async function Tried({
  holdout,
  currency,
  csvAt,
  f,
}: {
  holdout: Holdout;
  currency: string;
  csvAt: string;
  f: Formats;
}) {
  const t = await getTranslations("insights.tried");
  const chart = await getTranslations("insights.chart");
  const cut = f.calendar(dayText(holdout.cut));
  return (
    <div className="grid gap-6">
      <TriedTable holdout={holdout} f={f} />
      <div className="grid gap-6 xl:grid-cols-2">
        <div className="grid content-start gap-3">
          <div>
            <CardTitle as="h3">{t("weeks")}</CardTitle>
            <p className="text-sm text-muted">{t("weeksHint", { cut })}</p>
          </div>
          <FigureChart
            name={t("weeks")}
            first={chart("week")}
            axis="count"
            currency={currency}
            csvHref={`${csvAt}/weeks`}
            series={[
              { name: chart("happened"), color: 1, shape: "line" },
              { name: chart("predicted"), color: 2, shape: "dashed" },
            ]}
            points={holdout.weeks.map(({ day, actual, predicted }) => ({
              label: f.calendar(dayText(day), "dayLong"),
              title: f.calendar(dayText(day)),
              values: [actual, Math.round(predicted)],
              texts: [f.count(actual), f.count(Math.round(predicted))],
            }))}
          />
        </div>
        <div className="grid content-start gap-3">
          <div>
            <CardTitle as="h3">{t("groups")}</CardTitle>
            <p className="text-sm text-muted">{t("groupsHint")}</p>
          </div>
          <FigureChart
            name={t("groups")}
            first={chart("before")}
            axis="decimal"
            currency={currency}
            csvHref={`${csvAt}/groups`}
            series={[
              { name: chart("happened"), color: 1, shape: "bar" },
              { name: chart("predicted"), color: 2, shape: "bar" },
            ]}
            points={holdout.groups.map(({ x, actual, predicted }) => ({
              label: x === GROUP_LAST ? t("groupMore", { x }) : String(x),
              title: x === GROUP_LAST ? t("groupMore", { x }) : t("group", { x }),
              values: [actual, predicted],
              texts: [actual.toFixed(2), predicted.toFixed(2)],
            }))}
          />
        </div>
      </div>
    </div>
  );
}

async function TriedTable({ holdout, f }: { holdout: Holdout; f: Formats }) {
  const t = await getTranslations("insights.tried");
  const money = (minor: number) => f.money(BigInt(Math.round(minor / 100)) * 100n, { whole: "drop" });
  const off = (value: number, actual: number) => (actual > 0 ? f.percentSigned(value / actual - 1) : "");
  const each = (visits: number) => f.points(BigInt(Math.round(visits * 100)));
  const row = (name: string, { actual, model, ownPast }: Beside, text: (value: number) => string) => (
    <TableRow>
      <Td>{name}</Td>
      <Td numeric>{text(actual)}</Td>
      <Td numeric className="font-semibold">
        {text(model)}
        <span className="block font-normal text-faint">{off(model, actual)}</span>
      </Td>
      <Td numeric className="text-muted">
        {text(ownPast)}
        <span className="block text-faint">{off(ownPast, actual)}</span>
      </Td>
    </TableRow>
  );
  return (
    <Table label={t("title")} className="text-sm">
      <TableHead>
        <tr>
          <Th className="whitespace-normal!">{t("what")}</Th>
          <Th numeric>{t("actual")}</Th>
          <Th numeric>{t("model")}</Th>
          <Th numeric>{t("past")}</Th>
        </tr>
      </TableHead>
      <TableBody>
        {row(t("visits"), holdout.visits, (value) => f.count(Math.round(value)))}
        {row(t("money"), holdout.value, money)}
        <TableRow>
          <Td>{t("missed")}</Td>
          <Td numeric>—</Td>
          <Td numeric className="font-semibold">
            {each(holdout.missedBy.model)}
          </Td>
          <Td numeric className="text-muted">
            {each(holdout.missedBy.ownPast)}
          </Td>
        </TableRow>
      </TableBody>
    </Table>
  );
}
