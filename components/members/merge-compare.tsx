import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import type { MergePreview, MergeSide } from "@/lib/members";
import { displayName } from "@/lib/members/model";
import type { Formats } from "@/lib/platform/i18n/format";

type Row = { name: string; of: (side: MergeSide) => ReactNode; after: ReactNode };

/** Two members side by side, and what the one who stays will have: the preview of a merge. */
export async function MergeCompare({ preview, f }: { preview: MergePreview; f: Formats }) {
  const t = await getTranslations("people.merge");
  const { survivor, loser } = preview;
  const rows = [...(await names(survivor, loser, f)), ...(await figures(preview, f))];
  return (
    <Table label={t("title")} role="table" className="max-sm:block">
      <TableHead role="rowgroup" className="max-sm:block">
        <tr role="row" className={LINE}>
          <Th role="columnheader" className="max-sm:hidden">
            {t("what")}
          </Th>
          <Th role="columnheader" className={HEAD}>
            {t("stays")}: {displayName(survivor)}
          </Th>
          <Th role="columnheader" className={HEAD}>
            {t("goes")}: {displayName(loser)}
          </Th>
          <Th role="columnheader" className={HEAD}>
            {t("after")}
          </Th>
        </tr>
      </TableHead>
      <TableBody role="rowgroup" className="max-sm:block">
        {rows.map(({ name, of, after }) => (
          <TableRow key={name} role="row" className={LINE}>
            <Td role="rowheader" className="text-muted max-sm:col-span-3 max-sm:pb-0 max-sm:text-sm">
              {name}
            </Td>
            <Td role="cell" className={CELL}>
              {of(survivor)}
            </Td>
            <Td role="cell" className={CELL}>
              {of(loser)}
            </Td>
            <Td role="cell" className={`font-medium ${CELL}`}>
              {after}
            </Td>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** On a phone what is compared stands above its three values; roles say again what is a table then. */
const LINE = "max-sm:grid max-sm:grid-cols-3";
const CELL = "tabular-nums wrap-anywhere max-sm:px-3 max-sm:pt-1 max-sm:text-sm max-sm:[&:nth-child(2)]:pl-6";
const HEAD =
  "max-sm:px-3 max-sm:text-xs max-sm:wrap-anywhere max-sm:whitespace-normal max-sm:[&:nth-child(2)]:pl-6";

const NONE = "—";

async function names(survivor: MergeSide, loser: MergeSide, f: Formats): Promise<Row[]> {
  const t = await getTranslations("people.merge");
  const yes = (is: boolean) => (is ? t("yes") : t("no"));
  const day = (at: Date | null) => (at ? f.date(at) : NONE);
  const birthday = (side: MergeSide) => (side.birthDate ? f.calendar(side.birthDate) : NONE);
  const both = (a: string | null, b: string | null) =>
    [...new Set([a, b])].filter(Boolean).join(", ") || NONE;
  const last = (survivor.lastAt?.getTime() ?? 0) >= (loser.lastAt?.getTime() ?? 0) ? survivor : loser;
  return [
    { name: t("name"), of: (side) => side.name ?? NONE, after: survivor.name ?? loser.name ?? NONE },
    { name: t("phone"), of: (side) => side.phone ?? NONE, after: both(survivor.phone, loser.phone) },
    { name: t("email"), of: (side) => side.email ?? NONE, after: both(survivor.email, loser.email) },
    { name: t("birthday"), of: birthday, after: birthday(survivor.birthDate ? survivor : loser) },
    { name: t("card"), of: (side) => yes(side.hasCard), after: yes(survivor.hasCard || loser.hasCard) },
    {
      name: t("member"),
      of: (side) => day(side.createdAt),
      after: day(survivor.createdAt < loser.createdAt ? survivor.createdAt : loser.createdAt),
    },
    { name: t("last"), of: (side) => day(side.lastAt), after: day(last.lastAt) },
  ];
}

const COUNTS = [
  "lots",
  "operations",
  "visits",
  "friends",
  "rewards",
  "certificates",
  "stamps",
  "messages",
] as const;

async function figures({ survivor, loser, together }: MergePreview, f: Formats): Promise<Row[]> {
  const t = await getTranslations("people.merge");
  const money = (minor: bigint) => f.money(minor, { whole: "drop" });
  const counted = COUNTS.filter((key) => survivor[key] > 0 || loser[key] > 0);
  return [
    {
      name: t("points"),
      of: (side) => f.points(side.points),
      after: f.points(survivor.points + loser.points),
    },
    {
      name: t("spent"),
      of: (side) => money(side.cashSpentMinor),
      after: money(survivor.cashSpentMinor + loser.cashSpentMinor),
    },
    ...counted.map((key) => ({
      name: t(key),
      of: (side: MergeSide) => f.count(side[key]),
      after: f.count(survivor[key] + loser[key]),
    })),
    { name: t("tags"), of: (side) => f.count(side.tags), after: f.count(together.tags) },
    { name: t("segments"), of: (side) => f.count(side.segments), after: t("again") },
    {
      name: t("refused"),
      of: (side) => f.count(side.refusedConsents),
      after: f.count(together.refusedConsents),
    },
  ];
}
