import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Avatar } from "@/components/ui/avatar";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import type { Listed } from "@/lib/insights";
import { type Day, daysBetween } from "@/lib/kernel/time";
import { displayName } from "@/lib/members/model";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";

/** Customers of a group or a due list; `today` adds how late they are. The whole row leads to the person. */
export async function PeopleTable({
  label,
  rows,
  today,
  locale,
  f,
}: {
  label: string;
  rows: readonly Listed[];
  today?: Day;
  locale: Locale;
  f: Formats;
}) {
  const t = await getTranslations("insights");
  return (
    <Table label={label}>
      <TableHead>
        <tr>
          <Th>{t("list.who")}</Th>
          <Th numeric className="max-md:hidden">
            {t("list.visits")}
          </Th>
          <Th numeric className="max-xl:hidden">
            {t("list.spent")}
          </Th>
          <Th className="max-sm:hidden">{t("list.last")}</Th>
          <Th numeric className="whitespace-normal!">
            {t("list.usual")}
          </Th>
          {today !== undefined && <Th className="max-sm:hidden">{t("due.due")}</Th>}
          <Th numeric className="max-lg:hidden">
            {t("list.value")}
          </Th>
        </tr>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.memberId.toString()} interactive>
            <Who row={row} locale={locale} detail={detailOf(row, today)} />
            <Td numeric className="max-md:hidden">
              {f.count(row.visits)}
            </Td>
            <Td numeric className="max-xl:hidden">
              {f.money(row.spentMinor, { whole: "drop" })}
            </Td>
            <Td className="whitespace-nowrap text-muted max-sm:hidden">
              {row.lastOn && f.calendar(row.lastOn)}
            </Td>
            <Td numeric>{row.gapDays === null ? "—" : t("list.days", { count: Math.round(row.gapDays) })}</Td>
            {today !== undefined && (
              <Td className="whitespace-nowrap max-sm:hidden">
                {row.dueOn && f.calendar(row.dueOn, "dayLong")}
              </Td>
            )}
            <Td numeric className="max-lg:hidden">
              {row.value365Minor === null
                ? "—"
                : f.money((row.value365Minor / 100n) * 100n, { whole: "drop" })}
              {row.pastYear.visits > 0 && (
                <span className="ml-auto block max-w-36 text-sm whitespace-normal text-faint">
                  {t("list.past", {
                    visits: Math.round(row.pastYear.visits),
                    money: f.money(BigInt(Math.round(row.pastYear.valueMinor / 100)) * 100n, {
                      whole: "drop",
                    }),
                  })}
                </span>
              )}
            </Td>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );

  function detailOf(row: Listed, now: Day | undefined): string {
    const late = now !== undefined && row.dueOn !== null ? daysBetween(row.dueOn, now) : 0;
    return [
      late > 0 ? t("due.late", { count: late }) : null,
      now !== undefined && row.lateFor !== null ? t("due.for", { what: row.lateFor }) : row.phone,
    ]
      .filter((part) => part !== null && part !== displayName(row))
      .join(" · ");
  }
}

function Who({ row, detail, locale }: { row: Listed; detail: string; locale: Locale }) {
  const name = displayName(row);
  return (
    <Td className="w-full max-w-0 sm:w-1/3 sm:min-w-48">
      <span className="flex items-center gap-3">
        <Avatar name={name} seed={row.memberId.toString()} size="sm" />
        <span className="min-w-0">
          <Link
            href={`/${locale}/office/members/${row.memberId.toString()}`}
            className="block truncate font-medium after:absolute after:inset-0"
          >
            {name}
          </Link>
          <span className="block text-sm text-faint sm:truncate">{detail}</span>
        </span>
      </span>
    </Td>
  );
}
