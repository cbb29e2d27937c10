import { ClientTexts } from "@/components/shell/client-texts";
import type { Context } from "@/lib/access";
import { householdOf, mergesOf } from "@/lib/members";
import { consentsOf } from "@/lib/messaging";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";
import { ConsentCard } from "./consent-card";
import { DataCard } from "./data-card";
import { HouseholdCard } from "./household-card";
import { MergePast } from "./merge-past";

/** Beside a member's history: family, consents, merged cards, and what may be done with their data. */
export async function PeoplePanels(props: {
  ctx: Context;
  memberId: bigint;
  name: string;
  points: bigint;
  locale: Locale;
  f: Formats;
}) {
  const { ctx, memberId, locale, f } = props;
  // One after another: the page asks for much at once already, and each question holds a connection.
  const household = await householdOf(ctx, memberId);
  const history = await consentsOf(ctx, memberId);
  const past = await mergesOf(ctx, memberId);
  return (
    <ClientTexts areas={["common", "codes", "people"]}>
      <HouseholdCard ctx={ctx} memberId={memberId} household={household} locale={locale} f={f} />
      <ConsentCard ctx={ctx} history={history} locale={locale} />
      <MergePast ctx={ctx} past={past} f={f} />
      <DataCard {...props} />
    </ClientTexts>
  );
}
