import { ClientTexts } from "@/components/shell/client-texts";

/** The texts of messages go to the browser on their own pages only. */
export default function MessagesLayout({ children }: LayoutProps<"/[locale]/office/messages">) {
  return <ClientTexts areas={["common", "office", "codes", "messaging"]}>{children}</ClientTexts>;
}
