import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import type { Locale } from "@/lib/platform/i18n/locales";
import { PageHeader } from "../shell/page-header";
import { TabLinks } from "../ui/tab-links";

const TABS = ["catalogue", "packages", "stamps", "codes", "certificates", "dates"] as const;
export type RewardsTab = (typeof TABS)[number];

/** The head of every screen about rewards: which of them this is, and what can be made here. */
export async function RewardsFrame({
  tab,
  locale,
  actions,
  children,
}: {
  tab: RewardsTab;
  locale: Locale;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const t = await getTranslations("rewards.office");
  const base = `/${locale}/office/rewards` as const;
  const items = [
    { href: base, label: t("tabs.catalogue") },
    { href: `${base}/packages` as const, label: t("tabs.packages") },
    { href: `${base}/stamps` as const, label: t("tabs.stamps") },
    { href: `${base}/codes` as const, label: t("tabs.codes") },
    { href: `${base}/certificates` as const, label: t("tabs.certificates") },
    { href: `${base}/dates` as const, label: t("tabs.dates") },
  ];
  return (
    <>
      <PageHeader title={t("title")} description={t(`text.${tab}`)} actions={actions} />
      <TabLinks
        label={t("title")}
        items={items}
        current={tab === "catalogue" ? base : `${base}/${tab}`}
        className="-mt-2 mb-6"
      />
      {children}
    </>
  );
}
