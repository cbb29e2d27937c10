import { useTranslations } from "next-intl";
import type { Locale } from "@/lib/platform/i18n/locales";
import { CardPicture } from "./card-picture";

/** The first screen: the promise, the two ways in, and the card inside an open ring. */
export function Hero({ locale }: { locale: Locale }) {
  const t = useTranslations("site");
  return (
    <section className="overflow-x-clip">
      <div className="page grid max-w-6xl items-center gap-x-12 gap-y-14 pt-10 pb-20 lg:grid-cols-[minmax(0,1fr)_26rem] lg:pt-16">
        <div>
          <h1 className="text-display font-bold">{t("hero.title")}</h1>
          <p className="mt-6 max-w-xl text-lg leading-relaxed text-muted sm:text-xl sm:leading-relaxed">
            {t("hero.text")}
          </p>
          <div className="mt-9 flex flex-wrap gap-3">
            {/* Plain links: another area is another document, and none of it should be fetched ahead. */}
            <a href={`/${locale}/office`} className="btn btn-primary btn-lg">
              {t("nav.office")}
            </a>
            <a href={`/${locale}/card`} className="btn btn-secondary btn-lg">
              {t("hero.card")}
            </a>
          </div>
          <p className="mt-8 text-sm text-faint">{t("hero.name")}</p>
        </div>
        <div className="relative grid place-items-center">
          <OpenRing />
          <CardPicture />
        </div>
      </div>
    </section>
  );
}

/** The mark, large, behind the card. */
function OpenRing() {
  return (
    <svg
      viewBox="0 0 32 32"
      aria-hidden="true"
      className="absolute -z-10 w-[42rem] max-w-none max-sm:w-[32rem]"
    >
      <path
        d="M18.1 5.2A11 11 0 1 0 27 15.8"
        fill="none"
        stroke="var(--soft)"
        strokeWidth="4.4"
        strokeLinecap="round"
        pathLength="100"
        strokeDasharray="100"
        className="animate-ring [--ring-length:100]"
      />
      <circle cx="24.4" cy="8.9" r="2.8" fill="#f2a93b" />
    </svg>
  );
}
