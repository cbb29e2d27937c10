import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Badge } from "@/components/ui/badge";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";
import type { Operation } from "@/lib/sales";
import { operationName } from "./operation-name";
import { PointsMoved } from "./points-moved";

/** Operations as a list; on a phone it keeps who, what and how much. */
export async function OperationsTable({
  rows,
  f,
  locale,
}: {
  rows: readonly Operation[];
  f: Formats;
  locale: Locale;
}) {
  const [t, o] = await Promise.all([
    getTranslations("office.operations"),
    getTranslations("office.operation"),
  ]);
  return (
    <Table label={t("title")}>
      <TableHead>
        <tr>
          <Th>{t("who")}</Th>
          <Th className="max-md:hidden">{t("kind")}</Th>
          <Th className="max-lg:hidden">{t("where")}</Th>
          <Th numeric>{t("bill")}</Th>
          <Th numeric className="max-sm:hidden">
            {t("points")}
          </Th>
        </tr>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.id.toString()} interactive>
            <Td className="w-full max-w-0 sm:w-1/3 sm:min-w-40">
              <Link
                href={`/${locale}/office/operations/${row.id.toString()}`}
                className="block truncate font-medium after:absolute after:inset-0"
              >
                {row.memberName ?? t("nameless")}
              </Link>
              <span className="block text-sm text-faint">
                {f.date(row.at, "dateTime")}
                <span className="md:hidden"> · {o(`name.${operationName(row)}`)}</span>
              </span>
            </Td>
            <Td className="max-md:hidden">
              <KindBadge operation={row} label={o(`name.${operationName(row)}`)} refunded={o("refunded")} />
            </Td>
            <Td className="text-muted max-lg:hidden">
              {[row.locationName, row.staffName].filter(Boolean).join(" · ") || "–"}
            </Td>
            <Td numeric>
              {row.kind === "grant"
                ? "–"
                : (row.kind === "refund" ? "−" : "") + f.money(row.totalMinor, { whole: "drop" })}
              <span className="block sm:hidden">
                <PointsMoved operation={row} f={f} />
              </span>
            </Td>
            <Td numeric className="max-sm:hidden">
              <PointsMoved operation={row} f={f} />
            </Td>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function KindBadge({
  operation,
  label,
  refunded,
}: {
  operation: Pick<Operation, "kind" | "state">;
  label: string;
  refunded: string;
}) {
  if (operation.state === "canceled") return <Badge tone="danger">{refunded}</Badge>;
  const tones = { purchase: "neutral", refund: "warning", grant: "brand" } as const;
  return <Badge tone={tones[operation.kind]}>{label}</Badge>;
}
