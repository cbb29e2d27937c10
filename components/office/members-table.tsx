import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import type { MemberRow } from "@/lib/members";
import { displayName } from "@/lib/members/model";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";
import type { Programme } from "@/lib/program";
import { tierById } from "@/lib/tiers/model";

/** Members as a list: the whole row leads to the person; on a phone it keeps the name and the points. */
export async function MembersTable({
  rows,
  programme,
  f,
  locale,
  now,
}: {
  rows: readonly MemberRow[];
  programme: Programme;
  f: Formats;
  locale: Locale;
  now: Date;
}) {
  const t = await getTranslations("office.members");
  return (
    <Table label={t("title")}>
      <TableHead>
        <tr>
          <Th>{t("who")}</Th>
          <Th className="max-md:hidden">{t("tier")}</Th>
          <Th numeric>{t("points")}</Th>
          <Th numeric className="max-xl:hidden">
            {t("visits")}
          </Th>
          <Th numeric className="max-lg:hidden">
            {t("spent")}
          </Th>
          <Th className="max-sm:hidden">{t("lastVisit")}</Th>
        </tr>
      </TableHead>
      <TableBody>
        {rows.map((row) => {
          const name = displayName(row);
          const contact = [row.phone, row.email].find((value) => value !== null && value !== name);
          return (
            <TableRow key={row.id.toString()} interactive>
              <Td className="w-full max-w-0">
                <span className="flex items-center gap-3">
                  <Avatar name={name} seed={row.id.toString()} size="sm" />
                  <span className="min-w-0">
                    <Link
                      href={`/${locale}/office/members/${row.id.toString()}`}
                      className="block truncate font-medium after:absolute after:inset-0"
                    >
                      {name}
                    </Link>
                    <span className="flex items-center gap-2 truncate text-sm text-faint">
                      {row.blockedAt && <Badge tone="danger">{t("blocked")}</Badge>}
                      <span className="truncate">{contact}</span>
                    </span>
                  </span>
                </span>
              </Td>
              <Td className="max-md:hidden">
                <Badge tone={row.tierId === "base" ? "neutral" : "brand"}>
                  {tierById(programme.base, programme.tiers, row.tierId).name}
                </Badge>
              </Td>
              <Td numeric>{f.points(row.points)}</Td>
              <Td numeric className="max-xl:hidden">
                {f.count(row.visits)}
              </Td>
              <Td numeric className="max-lg:hidden">
                {f.money(row.cashSpentMinor, { whole: "drop" })}
              </Td>
              <Td className="whitespace-nowrap text-muted max-sm:hidden">
                {row.lastAt ? f.days(row.lastAt, now) : t("never")}
              </Td>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
