"use client";
import { useLocale, useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button";
import { MemberPicker } from "./member-picker";

/** Chooses the card that is merged into this one. */
export function MergeWith({ memberId }: { memberId: bigint }) {
  const t = useTranslations("people.duplicates");
  const locale = useLocale();
  return (
    <MemberPicker
      except={[memberId]}
      renderAct={({ id }) => (
        <ButtonLink
          size="sm"
          variant="secondary"
          href={`/${locale}/office/members/${memberId}/merge?with=${id}`}
        >
          {t("compare")}
        </ButtonLink>
      )}
    />
  );
}
