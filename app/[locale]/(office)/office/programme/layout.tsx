import { ClientTexts } from "@/components/shell/client-texts";

/** Settings, rules and simulation talk in the browser: their texts go there, and only on these pages. */
export default function ProgrammeLayout({ children }: LayoutProps<"/[locale]/office/programme">) {
  return (
    <ClientTexts areas={["common", "office", "codes", "tiers", "rewards", "rules", "reasons"]}>
      {children}
    </ClientTexts>
  );
}
