import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Card } from "@/components/ui/card";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import type { listJourneys } from "@/lib/journeys";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";
import { StateBadge } from "./state-badge";

/** Journeys or campaigns with how they stand and how many people they have. */
export async function JourneyList({
  rows,
  f,
  locale,
  places,
}: {
  rows: Awaited<ReturnType<typeof listJourneys>>;
  f: Formats;
  locale: Locale;
  places: "journeys" | "campaigns";
}) {
  const t = await getTranslations("journeys.list");
  return (
    <Card className="overflow-x-auto">
      <Table label={t("name")}>
        <TableHead>
          <TableRow>
            <Th>{t("name")}</Th>
            <Th>{t("state")}</Th>
            <Th numeric>{t("inside")}</Th>
            <Th numeric>{t("entered")}</Th>
            <Th>{t("started")}</Th>
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={String(row.id)}>
              <Td>
                <Link className="font-medium hover:underline" href={`/${locale}/office/${places}/${row.id}`}>
                  {row.name}
                </Link>
              </Td>
              <Td>
                <StateBadge state={row.state} />
              </Td>
              <Td numeric>{f.count(row.inside)}</Td>
              <Td numeric>{f.count(row.entered)}</Td>
              <Td className="whitespace-nowrap">{row.startedAt ? f.date(row.startedAt) : "—"}</Td>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}
