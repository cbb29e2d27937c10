import {
  Activity,
  Building2,
  FileUp,
  Gift,
  Group,
  LayoutDashboard,
  ListPlus,
  Mail,
  Megaphone,
  MessagesSquare,
  Monitor,
  Plug,
  QrCode,
  Receipt,
  Route,
  ScrollText,
  Settings2,
  Share2,
  ShoppingBasket,
  Store,
  Users,
} from "lucide-react";
import { getTranslations } from "next-intl/server";
import { type NavItem, navItem } from "@/components/shell/nav-item";
import { type Actor, may } from "@/lib/access";
import type { Locale } from "@/lib/platform/i18n/locales";

/** The places of the office this person may go to, by section. */
export async function placesFor(actor: Actor, locale: Locale): Promise<NavItem[]> {
  const [t, own, fields, catalog] = await Promise.all([
    getTranslations("office.nav"),
    getTranslations("journeys.nav"),
    getTranslations("profile.fields"),
    getTranslations("catalog"),
  ]);
  const at = `/${locale}/office` as const;
  const inside = (
    section: "customers" | "programme" | "reach" | "business",
    items: readonly (NavItem | false)[],
  ) => items.flatMap((item) => (item ? [{ ...item, section: t(`sections.${section}`) }] : []));
  const dashboard =
    may(actor, "analytics:read") &&
    navItem({ href: at, label: t("dashboard"), icon: <LayoutDashboard />, exact: true, handy: true });
  return [
    ...(dashboard ? [dashboard] : []),
    ...inside("customers", [
      may(actor, "members:read") &&
        navItem({ href: `${at}/members`, label: t("members"), icon: <Users />, handy: true }),
      may(actor, "members:read") &&
        may(actor, "analytics:read") &&
        navItem({ href: `${at}/segments`, label: t("segments"), icon: <Group /> }),
      may(actor, "analytics:read") &&
        navItem({ href: `${at}/insights`, label: t("insights"), icon: <Activity /> }),
      may(actor, "sales:read") &&
        navItem({ href: `${at}/operations`, label: t("operations"), icon: <Receipt />, handy: true }),
    ]),
    ...inside("programme", [
      may(actor, "programme:read") &&
        navItem({ href: `${at}/programme`, label: t("programme"), icon: <Settings2 />, handy: true }),
      may(actor, "programme:read") && navItem({ href: `${at}/rewards`, label: t("rewards"), icon: <Gift /> }),
      may(actor, "programme:read") &&
        navItem({ href: `${at}/catalogue`, label: catalog("nav"), icon: <ShoppingBasket /> }),
      may(actor, "analytics:read") &&
        navItem({ href: `${at}/ambassadors`, label: t("ambassadors"), icon: <Share2 /> }),
    ]),
    ...inside("reach", [
      may(actor, "journeys:read") &&
        navItem({ href: `${at}/journeys`, label: own("journeys"), icon: <Route /> }),
      may(actor, "journeys:read") &&
        navItem({ href: `${at}/campaigns`, label: own("campaigns"), icon: <Megaphone /> }),
      may(actor, "messages:read") &&
        navItem({ href: `${at}/messages`, label: t("messages"), icon: <MessagesSquare /> }),
      may(actor, "members:read") && navItem({ href: `${at}/poster`, label: t("poster"), icon: <QrCode /> }),
    ]),
    ...inside("business", [
      may(actor, "sales:record") &&
        navItem({ href: `/${locale}/desk`, label: t("desk"), icon: <Monitor />, handy: true }),
      may(actor, "staff:read") && navItem({ href: `${at}/team`, label: t("team"), icon: <Store /> }),
      may(actor, "programme:write") &&
        navItem({ href: `${at}/fields`, label: fields("nav"), icon: <ListPlus /> }),
      may(actor, "imports:write") &&
        navItem({ href: `${at}/imports`, label: t("imports"), icon: <FileUp /> }),
      may(actor, "keys:write") &&
        navItem({ href: `${at}/integrations`, label: t("integrations"), icon: <Plug /> }),
      may(actor, "business:write") &&
        navItem({ href: `${at}/business`, label: t("business"), icon: <Building2 /> }),
      may(actor, "mailbox:read") && navItem({ href: `${at}/mailbox`, label: t("mailbox"), icon: <Mail /> }),
      may(actor, "audit:read") && navItem({ href: `${at}/audit`, label: t("audit"), icon: <ScrollText /> }),
    ]),
  ];
}
