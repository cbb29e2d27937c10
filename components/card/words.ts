import { getLocale, getTranslations } from "next-intl/server";
import { formats } from "@/lib/platform/i18n/format";

/** What every piece of the card writes with: its texts, and numbers and dates as the business counts them. */
export async function cardWords(business: { zone: string; currency: string }) {
  const [locale, t] = await Promise.all([getLocale(), getTranslations("card")]);
  return { locale, t, f: formats({ locale, zone: business.zone, currency: business.currency }) };
}

/** Texts about tiers and deadlines, the same ones the desk and the office write with. */
export const tierWords = () => getTranslations("tiers");

/** Points as a number that picks a plural: 59.5 of them take the form for fractions. */
export const plural = (hundredths: bigint): number => Number(hundredths) / 100;
