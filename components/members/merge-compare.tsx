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
    <Table label={t("title")}>
      <TableHead>
        <tr>
          <Th>{t("what")}</Th>
          <Th>
            {t("stays")}: {displayName(survivor)}
          </Th>
          <Th>
            {t("goes")}: {displayName(loser)}
          </Th>
          <Th>{t("after")}</Th>
        </tr>
      </TableHead>
      <TableBody>
        {rows.map(({ name, of, after }) => (
          <TableRow key={name}>
            <Td className="text-muted">{name}</Td>
            <Td className="tabular-nums wrap-anywhere">{of(survivor)}</Td>
            <Td className="tabular-nums wrap-anywhere">{of(loser)}</Td>
            <Td className="font-medium tabular-nums wrap-anywhere">{after}</Td>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

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
