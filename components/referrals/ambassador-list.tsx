"use client";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Avatar } from "@/components/ui/avatar";
import { displayName } from "@/lib/members/model";
import { formats } from "@/lib/platform/i18n/format";
import type { Ambassador } from "@/lib/referrals";
import { Opener, walkTree } from "./tree";

const COLUMNS =
  "grid grid-cols-[2.25rem_minmax(0,1fr)_auto] items-center gap-x-3 px-3 sm:px-4 md:grid-cols-[2.25rem_minmax(0,1fr)_7rem_9rem_6rem_8.5rem] 2xl:grid-cols-[2.25rem_minmax(0,1fr)_8rem_10rem_9rem_13rem]";

/** Inviters with their figures; each opens onto the friends they brought, and those onto theirs. */
export function AmbassadorList({
  rows,
  currency,
  zone,
}: {
  rows: readonly Ambassador[];
  currency: string;
  zone: string;
}) {
  const t = useTranslations("referrals.ambassadors");
  return (
    <div>
      <div aria-hidden="true" className={`${COLUMNS} border-b py-2.5 text-sm font-medium text-faint`}>
        <span />
        <span>{t("who")}</span>
        <span className="text-right max-md:hidden">{t("friends")}</span>
        <span className="text-right">{t("cash")}</span>
        <span className="text-right max-md:hidden">{t("points")}</span>
        <span className="text-right max-md:hidden">{t("conversion")}</span>
      </div>
      {/* Arrow keys walk the buttons inside; each of them works by itself too. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrow keys walk the tree, its links do the work */}
      <ul aria-label={t("title")} onKeyDown={walkTree} className="divide-y divide-line">
        {rows.map((row) => (
          <Row key={row.memberId.toString()} row={row} currency={currency} zone={zone} />
        ))}
      </ul>
    </div>
  );
}

function Row({ row, ...place }: { row: Ambassador; currency: string; zone: string }) {
  const t = useTranslations("referrals.ambassadors");
  const locale = useLocale();
  const f = formats({ locale, ...place });
  const name = displayName(row);
  const money = (minor: bigint) => f.money(minor, { whole: "drop" });
  return (
    <Opener
      memberId={row.memberId}
      name={name}
      isEmpty={false}
      level={1}
      {...place}
      className={`${COLUMNS} py-3 hover:bg-sunken/60`}
    >
      <span className="flex min-w-0 items-center gap-3">
        <Avatar name={name} seed={row.memberId.toString()} size="sm" className="max-sm:hidden" />
        <span className="min-w-0">
          <Link
            href={`/${locale}/office/members/${row.memberId.toString()}`}
            className="block font-medium hover:underline max-md:truncate"
          >
            {name}
          </Link>
          <span className="block truncate text-sm text-faint md:hidden">
            {t("hasFriends", { count: row.joined })} · {t("friendsBought", { bought: f.count(row.bought) })}
          </span>
        </span>
      </span>
      <Figure className="max-md:hidden" more={row.farJoined > 0 && t("far", { count: row.farJoined })}>
        {f.count(row.joined)}
      </Figure>
      <Figure more={row.farCashMinor > 0n && t("farCash", { amount: money(row.farCashMinor) })}>
        {money(row.cashMinor)}
      </Figure>
      <Figure className="max-md:hidden">{f.points(row.points)}</Figure>
      <Figure className="max-md:hidden">
        {f.count(row.opened)} → {f.count(row.joined)} → {f.count(row.bought)}
      </Figure>
    </Opener>
  );
}

function Figure({
  more,
  className,
  children,
}: {
  more?: string | false;
  className?: string;
  children: React.ReactNode;
}) {
  return (
    <span className={`text-right tabular-nums ${className ?? ""}`}>
      <span className="block whitespace-nowrap">{children}</span>
      {more && <span className="block text-sm text-faint">{more}</span>}
    </span>
  );
}
