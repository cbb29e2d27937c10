import { SearchX } from "lucide-react";
import { getLocale, getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** A member, operation or page that is not there, without leaving the office. */
export default async function NotFound() {
  const [locale, t] = await Promise.all([getLocale(), getTranslations("office.missing")]);
  return (
    <div className="grid min-h-[60vh] place-items-center">
      <EmptyState
        icon={<SearchX />}
        title={<h1>{t("title")}</h1>}
        action={<ButtonLink href={`/${locale}/office/members`}>{t("members")}</ButtonLink>}
      >
        {t("text")}
      </EmptyState>
    </div>
  );
}
