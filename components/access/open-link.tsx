"use client";
import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { openStaffLink } from "@/lib/access/actions";
import type { Locale } from "@/lib/platform/i18n/locales";
import { Button, ButtonLink } from "../ui/button";
import { RefusalSlot, useRefusal } from "./refusal";

/** The button that uses a link up: programs that scan mail open addresses, but press nothing. */
export function OpenLink({ locale, token, to }: { locale: Locale; token: string; to: string }) {
  const t = useTranslations("enter.link");
  const [result, open, isOpening] = useActionState(openStaffLink, null);
  const refusal = useRefusal(result);
  return (
    <form action={open} className="grid">
      <input type="hidden" name="locale" value={locale} />
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="to" value={to} />
      <RefusalSlot text={isOpening ? undefined : refusal} />
      {result?.ok === false && result.code === "link_expired" ? (
        <ButtonLink href={`/${locale}/sign-in?by=link`} size="lg" className="w-full">
          {t("again")}
        </ButtonLink>
      ) : (
        <Button type="submit" size="lg" busy={isOpening} className="w-full">
          {t("submit")}
        </Button>
      )}
    </form>
  );
}
