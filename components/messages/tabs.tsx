import { getTranslations } from "next-intl/server";
import { hrefOf } from "@/components/shell/nav-item";
import { TabLinks } from "@/components/ui/tab-links";
import { type Actor, may } from "@/lib/access";
import type { Locale } from "@/lib/platform/i18n/locales";

/** The pages of messages in the office, those this person may open. */
export async function MessageTabs({
  actor,
  locale,
  current,
}: {
  actor: Actor;
  locale: Locale;
  current: "log" | "templates" | "rules";
}) {
  const t = await getTranslations("messaging.office.tabs");
  const at = `/${locale}/office/messages` as const;
  const hrefs = { log: hrefOf(at), templates: hrefOf(`${at}/templates`), rules: hrefOf(`${at}/rules`) };
  const shown = (["log", "templates", "rules"] as const).filter(
    (tab) => tab !== "rules" || may(actor, "channels:write"),
  );
  return (
    <TabLinks
      label={t("label")}
      items={shown.map((tab) => ({ href: hrefs[tab], label: t(tab) }))}
      current={hrefs[current]}
      className="mb-6"
    />
  );
}
