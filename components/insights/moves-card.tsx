import { ArrowRight } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { Badge } from "@/components/ui/badge";
import { Card, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import type { Move } from "@/lib/insights";
import { CELLS } from "@/lib/insights/model";
import type { Formats } from "@/lib/platform/i18n/format";
import { CELL_TONE } from "./cell-look";

const SHOWN = 12;

/** Who went from which group to which, the largest moves first. */
export async function MovesCard({ moves, days, f }: { moves: readonly Move[]; days: number; f: Formats }) {
  const t = await getTranslations("insights");
  const place = (name: string) => {
    const cell = CELLS.find((one) => one === name);
    return cell ? (
      <Badge tone={CELL_TONE[cell]}>{t(`cell.${cell}`)}</Badge>
    ) : (
      <span className="text-faint">{t("moves.outside")}</span>
    );
  };
  return (
    <Card>
      <CardHeader>
        <div>
          <CardTitle>{t("moves.title")}</CardTitle>
          <CardDescription>{t("moves.hint", { days })}</CardDescription>
        </div>
      </CardHeader>
      <div className="pt-3 pb-2">
        {moves.length === 0 ? (
          <p className="px-5 pb-3 text-muted sm:px-6">{t("moves.empty")}</p>
        ) : (
          <Table label={t("moves.title")} className="text-sm">
            <TableHead>
              <tr>
                <Th>{t("moves.move")}</Th>
                <Th numeric>{t("moves.customers")}</Th>
              </tr>
            </TableHead>
            <TableBody>
              {moves.slice(0, SHOWN).map(({ from, to, members }) => (
                <TableRow key={`${from} ${to}`}>
                  <Td>
                    <span className="flex flex-wrap items-center gap-x-1.5 gap-y-1">
                      {place(from)}
                      <ArrowRight role="img" aria-label={t("moves.into")} className="size-3.5 text-faint" />
                      {place(to)}
                    </span>
                  </Td>
                  <Td numeric>{f.count(members)}</Td>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        )}
      </div>
    </Card>
  );
}
