import { getTranslations } from "next-intl/server";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import { cx } from "@/components/ui/cx";
import type { Lot } from "@/lib/ledger";
import { isWaiting } from "@/lib/ledger/model";
import type { Formats } from "@/lib/platform/i18n/format";
import { isAwaiting } from "@/lib/program/model";

const SOON_MS = 30 * 86_400_000;
/** The rest waits behind a fold: a friend's every purchase may bring a lot. */
const SHOWN = 5;

/** The points a member holds, by where they came from and when they end: earliest first, as they are spent. */
export async function LotsTable({ lots, f, now }: { lots: readonly Lot[]; f: Formats; now: Date }) {
  const [t, more, fold] = await Promise.all([
    getTranslations("office.member.lots"),
    getTranslations("tiers.member"),
    getTranslations("profile.head"),
  ]);
  const kindOf = ({ kind }: Lot) =>
    kind === "gift" || kind === "tier_gift" || kind === "rule" ? more(`kind.${kind}`) : t(`kind.${kind}`);
  const lastDay = (end: Date) => f.date(new Date(end.getTime() - 1));
  const row = (lot: Lot) => {
    const isSoon = lot.expiresAt !== null && lot.expiresAt.getTime() - now.getTime() < SOON_MS;
    return (
      <li key={lot.id.toString()} className="flex items-start justify-between gap-4 px-5 py-3 sm:px-6">
        <span className="min-w-0">
          <span className="block font-medium">{kindOf(lot)}</span>
          <span className={cx("block text-sm", isSoon ? "text-warning" : "text-faint")}>
            {lot.remaining < 0n
              ? t("owed")
              : isAwaiting(lot.availableAt)
                ? ""
                : lot.expiresAt
                  ? t("until", { date: lastDay(lot.expiresAt) })
                  : t("forever")}
          </span>
          {lot.availableAt > now && (
            <Badge tone="info" className="mt-1">
              {isAwaiting(lot.availableAt)
                ? more("awaiting")
                : isWaiting(lot)
                  ? t("waiting")
                  : t("from", { date: f.date(lot.availableAt) })}
            </Badge>
          )}
        </span>
        <span className={cx("font-medium tabular-nums", lot.remaining < 0n && "text-danger")}>
          {f.points(lot.remaining)}
        </span>
      </li>
    );
  };
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      {lots.length === 0 ? (
        <CardBody className="text-sm text-faint">{t("none")}</CardBody>
      ) : (
        <>
          <ul className="divide-y divide-line">{lots.slice(0, SHOWN).map(row)}</ul>
          {lots.length > SHOWN && (
            <details className="border-t">
              <summary className="cursor-pointer px-5 py-3 text-sm text-brand hover:underline sm:px-6">
                {fold("rest", { count: lots.length - SHOWN })}
              </summary>
              <ul className="divide-y divide-line border-t">{lots.slice(SHOWN).map(row)}</ul>
            </details>
          )}
        </>
      )}
    </Card>
  );
}
