import { getLocale, getTranslations } from "next-intl/server";
import { Trouble } from "@/components/shell/trouble";
import { ButtonLink } from "@/components/ui/button";

/** No such page, in the visitor's language. */
export default async function NotFound() {
  const [locale, t] = await Promise.all([getLocale(), getTranslations("common.missing")]);
  return (
    <Trouble code="404" title={t("title")} text={t("text")}>
      <ButtonLink href={`/${locale}`} size="lg">
        {t("home")}
      </ButtonLink>
    </Trouble>
  );
}
