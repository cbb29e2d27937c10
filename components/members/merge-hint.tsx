import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { type Context, may } from "@/lib/access";
import { duplicatesOf } from "@/lib/members";
import { displayName } from "@/lib/members/model";
import type { Locale } from "@/lib/platform/i18n/locales";

/** Says that another member looks like this one, for who may merge them; nothing when nobody does. */
export async function MergeHint({
  ctx,
  memberId,
  locale,
}: {
  ctx: Context;
  memberId: bigint;
  locale: Locale;
}) {
  if (!may(ctx.actor, "members:merge")) return null;
  const [t, like, [first]] = await Promise.all([
    getTranslations("people.hint"),
    getTranslations("people.duplicates.likeness"),
    duplicatesOf(ctx, memberId),
  ]);
  if (!first) return null;
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
