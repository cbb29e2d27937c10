import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { cx } from "@/components/ui/cx";
import type { Square } from "@/lib/insights";
import { type Cell, GRID } from "@/lib/insights/model";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";
import { CELL_FILL } from "./cell-look";

/** All customers as five by five squares: a bar in each shows how many stand there; a square leads to its group. */
export async function RfmGrid({
  squares,
  locale,
  f,
}: {
  squares: readonly Square[];
  locale: Locale;
  f: Formats;
}) {
  const t = await getTranslations("insights");
  const at = (recency: number, column: number) =>
    squares
      .filter((one) => one.recency === recency && one.column === column)
      .reduce((sum, { members }) => sum + members, 0);
  const most = Math.max(1, ...GRID.flatMap((row, i) => row.map((_, j) => at(5 - i, j + 1))));
  return (
    <Card>
      <CardHeader>
        <div>
          <CardTitle>{t("grid.title")}</CardTitle>
          <CardDescription>{t("grid.hint")}</CardDescription>
        </div>
      </CardHeader>
      <CardBody>
        <div className="flex gap-2">
          <p
            aria-hidden="true"
            className="self-center text-xs text-faint [writing-mode:vertical-rl] rotate-180 whitespace-nowrap"
          >
            {t("grid.recent")} →
          </p>
          <div className="grid min-w-0 flex-1 grid-cols-5 gap-1 sm:gap-1.5">
            {GRID.flatMap((row, i) =>
              row.map((cell, j) => (
                <SquareLink
                  key={`${5 - i}-${j + 1}`}
                  cell={cell}
                  name={t(`cell.${cell}`)}
                  members={at(5 - i, j + 1)}
                  most={most}
                  label={t("grid.square", { cell: t(`cell.${cell}`), count: at(5 - i, j + 1) })}
                  href={`/${locale}/office/insights/members?cell=${cell}`}
                  f={f}
                />
              )),
            )}
          </div>
        </div>
        <p aria-hidden="true" className="mt-2 pl-6 text-center text-xs text-faint">
          {t("grid.often")} →
        </p>
      </CardBody>
    </Card>
  );
}

function SquareLink({
  cell,
  name,
  members,
  most,
  label,
  href,
  f,
}: {
  cell: Cell;
  name: string;
  members: number;
  most: number;
  label: string;
  href: `/${string}/office/insights/members?cell=${string}`;
  f: Formats;
}) {
  return (
    <Link
      href={href}
      className={cx(
        "relative flex min-h-16 min-w-0 flex-col justify-between overflow-hidden rounded-md p-2 transition-shadow hover:shadow-pop sm:min-h-20",
        CELL_FILL[cell],
      )}
    >
      {/* One sentence for who listens; the name and the bare figure are for who sees. */}
      <span className="sr-only">{label}</span>
      <span aria-hidden="true" className="line-clamp-2 text-2xs leading-tight font-medium max-sm:hidden">
        {name}
      </span>
      <span
        aria-hidden="true"
        className={cx("text-base font-semibold tabular-nums sm:text-lg", members === 0 && "opacity-40")}
      >
        {f.count(members)}
      </span>
      <span aria-hidden="true" className="h-1 rounded-full bg-current/15">
        <span
          className="block h-full rounded-full bg-current"
          style={{ width: `${Math.round((members / most) * 100)}%` }}
        />
      </span>
    </Link>
  );
}
