import type { Metadata } from "next";

/** The card can be put among a phone's apps. */
export const metadata: Metadata = {
  manifest: "/manifest.webmanifest",
  appleWebApp: { capable: true, title: "Kolo", statusBarStyle: "default" },
  robots: { index: false },
};

export default function CardLayout({ children }: LayoutProps<"/[locale]">) {
  return children;
}
