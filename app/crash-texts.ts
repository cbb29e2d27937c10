import { isLocale, LOCALE_DEFAULT, type Locale } from "@/lib/platform/i18n/locales";

/**
 * The words for when the page that knows the language could not be built at all. They travel with every page, so they
 * are here, short, and not in the message files.
 */
const TEXTS: Record<Locale, { title: string; text: string; retry: string }> = {
  en: {
    title: "Something went wrong on our side",
    text: "Try again. If it happens once more, tell the person who runs this Kolo.",
    retry: "Try again",
  },
  ru: {
    title: "Что-то сломалось на нашей стороне",
    text: "Попробуйте ещё раз. Если повторится, сообщите тому, кто обслуживает Kolo.",
    retry: "Попробовать ещё раз",
  },
  uk: {
    title: "Щось зламалося на нашому боці",
    text: "Спробуйте ще раз. Якщо повториться, повідомте того, хто обслуговує Kolo.",
    retry: "Спробувати ще раз",
  },
};

/** The words for a path such as "/uk/card". */
export function crashTexts(path: string) {
  const first = path.split("/")[1];
  const locale = isLocale(first) ? first : LOCALE_DEFAULT;
  return { locale, ...TEXTS[locale] };
}
