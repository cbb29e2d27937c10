import { getTranslations } from "next-intl/server";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import type { Formats } from "@/lib/platform/i18n/format";
import type { SizeDay } from "@/lib/segments/model";
import { Sparkline } from "./sparkline";

/** How the size went, day by day: who came and who went. */
export async function HistoryCard({ days, f }: { days: readonly SizeDay[]; f: Formats }) {
  const t = await getTranslations("segments");
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("history.title")}</CardTitle>
        {days.length > 0 && (
          <Sparkline
            days={days}
            label={`${t("history.label")}: ${days[0]?.size ?? 0} → ${days.at(-1)?.size ?? 0}`}
          />
        )}
      </CardHeader>
      <CardBody>
        {days.length === 0 ? (
          <p className="text-muted">{t("history.empty")}</p>
        ) : (
          <div className="max-h-80 overflow-y-auto rounded-lg border">
            <Table label={t("history.title")}>
              <TableHead>
                <TableRow>
                  <Th>{t("history.day")}</Th>
                  <Th numeric>{t("history.size")}</Th>
                  <Th numeric>{t("history.entered")}</Th>
                  <Th numeric>{t("history.left")}</Th>
                </TableRow>
              </TableHead>
              <TableBody>
                {days.toReversed().map((day) => (
                  <TableRow key={day.day}>
                    <Td className="whitespace-nowrap">{f.calendar(day.day)}</Td>
                    <Td numeric>{f.count(day.size)}</Td>
                    <Td numeric>{f.count(day.entered)}</Td>
                    <Td numeric>{f.count(day.left)}</Td>
                  </TableRow>
                ))}
              </TableBody>
            </Table>
          </div>
        )}
      </CardBody>
    </Card>
  );
}
