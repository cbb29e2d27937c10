import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { LogoMark } from "../ui/logo";
import { ToastProvider } from "../ui/toast";
import { ClientTexts } from "./client-texts";
import { NavPills } from "./nav";
import type { NavItem } from "./nav-item";
import { NetworkState } from "./network-state";
import { SkipLink } from "./skip-link";

/**
 * The frame of the desk: one low bar, and all the rest of a tablet for the work, upright or lying.
 * Shape: `place` is the location's name; `actions` stand at the end of the bar (who is at the desk, lock, sign out).
 * A child that wants the whole height takes `h-full` or `flex-1`.
 */
export async function DeskShell({
  businessName,
  place,
  nav,
  actions,
  children,
}: {
  businessName: string;
  place?: string;
  nav: readonly NavItem[];
  actions?: ReactNode;
  children: ReactNode;
}) {
  const [t, common] = await Promise.all([getTranslations("desk"), getTranslations("common")]);
  return (
    <ClientTexts areas={["common", "desk", "codes", "tiers"]}>
      <SkipLink />
      <ToastProvider>
        <div className="flex min-h-dvh flex-col">
          <header className="border-b bg-surface pt-[env(safe-area-inset-top)]">
            <div className="flex min-h-16 items-center gap-3 px-4 md:gap-5 md:px-6">
              <span className="flex min-w-0 items-center gap-3">
                <LogoMark className="size-8 shrink-0" />
                <span className="min-w-0 leading-tight">
                  <span className="block truncate font-semibold">{businessName}</span>
                  {place && <span className="block truncate text-sm text-faint">{place}</span>}
                </span>
              </span>
              <NavPills label={t("title")} items={nav} />
              <div className="ml-auto flex items-center gap-2">{actions}</div>
            </div>
            <NetworkState text={common("offline")} />
          </header>
          <main
            id="main"
            tabIndex={-1}
            className="flex w-full flex-1 flex-col px-4 py-4 outline-none md:px-6 md:py-6"
          >
            {children}
          </main>
        </div>
      </ToastProvider>
    </ClientTexts>
  );
}
