import type { Metadata } from "next";
import { cookies, headers } from "next/headers";
import { FontPreloads } from "@/components/shell/font-preloads";
import { readTheme, THEME_COOKIE } from "@/components/shell/theme";
import { Trouble } from "@/components/shell/trouble";
import { isLocale, LOCALE_DEFAULT } from "@/lib/platform/i18n/locales";
import { loadMessages } from "@/lib/platform/i18n/messages";
import "./globals.css";

export const metadata: Metadata = { title: "404 · Kolo" };

/**
 * Any address nothing answers to. One page outside the tree, and not a catch-all route inside it: that would match
 * every link and blind the check of their addresses. `proxy.ts` tells the language.
 */
export default async function GlobalNotFound() {
  const [asked, jar] = await Promise.all([headers(), cookies()]);
  const named = asked.get("x-next-intl-locale");
  const locale = isLocale(named) ? named : LOCALE_DEFAULT;
  const theme = readTheme(jar.get(THEME_COOKIE)?.value);
  const { missing } = (await loadMessages(locale)).common;
  return (
    <html lang={locale} data-theme={theme === "system" ? undefined : theme}>
      <head>
        <FontPreloads locale={locale} />
      </head>
      <body>
        <Trouble code="404" title={missing.title} text={missing.text}>
          {/* A full load on purpose: this document stands outside the app. */}
          <a href={`/${locale}`} className="btn btn-primary btn-lg">
            {missing.home}
          </a>
        </Trouble>
      </body>
    </html>
  );
}
