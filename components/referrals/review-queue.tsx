import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";
import type { Review, ReviewPage } from "@/lib/referrals";
import { DecideDialog } from "./decide-dialog";

/** Invitations that look wrong, with why, and what waits for a decision; nothing when none does. */
export async function ReviewQueue({
  page,
  mayDecide,
  f,
  locale,
  now,
}: {
  page: ReviewPage;
  mayDecide: boolean;
  f: Formats;
  locale: Locale;
  now: Date;
}) {
  if (page.rows.length === 0) return null;
  const t = await getTranslations("referrals.review");
  const count = page.rows.length;
  return (
    <Card className="mb-6">
      <CardHeader className="pb-4">
        <div>
          <CardTitle>{t("title")}</CardTitle>
          <CardDescription>
            {page.next === null ? t("text", { count }) : t("more", { count })}
          </CardDescription>
        </div>
      </CardHeader>
      <ul className="divide-y divide-line border-t">
        {page.rows.map((row) => (
          <li
            key={row.memberId.toString()}
            className="flex flex-wrap items-center gap-x-6 gap-y-3 px-5 py-4 sm:px-6"
          >
            <Facts row={row} f={f} locale={locale} now={now} />
            {mayDecide && (
              <span className="flex gap-2">
                <DecideDialog memberId={row.memberId} accept />
                <DecideDialog memberId={row.memberId} accept={false} />
              </span>
            )}
          </li>
        ))}
      </ul>
      {page.next !== null && (
        <p className="border-t px-5 py-3 text-center">
          <ButtonLink
            href={`/${locale}/office/ambassadors?review=${page.next.toString()}`}
            variant="secondary"
            size="sm"
          >
            {t("next")}
          </ButtonLink>
        </p>
      )}
    </Card>
  );
}

async function Facts({ row, f, locale, now }: { row: Review; f: Formats; locale: Locale; now: Date }) {
  const t = await getTranslations("referrals.review");
  const to = (id: bigint) => `/${locale}/office/members/${id.toString()}` as const;
  return (
    <div className="grid min-w-0 flex-1 basis-64 gap-1.5">
      <p className="flex flex-wrap items-baseline gap-x-1.5">
        <Link href={to(row.memberId)} className="font-medium hover:underline">
          {row.name}
        </Link>
        <span className="text-sm text-faint">{t("came")}</span>
        <Link href={to(row.inviterId)} className="font-medium hover:underline">
          {row.inviterName}
        </Link>
      </p>
      <p className="flex flex-wrap gap-1.5">
        {row.suspicions.map((suspicion) => (
          <Badge key={suspicion} tone="warning">
            {t(`suspicion.${suspicion}`)}
          </Badge>
        ))}
      </p>
      <p className="text-sm text-faint">
        {t("joined", { when: f.days(row.joinedAt, now) })} ·{" "}
        {row.points > 0n ? t("worth", { points: f.points(row.points) }) : t("worthNothing")}
      </p>
    </div>
  );
}
