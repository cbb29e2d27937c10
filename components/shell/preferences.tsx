import { cookies } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import { cx } from "../ui/cx";
import { LanguageSwitch } from "./language-switch";
import { readTheme, THEME_COOKIE } from "./theme";
import { ThemeSwitch } from "./theme-switch";

/** Language and appearance, side by side: the two things a person may set before being anybody. */
export async function Preferences({ className }: { className?: string }) {
  const [locale, t, jar] = await Promise.all([getLocale(), getTranslations("common"), cookies()]);
  return (
    <div className={cx("flex flex-wrap items-center gap-2", className)}>
      <LanguageSwitch label={t("language")} locale={locale} />
      <ThemeSwitch
        legend={t("theme.label")}
        labels={{ system: t("theme.system"), light: t("theme.light"), dark: t("theme.dark") }}
        theme={readTheme(jar.get(THEME_COOKIE)?.value)}
      />
    </div>
  );
}
