import { ClientTexts } from "@/components/shell/client-texts";

/** Files are sent and columns named in the browser: the texts for it go there, and only on these pages. */
export default function ImportsLayout({ children }: LayoutProps<"/[locale]/office/imports">) {
  return <ClientTexts areas={["common", "office", "codes", "imports"]}>{children}</ClientTexts>;
}
