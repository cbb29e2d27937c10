import { getTranslations } from "next-intl/server";
import { changeText } from "@/components/office/change-text";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";
import type { Version } from "@/lib/program";
import { CancelChange } from "./version-actions";

/** One state the programme had or will have: who saved it, since when it holds, and what it changed. */
export async function VersionRow({
  row,
  f,
  locale,
  now,
  current,
  mayWrite,
}: {
  row: Version;
  f: Formats;
  locale: Locale;
  now: Date;
  current: number;
  mayWrite: boolean;
}) {
  const [t, texts, change, tiers] = await Promise.all([
    getTranslations("rules.versions"),
    getTranslations("office.programme.versions"),
    getTranslations("office.programme.change"),
    getTranslations("tiers"),
  ]);
  const isScheduled = row.effectiveAt > now && row.cancelledAt === null;
  const isPast = row.version !== current && row.effectiveAt <= now && row.cancelledAt === null;
  return (
    <li className="flex items-start gap-4 px-5 py-4 sm:px-6">
      <div className="grid min-w-0 flex-1 gap-x-6 gap-y-2 sm:grid-cols-[16rem_1fr]">
        <div>
          <p className="flex flex-wrap items-center gap-2 font-medium">
            {texts("version", { version: row.version })}
            {row.version === current && <Badge tone="success">{texts("now")}</Badge>}
            {isScheduled && <Badge tone="info">{t("from", { date: f.date(row.effectiveAt) })}</Badge>}
            {row.cancelledAt && <Badge>{t("takenBack")}</Badge>}
          </p>
          <p className="text-sm text-faint">
            {f.date(row.createdAt, "dateTime")} · {row.staffName ?? texts("system")}
          </p>
        </div>
        {row.changes.length + row.rules.length > 0 ? (
          <ul className="grid gap-1 text-sm text-muted">
            {row.changes.map((one) => (
              <li key={`${one.code}-${one.tier ?? ""}`} className="wrap-anywhere">
                {changeText(one, change, tiers, f)}
              </li>
            ))}
            {row.rules.map((one) => (
              <li key={`${one.how} ${one.ruleId}`} className="wrap-anywhere">
                {t(`rule.${one.how}`, { name: one.name })}
              </li>
            ))}
          </ul>
        ) : (
          <p className="text-sm text-faint">{row.version === 1 ? texts("first") : texts("same")}</p>
        )}
      </div>
      {mayWrite && isScheduled && <CancelChange version={row.version} />}
      {mayWrite && isPast && (
        <ButtonLink
          href={`/${locale}/office/programme/versions/${row.version}`}
          variant="ghost"
          size="sm"
          aria-label={t("lookLabel", { version: row.version })}
        >
          {t("look")}
        </ButtonLink>
      )}
    </li>
  );
}
