import { getTranslations } from "next-intl/server";
import type { Context } from "@/lib/access";
import { formats } from "@/lib/platform/i18n/format";
import { isLocale, type Locale } from "@/lib/platform/i18n/locales";
import type { Say } from "@/lib/pos";
import { reasonText } from "./reason-text";

/** Explanations with their sentences, in the language asked for or the business's own. Codes without one are left out. */
export async function sayIn({ business }: Context, lang: Locale | undefined): Promise<Say> {
  const locale = lang ?? (isLocale(business.locale) ? business.locale : "en");
  const t = await getTranslations({ locale, namespace: "reasons" });
  const f = formats({ locale, zone: business.zone, currency: business.currency });
  return (because) =>
    because.flatMap((reason) => {
      const text = reasonText(reason, t, f);
      return text === undefined ? [] : [{ ...reason, text }];
    });
}
