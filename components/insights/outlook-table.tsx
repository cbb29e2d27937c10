import { getTranslations } from "next-intl/server";
import { cx } from "@/components/ui/cx";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import type { Totals } from "@/lib/insights";
import { HORIZONS } from "@/lib/insights/model";
import type { Formats } from "@/lib/platform/i18n/format";

/** What everybody together will do in 30, 90 and 365 days: the forecast with the two plain rules beside it. */
export async function OutlookTable({
  totals,
  hasModel,
  f,
}: {
  totals: Totals;
  hasModel: boolean;
  f: Formats;
}) {
  const t = await getTranslations("insights.model");
  const count = (visits: number) => f.count(Math.round(visits));
  const money = (minor: number) => f.money(BigInt(Math.round(minor / 100)) * 100n, { whole: "drop" });
  return (
    <Table label={t("title")} className="text-sm">
      <TableHead>
        <tr>
          <Th>
            <span className="sr-only">{t("title")}</span>
          </Th>
          <Pair top={t("modelVisits")} below={t("pastVisits")} isHead />
          <Pair top={t("modelValue")} below={t("pastValue")} isHead />
        </tr>
      </TableHead>
      <TableBody>
        {HORIZONS.map((days, i) => (
          <TableRow key={days}>
            <Td className="max-sm:px-0!">{t("ahead", { days })}</Td>
            <Pair
              top={hasModel ? count(totals.model.visits[i] ?? 0) : "—"}
              below={count(totals.ownPast.visitsPerDay * days)}
            />
            <Pair
              top={hasModel ? money(totals.model.valueMinor[i] ?? 0) : "—"}
              below={money(totals.ownPast.valueMinorPerDay * days)}
            />
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** The forecast, and the plain rule under it: both stand on a small screen, too. */
function Pair({ top, below, isHead = false }: { top: string; below: string; isHead?: boolean }) {
  const Cell = isHead ? Th : Td;
  return (
    <Cell numeric className={cx("max-sm:px-2", isHead && "whitespace-normal!")}>
      <span className="block font-semibold">{top}</span>
      <span className="block font-normal text-muted">{below}</span>
    </Cell>
  );
}
