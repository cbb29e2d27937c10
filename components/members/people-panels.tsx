import { ClientTexts } from "@/components/shell/client-texts";
import type { Context } from "@/lib/access";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";
import { ConsentCard } from "./consent-card";
import { DataCard } from "./data-card";
import { HouseholdCard } from "./household-card";
import type { MemberReading } from "./member-reading";
import { MergePast } from "./merge-past";

/** Beside a member's history: family, consents, merged cards, and what may be done with their data. */
export function PeoplePanels(props: {
  ctx: Context;
  memberId: bigint;
  name: string;
  points: bigint;
  read: Pick<MemberReading, "household" | "consents" | "merges">;
  locale: Locale;
  f: Formats;
}) {
  const { read, ...rest } = props;
  const { ctx, memberId, locale, f } = props;
  return (
    <ClientTexts areas={["common", "codes", "people"]}>
      <HouseholdCard ctx={ctx} memberId={memberId} household={read.household} locale={locale} f={f} />
      <ConsentCard ctx={ctx} history={read.consents} locale={locale} />
      <MergePast ctx={ctx} past={read.merges} f={f} />
      <DataCard {...rest} />
    </ClientTexts>
  );
}
