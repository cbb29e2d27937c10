import { ClientTexts } from "@/components/shell/client-texts";

/** A member's page speaks to the browser of notes and fields too. */
export default function MemberLayout({ children }: LayoutProps<"/[locale]/office/members/[id]">) {
  return (
    <ClientTexts areas={["common", "office", "codes", "rewards", "tiers", "profile"]}>{children}</ClientTexts>
  );
}
