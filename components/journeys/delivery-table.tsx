import { getTranslations } from "next-intl/server";
import { reasonKey } from "@/components/messages/reason-text";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import type { Report } from "@/lib/journeys";
import type { Formats } from "@/lib/platform/i18n/format";

const COLUMNS = ["queued", "sent", "delivered", "opened", "clicked", "refused"] as const;

/** What became of the messages, and why some were not sent. */
export async function DeliveryTable({
  report,
  f,
  titleOf,
}: {
  report: Report;
  f: Formats;
  titleOf: (step: string) => string;
}) {
  const [t, refusal] = await Promise.all([
    getTranslations("journeys.report"),
    getTranslations("messaging.refusal"),
  ]);
  const because = (reason: string) => {
    const { key, ...about } = reasonKey(reason);
    return refusal(key, about);
  };
  if (report.deliveries.length === 0) return null;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("funnel")}</CardTitle>
      </CardHeader>
      <CardBody className="overflow-x-auto">
        <Table label={t("funnel")}>
          <TableHead>
            <TableRow>
              <Th>{t("step")}</Th>
              {COLUMNS.map((column) => (
                <Th key={column} numeric>
                  {t(column)}
                </Th>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {report.deliveries.map((one) => (
              <TableRow key={`${one.step} ${one.variant ?? ""}`}>
                <Td>{titleOf(one.step)}</Td>
                {COLUMNS.map((column) => (
                  <Td key={column} numeric>
                    {f.count(column === "refused" ? one.refused + one.failed : one[column])}
                  </Td>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
        {report.refusals.length > 0 && (
          <div className="pt-4 text-sm text-muted">
            <p className="font-medium text-ink">{t("refusals")}</p>
            <ul>
              {report.refusals.map((one) => (
                <li key={one.reason}>
                  {because(one.reason)}: <span className="tabular-nums">{f.count(one.people)}</span>
                </li>
              ))}
            </ul>
          </div>
        )}
      </CardBody>
    </Card>
  );
}
