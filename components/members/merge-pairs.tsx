import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import type { Duplicate, MergeSide } from "@/lib/members";
import { displayName } from "@/lib/members/model";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";
import { KeepApart } from "./merge-apart";

/** Likely duplicates, a pair a row: who they are, why they are here, and what to do about it. */
export async function MergePairs({
  pairs,
  locale,
  f,
}: {
  pairs: readonly Duplicate[];
  locale: Locale;
  f: Formats;
}) {
  const [t, like] = await Promise.all([
    getTranslations("people.duplicates"),
    getTranslations("people.duplicates.likeness"),
  ]);
  return (
    <ul className="divide-y divide-line">
      {pairs.map(({ a, b, likeness }) => {
        // The busier card stays, unless somebody says otherwise.
        const [stays, goes] = a.operations >= b.operations ? [a, b] : [b, a];
        return (
          <li
            key={`${a.id} ${b.id}`}
            aria-label={t("pair", { a: displayName(a), b: displayName(b) })}
            className="grid items-center gap-x-6 gap-y-3 px-5 py-4 sm:px-6 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_28rem]"
          >
            <Side side={stays} locale={locale} f={f} />
            <Side side={goes} locale={locale} f={f} />
            <span className="flex flex-wrap items-center gap-2 xl:justify-end">
              <Badge tone="warning">{like(likeness)}</Badge>
              <KeepApart aId={a.id} bId={b.id} />
              <ButtonLink size="sm" href={`/${locale}/office/members/${stays.id}/merge?with=${goes.id}`}>
                {t("compare")}
              </ButtonLink>
            </span>
          </li>
        );
      })}
    </ul>
  );
}

async function Side({ side, locale, f }: { side: MergeSide; locale: Locale; f: Formats }) {
  const t = await getTranslations("people.household");
  const name = displayName(side);
  const contact = [side.phone, side.email].filter((one) => one !== null && one !== name).join(" · ");
  return (
    <span className="flex min-w-0 items-center gap-3">
      <Avatar name={name} seed={side.id.toString()} size="md" />
      <span className="min-w-0">
        <Link
          href={`/${locale}/office/members/${side.id}`}
          className="block truncate font-medium hover:underline"
        >
          {name}
        </Link>
        <span className="block truncate text-sm text-muted">
          {[contact, side.birthDate && f.calendar(side.birthDate)].filter(Boolean).join(" · ")}
        </span>
        <span className="block text-sm text-faint tabular-nums">
          {t("figures", {
            points: f.points(side.points),
            money: f.money(side.cashSpentMinor, { whole: "drop" }),
          })}
        </span>
      </span>
    </span>
  );
}
