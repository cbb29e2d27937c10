import { getTranslations } from "next-intl/server";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";
import type { Version } from "@/lib/program";
import { changeText } from "./change-text";

/** Every state the programme had: who put it in force, when, and what it changed. */
export async function VersionList({
  history,
  f,
  locale,
  current,
}: {
  history: { rows: readonly Version[]; next: number | null };
  f: Formats;
  locale: Locale;
  current: number;
}) {
  const [t, change, tiers] = await Promise.all([
    getTranslations("office.programme.versions"),
    getTranslations("office.programme.change"),
    getTranslations("tiers"),
  ]);
  return (
    <Card className="mt-6">
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <ol className="divide-y divide-line">
        {history.rows.map((row) => (
          <li key={row.version} className="grid gap-x-6 gap-y-2 px-5 py-4 sm:grid-cols-[16rem_1fr] sm:px-6">
            <div>
              <p className="flex items-center gap-2 font-medium">
                {t("version", { version: row.version })}
                {row.version === current && <Badge tone="success">{t("now")}</Badge>}
              </p>
              <p className="text-sm text-faint">
                {f.date(row.createdAt, "dateTime")} · {row.staffName ?? t("system")}
              </p>
            </div>
            {row.changes.length > 0 ? (
              <ul className="grid gap-1 text-sm text-muted">
                {row.changes.map((one) => (
                  <li key={`${one.code}-${one.tier ?? ""}`}>{changeText(one, change, tiers, f)}</li>
                ))}
              </ul>
            ) : (
              <p className="text-sm text-faint">{row.version === 1 ? t("first") : t("same")}</p>
            )}
          </li>
        ))}
      </ol>
      {history.next !== null && (
        <p className="border-t px-5 py-4 text-center">
          <ButtonLink
            href={`/${locale}/office/programme?before=${history.next}`}
            variant="secondary"
            size="sm"
          >
            {t("older")}
          </ButtonLink>
        </p>
      )}
    </Card>
  );
}
