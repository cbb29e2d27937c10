import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import { Pagination } from "@/components/ui/pagination";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import { displayName } from "@/lib/members/model";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";
import type { SegmentPage } from "@/lib/segments";

/** Who is in a segment, a page at a time. */
export async function MembersCard({
  page,
  segmentId,
  locale,
  f,
}: {
  page: SegmentPage;
  segmentId: bigint;
  locale: Locale;
  f: Formats;
}) {
  const t = await getTranslations("segments");
  const here = `/${locale}/office/segments/${segmentId}` as const;
  return (
    <Card>
      <CardHeader className="pb-4">
        <CardTitle>{t("members.title")}</CardTitle>
      </CardHeader>
      {page.rows.length === 0 ? (
        <CardBody className="pt-0 text-muted">{t("members.empty")}</CardBody>
      ) : (
        <Table label={t("members.title")}>
          <TableHead>
            <TableRow>
              <Th>{t("members.name")}</Th>
              <Th>{t("members.since")}</Th>
              <Th numeric>{t("members.visits")}</Th>
              <Th>{t("members.last")}</Th>
            </TableRow>
          </TableHead>
          <TableBody>
            {page.rows.map((member) => (
              <TableRow key={member.id.toString()} interactive>
                <Td className="min-w-36 max-w-64">
                  <Link
                    href={`/${locale}/office/members/${member.id}`}
                    className="font-medium wrap-anywhere after:absolute after:inset-0"
                  >
                    {displayName(member)}
                  </Link>
                </Td>
                <Td className="whitespace-nowrap">{f.date(member.enteredAt)}</Td>
                <Td numeric>{f.count(member.visits)}</Td>
                <Td className="whitespace-nowrap">{member.lastAt ? f.date(member.lastAt) : "—"}</Td>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      {page.cursor !== null && (
        <CardBody>
          <Pagination back={undefined} on={`${here}?before=${page.cursor}`} />
        </CardBody>
      )}
    </Card>
  );
}
