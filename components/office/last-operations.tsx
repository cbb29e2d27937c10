import { Receipt } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Avatar } from "@/components/ui/avatar";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";
import type { Operation } from "@/lib/sales";
import { operationName } from "./operation-name";
import { PointsMoved } from "./points-moved";

const TODAY_MS = 20 * 3_600_000;

/** What just happened at the tills, the newest on top. */
export async function LastOperations({
  operations,
  f,
  locale,
  now,
}: {
  operations: readonly Operation[];
  f: Formats;
  locale: Locale;
  now: Date;
}) {
  const [t, names] = await Promise.all([
    getTranslations("office.dashboard.last"),
    getTranslations("office.operation.name"),
  ]);
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <ButtonLink href={`/${locale}/office/operations`} variant="ghost" size="sm">
          {t("all")}
        </ButtonLink>
      </CardHeader>
      {operations.length === 0 ? (
        <EmptyState icon={<Receipt />} title={t("emptyTitle")}>
          {t("empty")}
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line">
          {operations.map((one) => (
            <li key={one.id.toString()}>
              <Link
                href={`/${locale}/office/operations/${one.id.toString()}`}
                className="flex items-center gap-3 px-5 py-3 hover:bg-sunken/60 sm:px-6"
              >
                <Avatar name={one.memberName ?? "–"} seed={one.memberId.toString()} size="sm" />
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium">{one.memberName ?? t("nameless")}</span>
                  <span className="block truncate text-sm text-faint">
                    {names(operationName(one))}
                    {" · "}
                    {now.getTime() - one.at.getTime() < TODAY_MS
                      ? f.date(one.at, "time")
                      : f.days(one.at, now)}
                  </span>
                </span>
                <span className="text-right text-sm tabular-nums">
                  {one.kind !== "grant" && (
                    <span className="block font-medium">
                      {one.kind === "refund" && "−"}
                      {f.money(one.totalMinor, { whole: "drop" })}
                    </span>
                  )}
                  <PointsMoved operation={one} f={f} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
