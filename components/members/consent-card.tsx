import { getTranslations } from "next-intl/server";
import { ConsentHistory } from "@/components/messages/consent-history";
import type { Context } from "@/lib/access";
import type { ConsentEntry } from "@/lib/messaging";
import type { Locale } from "@/lib/platform/i18n/locales";

/** What a member agreed to, when and by which way, for the office. */
export async function ConsentCard({
  ctx,
  history,
  locale,
}: {
  ctx: Context;
  history: readonly ConsentEntry[];
  locale: Locale;
}) {
  const t = await getTranslations("people.consent");
  return (
    <ConsentHistory
      history={history}
      locale={locale}
      zone={ctx.business.zone}
      title={t("title")}
      empty={t("none")}
    />
  );
}
