import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Badge } from "@/components/ui/badge";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import type { LogRow } from "@/lib/messaging";
import { KINDS, type MessageState } from "@/lib/messaging/model";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";
import { reasonKey } from "./reason-text";

const TONES: Readonly<Record<MessageState, "neutral" | "brand" | "success" | "danger" | "warning">> = {
  queued: "neutral",
  sending: "neutral",
  sent: "brand",
  delivered: "success",
  opened: "success",
  clicked: "success",
  failed: "danger",
  refused: "warning",
};

/** Messages as a list: to whom, what, how it stands, and why it was not said. */
export async function LogTable({
  rows,
  f,
  locale,
  now,
}: {
  rows: readonly LogRow[];
  f: Formats;
  locale: Locale;
  now: Date;
}) {
  const t = await getTranslations("messaging");
  const why = (row: LogRow) => {
    if (!row.refusal) return null;
    const { key, reason } = reasonKey(row.refusal);
    const text = t(`refusal.${key}`, { reason });
    const waits = row.state === "queued" && row.dueAt > now;
    return waits ? `${text}, ${t("office.log.until", { date: f.date(row.dueAt, "dateTime") })}` : text;
  };
  const kindOf = (kind: string) => t(`kind.${KINDS.find((one) => one === kind) ?? "news"}`);
  return (
    <Table label={t("office.title")}>
      <TableHead>
        <tr>
          <Th>{t("office.log.message")}</Th>
          <Th className="max-md:hidden">{t("office.log.channel")}</Th>
          <Th>{t("office.log.state")}</Th>
          <Th className="max-sm:hidden">{t("office.log.when")}</Th>
        </tr>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.id.toString()}>
            <Td className="w-full max-w-0 sm:w-2/5">
              <span className="block truncate font-medium">{row.title ?? t("office.log.notYet")}</span>
              <span className="block truncate text-sm text-faint">
                <Link
                  href={`/${locale}/office/members/${row.memberId.toString()}`}
                  className="hover:underline"
                >
                  {row.memberName ?? t("office.log.nameless")}
                </Link>
                {" · "}
                {kindOf(row.kind)}
              </span>
            </Td>
            <Td className="whitespace-nowrap text-muted max-md:hidden">
              {t(`channel.${row.channel ?? row.lane}`)}
            </Td>
            <Td>
              <Badge tone={TONES[row.state]}>{t(`state.${row.state}`)}</Badge>
              {why(row) && <span className="mt-1 block max-w-64 text-sm text-faint">{why(row)}</span>}
            </Td>
            <Td className="whitespace-nowrap text-muted max-sm:hidden">{f.date(row.at, "dateTime")}</Td>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
