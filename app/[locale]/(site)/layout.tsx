import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Preferences } from "@/components/shell/preferences";
import { SkipLink } from "@/components/shell/skip-link";
import { Logo } from "@/components/ui/logo";

/** The frame of the pages anybody may read. */
export default async function SiteLayout({ children }: { children: ReactNode }) {
  const [locale, t] = await Promise.all([getLocale(), getTranslations("site")]);
  return (
    <>
      <SkipLink />
      <header className="page flex max-w-6xl flex-wrap items-center justify-between gap-x-6 gap-y-3 py-5">
        <Link href={`/${locale}`} aria-label="Kolo" className="rounded-sm">
          <Logo />
        </Link>
        <nav aria-label={t("nav.label")} className="flex items-center gap-1 max-md:hidden">
          <a href="#how" className="btn btn-ghost">
            {t("nav.how")}
          </a>
          <a href="#developers" className="btn btn-ghost">
            {t("nav.developers")}
          </a>
          <a href="#enter" className="btn btn-ghost">
            {t("enter.title")}
          </a>
        </nav>
        <Preferences />
      </header>
      {children}
      <footer className="mt-24 border-t">
        <p className="page flex max-w-6xl flex-wrap items-center justify-between gap-4 py-8 text-sm text-muted">
          {t("footer.text")}
        </p>
      </footer>
    </>
  );
}
