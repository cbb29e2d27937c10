"use client";
import { usePathname } from "next/navigation";
import { LOCALE_COOKIE, LOCALE_NAMES, LOCALES, type Locale } from "@/lib/platform/i18n/locales";
import { cx } from "../ui/cx";

/** The first letters show, the whole name is read out. */
const SHOWN_LETTERS = 3;
const YEAR_SECONDS = 31_536_000;

/** The same page in another language. Plain links, so it works before any script; the choice is remembered. */
export function LanguageSwitch({
  label,
  locale,
  className,
}: {
  label: string;
  locale: Locale;
  className?: string;
}) {
  const pathname = usePathname();
  return (
    <nav aria-label={label} className={cx("inline-flex rounded-lg bg-sunken p-1", className)}>
      {LOCALES.map((other) => {
        const isCurrent = other === locale;
        return (
          <a
            key={other}
            href={pathname.replace(/^\/[a-z]{2}(?=\/|$)/, `/${other}`)}
            hrefLang={other}
            lang={other}
            aria-current={isCurrent ? "true" : undefined}
            onClick={(event) => {
              document.cookie = `${LOCALE_COOKIE}=${other}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
              event.currentTarget.search = window.location.search;
            }}
            className={cx(
              "grid min-h-8 min-w-11 flex-1 place-items-center rounded-md px-2 text-sm font-medium",
              isCurrent ? "bg-picked text-ink shadow-card" : "text-muted hover:text-ink",
            )}
          >
            <span>
              {LOCALE_NAMES[other].slice(0, SHOWN_LETTERS)}
              {/* Of no size rather than hidden aside: a block would split the word when it is read out. */}
              <span className="text-[0px]">{LOCALE_NAMES[other].slice(SHOWN_LETTERS)}</span>
            </span>
          </a>
        );
      })}
    </nav>
  );
}
