"use client";
import { useTranslations } from "next-intl";
import { AccentScope } from "@/components/ui/accent";
import { formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";

const POINTS = 124_000n;

/** A member's card in the business's colour, as a phone would show it. */
export function CardPreview({ name, accent, locale }: { name: string; accent: string; locale: Locale }) {
  const t = useTranslations("office.business");
  const f = formats({ locale });
  return (
    <AccentScope color={accent}>
      <div className="grid min-h-52 content-between gap-6 rounded-2xl bg-accent p-6 text-on-accent shadow-lift">
        <div className="flex items-start justify-between gap-4">
          <p className="line-clamp-2 min-w-0 text-lg font-semibold wrap-anywhere">{name || "–"}</p>
          <span className="rounded-full border border-current px-2.5 py-0.5 text-sm">{t("sampleTier")}</span>
        </div>
        <div>
          <p className="text-sm">{t("samplePoints")}</p>
          <p className="text-4xl font-semibold tracking-tight tabular-nums">{f.points(POINTS)}</p>
        </div>
      </div>
      <div className="mt-4 flex flex-wrap items-center gap-3">
        <span className="btn pointer-events-none bg-accent text-on-accent">{t("sampleButton")}</span>
        <span className="badge bg-soft text-brand">{t("sampleTier")}</span>
        <span className="text-sm text-brand underline underline-offset-2">{t("sampleLink")}</span>
      </div>
      <p className="mt-3 text-sm text-faint">{t("previewHint")}</p>
    </AccentScope>
  );
}
