import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { ClientTexts } from "@/components/shell/client-texts";
import { hrefOf } from "@/components/shell/nav-item";
import { PageHeader } from "@/components/shell/page-header";
import { TabLinks } from "@/components/ui/tab-links";
import type { Day } from "@/lib/kernel/time";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";

export type Tab = "groups" | "due" | "value" | "charts";

/** What the pages of "Rhythm & value" have in common: the head, the tabs, and the texts charts need in the browser. */
export async function InsightsFrame({
  tab,
  asOf,
  locale,
  f,
  children,
}: {
  tab: Tab;
  asOf: Day | null;
  locale: Locale;
  f: Formats;
  children: ReactNode;
}) {
  const t = await getTranslations("insights");
  const at = `/${locale}/office/insights` as const;
  const items = [
    { href: hrefOf(at), label: t("tabs.groups") },
    { href: hrefOf(`${at}/due`), label: t("tabs.due") },
    { href: hrefOf(`${at}/value`), label: t("tabs.value") },
    { href: hrefOf(`${at}/charts`), label: t("tabs.charts") },
  ];
  return (
    <ClientTexts areas={["common", "office", "codes", "insights"]}>
      <PageHeader
        title={t("title")}
        description={asOf === null ? t("intro") : `${t("intro")} ${t("asOf", { date: f.calendar(asOf) })}`}
      />
      <TabLinks
        className="mb-6"
        label={t("tabs.label")}
        items={items}
        current={tab === "groups" ? at : `${at}/${tab}`}
      />
      <div className="grid gap-6">{children}</div>
    </ClientTexts>
  );
}
