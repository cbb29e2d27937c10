import { ArrowRight, ChartNoAxesColumn, CreditCard, ScanLine } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Locale } from "@/lib/platform/i18n/locales";

const DOORS = [
  { area: "card", icon: CreditCard, textKey: "cardText" },
  { area: "desk", icon: ScanLine, textKey: "deskText" },
  { area: "office", icon: ChartNoAxesColumn, textKey: "officeText" },
] as const;

/** The three doors, for people who already have a key. */
export function Enter({ locale }: { locale: Locale }) {
  const t = useTranslations("site.enter");
  return (
    <section id="enter" className="page max-w-6xl pt-20 lg:pt-24" aria-labelledby="enter-title">
      <h2 id="enter-title" className="text-headline font-semibold">
        {t("title")}
      </h2>
      <ul className="mt-8 grid gap-4 sm:grid-cols-3">
        {DOORS.map(({ area, icon: Icon, textKey }) => (
          <li key={area}>
            <a
              href={`/${locale}/${area}`}
              className="panel group flex items-center gap-4 p-5 transition-shadow hover:shadow-pop"
            >
              <span className="grid size-11 shrink-0 place-items-center rounded-full bg-soft text-brand">
                <Icon aria-hidden="true" className="size-5" />
              </span>
              <span className="min-w-0 flex-1">
                <span className="block font-semibold">{t(area)}</span>
                <span className="block text-sm text-muted">{t(textKey)}</span>
              </span>
              <ArrowRight
                aria-hidden="true"
                className="size-5 text-faint transition-transform group-hover:translate-x-1"
              />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
