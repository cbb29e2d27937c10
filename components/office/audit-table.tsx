import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import type { AuditRow } from "@/lib/access";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";

const ACTORS = ["staff", "member", "person", "till", "system"] as const;
/** `noun.verb` as the audit keeps it, with a dot message keys cannot have. */
const keyOf = (action: string) => action.replace(".", "_") as "member_edit";

/** The audit trail as a list, in words where there are words for it. */
export async function AuditTable({
  rows,
  names,
  f,
  locale,
}: {
  rows: readonly AuditRow[];
  names: ReadonlyMap<bigint, string>;
  f: Formats;
  locale: Locale;
}) {
  const [t, actions] = await Promise.all([
    getTranslations("office.audit"),
    getTranslations("office.audit.action"),
  ]);
  const who = (row: AuditRow) => {
    const name = row.actorKind === "staff" && row.actorId !== null ? names.get(row.actorId) : undefined;
    return name ?? t(`actor.${ACTORS.find((kind) => kind === row.actorKind) ?? "system"}`);
  };
  const what = (row: AuditRow) => (actions.has(keyOf(row.action)) ? actions(keyOf(row.action)) : row.action);
  return (
    <Table label={t("title")}>
      <TableHead>
        <tr>
          <Th>{t("what")}</Th>
          <Th className="max-sm:hidden">{t("who")}</Th>
          <Th className="max-sm:hidden">{t("when")}</Th>
          <Th>{t("about")}</Th>
        </tr>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.id.toString()}>
            <Td>
              <span className="block font-medium">{what(row)}</span>
              <span className="block text-sm text-faint sm:hidden">
                {who(row)} · {f.date(row.at, "dateTime")}
              </span>
            </Td>
            <Td className="max-sm:hidden">{who(row)}</Td>
            <Td className="whitespace-nowrap text-muted max-sm:hidden">{f.date(row.at, "dateTime")}</Td>
            <Td>
              {row.subjectKind === "member" && row.subjectId !== null ? (
                <Link
                  href={`/${locale}/office/members/${row.subjectId.toString()}`}
                  className="text-brand underline underline-offset-2"
                >
                  {t("member")}
                </Link>
              ) : (
                <span className="text-faint">–</span>
              )}
            </Td>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
