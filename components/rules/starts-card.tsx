import { Plus } from "lucide-react";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import type { Locale } from "@/lib/platform/i18n/locales";
import { STARTS } from "./starts";
import type { RuleTexts } from "./words";

/** Rules to begin with: each opens the editor with its parts in place. */
export function StartsCard({ t, locale }: { t: RuleTexts; locale: Locale }) {
  return (
    <Card className="overflow-hidden">
      <CardHeader className="pb-4">
        <div>
          <CardTitle>{t("starts.title")}</CardTitle>
          <CardDescription>{t("starts.text")}</CardDescription>
        </div>
      </CardHeader>
      <ul className="grid gap-px border-t bg-line sm:grid-cols-2 [&>li]:bg-surface">
        {STARTS.map((start) => (
          <li key={start} className="flex items-center justify-between gap-3 px-5 py-3.5 sm:px-6">
            <span className="min-w-0">
              <span className="block font-medium">{t(`starts.name.${start}`)}</span>
              <span className="block text-sm text-muted">{t(`starts.about.${start}`)}</span>
            </span>
            <ButtonLink
              href={`/${locale}/office/programme/rules/new?from=${start}`}
              variant="secondary"
              size="sm"
              className="shrink-0"
              icon
              aria-label={t("starts.use", { name: t(`starts.name.${start}`) })}
            >
              <Plus aria-hidden="true" />
            </ButtonLink>
          </li>
        ))}
      </ul>
    </Card>
  );
}
