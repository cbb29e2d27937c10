import { getTranslations } from "next-intl/server";
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
          <Th numeric>{t("modelVisits")}</Th>
          <Th numeric>{t("pastVisits")}</Th>
          <Th numeric>{t("modelValue")}</Th>
          <Th numeric>{t("pastValue")}</Th>
        </tr>
      </TableHead>
      <TableBody>
        {HORIZONS.map((days, i) => (
          <TableRow key={days}>
            <Td className="whitespace-nowrap">{t("ahead", { days })}</Td>
            <Td numeric className="font-semibold">
              {hasModel ? count(totals.model.visits[i] ?? 0) : "—"}
            </Td>
            <Td numeric className="text-muted">
              {count(totals.ownPast.visitsPerDay * days)}
            </Td>
            <Td numeric className="font-semibold">
              {hasModel ? money(totals.model.valueMinor[i] ?? 0) : "—"}
            </Td>
            <Td numeric className="text-muted">
              {money(totals.ownPast.valueMinorPerDay * days)}
            </Td>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
