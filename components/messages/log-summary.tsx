import { getTranslations } from "next-intl/server";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import { StatTile } from "@/components/ui/stat-tile";
import type { LogSummary } from "@/lib/messaging";
import { reasonKey } from "./reason-text";

const REASONS_SHOWN = 6;

/** Seven days in five numbers, and why messages were not sent. */
export async function LogSummaryTiles({ summary, locale }: { summary: LogSummary; locale: string }) {
  const t = await getTranslations("messaging");
  const count = (value: number) => value.toLocaleString(locale);
  const total = summary.reasons.reduce((sum, { count: some }) => sum + some, 0);
  return (
    <section aria-label={t("office.log.week")} className="mb-6 grid gap-4">
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-5">
        <StatTile
          label={t("state.sent")}
          value={count(summary.sent)}
          hint={
            summary.waiting > 0 ? t("office.log.waiting", { count: summary.waiting }) : t("office.log.week")
          }
        />
        <StatTile label={t("state.delivered")} value={count(summary.delivered)} />
        <StatTile label={t("state.opened")} value={count(summary.opened)} />
        <StatTile label={t("state.clicked")} value={count(summary.clicked)} />
        <StatTile label={t("state.refused")} value={count(summary.refused)} className="max-sm:col-span-2" />
      </div>
      {total > 0 && (
        <Card>
          <CardHeader>
            <CardTitle>{t("office.log.reasons")}</CardTitle>
          </CardHeader>
          <CardBody className="grid gap-2.5">
            {summary.reasons.slice(0, REASONS_SHOWN).map(({ reason, count: some }) => {
              const { key } = reasonKey(reason);
              return (
                <div
                  key={reason}
                  className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1"
                >
                  <span className="text-sm">{t(`refusal.${key}`, { reason })}</span>
                  <span className="text-sm text-muted tabular-nums">{count(some)}</span>
                  <span
                    aria-hidden="true"
                    className="col-span-2 h-1.5 overflow-hidden rounded-full bg-sunken"
                  >
                    <span
                      className="block h-full rounded-full bg-brand"
                      style={{ width: `${(100 * some) / total}%` }}
                    />
                  </span>
                </div>
              );
            })}
          </CardBody>
        </Card>
      )}
    </section>
  );
}
