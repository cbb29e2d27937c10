import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { cx } from "@/components/ui/cx";
import { SPANS, type Span } from "@/lib/analytics/model";
import type { Locale } from "@/lib/platform/i18n/locales";

/** Today, this week, this month: links, so that a span has an address. */
export async function SpanSwitch({ span, locale }: { span: Span; locale: Locale }) {
  const t = await getTranslations("office.dashboard.span");
  return (
    <nav aria-label={t("label")} className="inline-flex max-w-full rounded-lg bg-sunken p-1">
      {SPANS.map((one) => (
        <Link
          key={one}
          href={`/${locale}/office?span=${one}`}
          scroll={false}
          aria-current={one === span ? "page" : undefined}
          className={cx(
            "flex min-h-8 items-center rounded-md px-3.5 text-sm font-medium whitespace-nowrap",
            one === span ? "bg-surface text-ink shadow-card" : "text-muted hover:text-ink",
          )}
        >
          {t(one)}
        </Link>
      ))}
    </nav>
  );
}
