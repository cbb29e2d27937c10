import { ClientTexts } from "@/components/shell/client-texts";

/** The builder talks in the browser: its texts go there, and only on these pages. */
export default function SegmentsLayout({ children }: LayoutProps<"/[locale]/office/segments">) {
  return <ClientTexts areas={["common", "office", "codes", "segments"]}>{children}</ClientTexts>;
}
