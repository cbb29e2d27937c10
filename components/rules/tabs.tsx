import { getTranslations } from "next-intl/server";
import { TabLinks } from "@/components/ui/tab-links";
import type { Locale } from "@/lib/platform/i18n/locales";

/** The pages of the programme, side by side. */
export async function ProgrammeTabs({
  locale,
  current,
}: {
  locale: Locale;
  current: "" | "/rules" | "/simulation" | "/versions";
}) {
  const t = await getTranslations("rules.tabs");
  const at = `/${locale}/office/programme` as const;
  return (
    <TabLinks
      label={t("label")}
      className="mb-6"
      current={`${at}${current}`}
      items={[
        { href: at, label: t("settings") },
        { href: `${at}/rules`, label: t("rules") },
        { href: `${at}/simulation`, label: t("simulation") },
        { href: `${at}/versions`, label: t("versions") },
      ]}
    />
  );
}
