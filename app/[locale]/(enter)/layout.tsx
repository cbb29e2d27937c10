import Link from "next/link";
import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { ClientTexts } from "@/components/shell/client-texts";
import { Preferences } from "@/components/shell/preferences";
import { SkipLink } from "@/components/shell/skip-link";
import { Logo } from "@/components/ui/logo";

/** The frame of the doors: nothing but the way in, the language and the light. */
export default async function EnterLayout({ children }: { children: ReactNode }) {
  const locale = await getLocale();
  return (
    <ClientTexts areas={["enter", "codes"]}>
      <SkipLink />
      <div className="flex min-h-dvh flex-col">
        <header className="page flex items-center justify-between gap-4 py-4">
          <Link href={`/${locale}`} aria-label="Kolo" className="rounded-sm">
            <Logo />
          </Link>
        </header>
        <main
          id="main"
          tabIndex={-1}
          className="mx-auto flex w-full max-w-md flex-1 flex-col px-4 pt-4 pb-10 outline-none sm:justify-center sm:pt-0"
        >
          {children}
        </main>
        <footer className="page flex justify-center pb-6">
          <Preferences className="justify-center" />
        </footer>
      </div>
    </ClientTexts>
  );
}
