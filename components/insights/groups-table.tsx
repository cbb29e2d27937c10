import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import type { Board, Square } from "@/lib/insights";
import { CELLS } from "@/lib/insights/model";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";
import { CELL_TONE } from "./cell-look";

/** The nine groups with size, money and how they changed. */
export async function GroupsTable({ board, locale, f }: { board: Board; locale: Locale; f: Formats }) {
  const t = await getTranslations("insights");
  const all = board.squares.reduce((sum, { members }) => sum + members, 0);
  const firstDay = board.history[0]?.day;
  const hasPast = firstDay !== undefined && firstDay !== board.history.at(-1)?.day;
  const hasModel = board.state?.decision.state === "published";
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("groups.title")}</CardTitle>
      </CardHeader>
      <div className="pt-3 pb-2">
        <Table label={t("groups.title")} className="text-sm">
          <TableHead>
            <tr>
              <Th>{t("groups.group")}</Th>
              <Th numeric>{t("groups.customers")}</Th>
              <Th numeric className="max-sm:hidden lg:max-xl:hidden">
                {t("groups.share")}
              </Th>
              <Th numeric className="max-sm:hidden">
                {t("groups.change", { days: board.movesDays })}
              </Th>
              <Th numeric className="max-sm:hidden">
                {t("groups.revenue")}
              </Th>
              <Th numeric className="max-md:hidden">
                {t("groups.value")}
                <span className="block font-normal text-faint">{t("groups.past")}</span>
              </Th>
            </tr>
          </TableHead>
          <TableBody>
            {CELLS.map((cell) => {
              const own = sumOf(board.squares.filter((one) => one.cell === cell));
              const before =
                board.history.find((one) => one.day === firstDay && one.cell === cell)?.members ?? 0;
              const change = own.members - before;
              return (
                <TableRow key={cell} interactive>
                  <Td className="min-w-40">
                    <Link
                      href={`/${locale}/office/insights/members?cell=${cell}`}
                      className="after:absolute after:inset-0"
                    >
                      <Badge tone={CELL_TONE[cell]}>{t(`cell.${cell}`)}</Badge>
                    </Link>
                    <span className="mt-1 block text-faint max-sm:hidden">{t(`about.${cell}`)}</span>
                  </Td>
                  <Td numeric>{f.count(own.members)}</Td>
                  <Td numeric className="max-sm:hidden lg:max-xl:hidden">
                    {all > 0 ? f.percent(own.members / all) : "—"}
                  </Td>
                  <Td numeric className="text-muted max-sm:hidden">
                    {!hasPast ? t("groups.changeNone") : change > 0 ? `+${f.count(change)}` : f.count(change)}
                  </Td>
                  <Td numeric className="max-sm:hidden">
                    {f.money(whole(own.spentMinor), { whole: "drop" })}
                  </Td>
                  <Td numeric className="max-md:hidden">
                    {hasModel ? f.money(whole(own.value365Minor), { whole: "drop" }) : t("groups.noModel")}
                    <span className="block text-faint">
                      {f.money(whole(own.past365Minor), { whole: "drop" })}
                    </span>
                  </Td>
                </TableRow>
              );
            })}
          </TableBody>
        </Table>
      </div>
    </Card>
  );
}

/** A group's sums carry no cents. */
const whole = (minor: bigint) => (minor / 100n) * 100n;

const sumOf = (squares: readonly Square[]) =>
  squares.reduce(
    (sum, one) => ({
      members: sum.members + one.members,
      spentMinor: sum.spentMinor + one.spentMinor,
      value365Minor: sum.value365Minor + one.value365Minor,
      past365Minor: sum.past365Minor + one.past365Minor,
    }),
    { members: 0, spentMinor: 0n, value365Minor: 0n, past365Minor: 0n },
  );
