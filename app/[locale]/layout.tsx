import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import { getTranslations } from "next-intl/server";
import { FontPreloads } from "@/components/shell/font-preloads";
import { readTheme, THEME_COOKIE } from "@/components/shell/theme";
import "../globals.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("common");
  return {
    title: { default: t("title"), template: "%s · Kolo" },
    description: t("description"),
    applicationName: "Kolo",
    icons: {
      icon: [
        { url: "/icons/icon.svg", type: "image/svg+xml" },
        { url: "/favicon.ico", sizes: "32x32" },
      ],
      apple: "/icons/apple-touch-icon.png",
    },
    formatDetection: { telephone: false, email: false, address: false },
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f6f7f4" },
    { media: "(prefers-color-scheme: dark)", color: "#0e1412" },
  ],
};

/** The document: its language, its theme, its type. Each area brings its own shell and its own texts. */
export default async function RootLayout({ children, params }: LayoutProps<"/[locale]">) {
  const [{ locale }, jar] = await Promise.all([params, cookies()]);
  const theme = readTheme(jar.get(THEME_COOKIE)?.value);
  return (
    <html lang={locale} data-theme={theme === "system" ? undefined : theme}>
      <head>
        <FontPreloads locale={locale} />
      </head>
      {/* No texts for the browser here: an area hands over only its own (`components/shell/client-texts.tsx`). */}
      <body>{children}</body>
    </html>
  );
}
