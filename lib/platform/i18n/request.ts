import { getRequestConfig } from "next-intl/server";
import { isLocale, LOCALE_DEFAULT } from "./locales";
import { loadMessages } from "./messages";

/** What next-intl asks for once per request; `proxy.ts` puts the locale of the address into the request. */
export default getRequestConfig(async ({ requestLocale }) => {
  const asked = await requestLocale;
  const locale = isLocale(asked) ? asked : LOCALE_DEFAULT;
  return { locale, messages: await loadMessages(locale), timeZone: "UTC" };
});
