import type { Route } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Avatar } from "../ui/avatar";
import { Logo } from "../ui/logo";
import { ToastProvider } from "../ui/toast";
import { ClientTexts } from "./client-texts";
import { MenuDrawer } from "./menu-drawer";
import { NavBar, NavList } from "./nav";
import type { NavItem } from "./nav-item";
import { Preferences } from "./preferences";
import { SkipLink } from "./skip-link";

/** As many places as fit along the lower edge of a phone beside the menu button. */
const BAR_ITEMS_MAX = 4;

/**
 * The frame of the back office: a sidebar on wide screens, a bar along the lower edge and a drawer on small ones.
 * Shape: `nav` in order of use, existing pages only; `person.line` such as the role, `person.href` their own page; `signOut` a form with a button.
 */
export async function OfficeShell({
  businessName,
  person,
  nav,
  signOut,
  children,
}: {
  businessName: string;
  person: { name: string; line: string; href?: Route | undefined };
  nav: readonly NavItem[];
  signOut: ReactNode;
  children: ReactNode;
}) {
  const [t, common] = await Promise.all([getTranslations("office"), getTranslations("common")]);
  const personRow = <PersonRow {...person} signOut={signOut} />;
  return (
    <ClientTexts areas={["common", "office", "codes", "rewards", "tiers"]}>
      <SkipLink />
      <ToastProvider>
        <div className="lg:grid lg:min-h-dvh lg:grid-cols-[15.5rem_minmax(0,1fr)] print:block">
          <aside className="sticky top-0 hidden h-dvh flex-col gap-6 overflow-y-auto border-r bg-surface px-4 py-5 lg:flex print:hidden">
            <div className="px-3">
              <Logo />
              <p className="mt-3 truncate font-semibold" title={businessName}>
                {businessName}
              </p>
            </div>
            <NavList label={t("nav.label")} items={nav} />
            <div className="mt-auto grid gap-4">
              <Preferences className="px-1" />
              {personRow}
            </div>
          </aside>
          <header className="flex min-h-14 items-center justify-between gap-4 border-b bg-surface px-4 lg:hidden print:hidden">
            <Logo />
            <p className="truncate text-sm font-semibold">{businessName}</p>
          </header>
          <main id="main" tabIndex={-1} className="page max-w-7xl py-6 outline-none max-lg:pb-28 lg:py-9">
            {children}
          </main>
        </div>
        <NavBar
          label={t("nav.label")}
          items={nav.filter(({ handy }) => handy).slice(0, BAR_ITEMS_MAX)}
          className="lg:hidden print:hidden"
        >
          <MenuDrawer title={common("menu")} label={t("nav.label")} items={nav}>
            <div className="grid gap-5">
              <Preferences />
              {personRow}
            </div>
          </MenuDrawer>
        </NavBar>
      </ToastProvider>
    </ClientTexts>
  );
}

function PersonRow({
  name,
  line,
  href,
  signOut,
}: {
  name: string;
  line: string;
  href?: Route | undefined;
  signOut: ReactNode;
}) {
  const nameAndLine = (
    <>
      <span className="block truncate font-medium">{name}</span>
      <span className="block truncate text-faint">{line}</span>
    </>
  );
  return (
    <div className="flex items-center gap-3 rounded-lg border px-3 py-2.5">
      <Avatar name={name} size="sm" />
      {href ? (
        <Link href={href} className="min-w-0 flex-1 rounded-sm text-sm hover:underline">
          {nameAndLine}
        </Link>
      ) : (
        <span className="min-w-0 flex-1 text-sm">{nameAndLine}</span>
      )}
      {signOut}
    </div>
  );
}
