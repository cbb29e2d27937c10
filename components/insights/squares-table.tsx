import { getTranslations } from "next-intl/server";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import type { Square } from "@/lib/insights";
import type { Formats } from "@/lib/platform/i18n/format";

/** The grid's numbers, square by square. */
export async function SquaresTable({ squares, f }: { squares: readonly Square[]; f: Formats }) {
  const t = await getTranslations("insights");
  const ordered = squares.toSorted((a, b) => b.recency - a.recency || a.column - b.column);
  return (
    <Table label={t("grid.title")} className="text-sm">
      <TableHead>
        <tr>
          <Th>{t("groups.group")}</Th>
          <Th numeric>{t("grid.recent")}</Th>
          <Th numeric>{t("grid.often")}</Th>
          <Th numeric>{t("groups.customers")}</Th>
          <Th numeric>{t("groups.revenue")}</Th>
        </tr>
      </TableHead>
      <TableBody>
        {ordered.map((one) => (
          <TableRow key={`${one.cell} ${one.recency} ${one.column}`}>
            <Td>{t(`cell.${one.cell}`)}</Td>
            <Td numeric>{one.recency}</Td>
            <Td numeric>{one.column}</Td>
            <Td numeric>{f.count(one.members)}</Td>
            <Td numeric>{f.money(one.spentMinor, { whole: "drop" })}</Td>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
