import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { displayName } from "@/lib/members/model";
import type { Locale } from "@/lib/platform/i18n/locales";
import type { MemberReading } from "./member-reading";

/** Says that another member looks like this one; nothing when nobody does. */
export async function MergeHint({
  like: [first],
  memberId,
  locale,
}: {
  like: MemberReading["duplicates"];
  memberId: bigint;
  locale: Locale;
}) {
  if (!first) return null;
  const [t, like] = await Promise.all([
    getTranslations("people.hint"),
    getTranslations("people.duplicates.likeness"),
  ]);
  const other = first.a.id === memberId ? first.b : first.a;
  return (
    <Notice
      tone="warning"
      title={t("title")}
      action={
        <ButtonLink
          size="sm"
          variant="secondary"
          href={`/${locale}/office/members/${memberId}/merge?with=${other.id}`}
        >
          {t("compare")}
        </ButtonLink>
      }
    >
      {t("text", { name: displayName(other), likeness: like(first.likeness) })}
    </Notice>
  );
}
