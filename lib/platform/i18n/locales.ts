/** The languages Kolo speaks, first one the fallback. Browser-safe. */
export const LOCALES = ["en", "ru", "uk"] as const;
export type Locale = (typeof LOCALES)[number];
export const LOCALE_DEFAULT: Locale = "en";

/** Remembers the language a person chose by hand; it wins over what the browser asks for. */
export const LOCALE_COOKIE = "kolo.locale";

/** Each language by its own name, as a switch shows it. */
export const LOCALE_NAMES: Record<Locale, string> = { en: "English", ru: "Русский", uk: "Українська" };

export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value);
}

/**
 * The language for a visitor: the one they chose, else the best of the browser's list, else the fallback.
 * Shape: `accepted` is an Accept-Language header ("uk-UA,uk;q=0.9,en;q=0.8").
 */
export function pickLocale(chosen: string | undefined, accepted: string | null): Locale {
  if (isLocale(chosen)) return chosen;
  const asked = (accepted ?? "")
    .slice(0, 500)
    .split(",")
    .map((part) => {
      const [tag = "", ...options] = part.trim().split(";");
      const quality = options.find((option) => option.trim().startsWith("q="));
      return {
        language: tag.split("-")[0]?.toLowerCase(),
        quality: quality ? Number(quality.split("=")[1]) : 1,
      };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return asked.map(({ language }) => language).find(isLocale) ?? LOCALE_DEFAULT;
}
