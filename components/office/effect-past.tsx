"use client";
import { useTranslations } from "next-intl";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Cost, Effect } from "@/lib/program";
import { Delta } from "./delta";

const ROWS = ["points", "discountMinor", "paid"] as const;

/** What recent purchases cost, and what they would have cost. */
export function EffectPast({ past, f }: { past: Effect["past"]; f: Formats }) {
  const t = useTranslations("office.programme.effect");
  return (
    <div className="grid gap-4">
      {past.map((span) => (
        <div key={span.days}>
          <p className="text-sm text-muted">
            {t("span", { days: span.days, count: span.purchases, text: f.count(span.purchases) })}
          </p>
          {span.purchases > 0 && (
            <table className="mt-1.5 w-full text-sm">
              <thead>
                <tr className="text-faint">
                  <th className="sr-only">{t("what")}</th>
                  <th className="w-1/4 py-1 text-right font-normal" scope="col" aria-label={t("did")}>
                    {t("did")}
                  </th>
                  <th className="w-1/3 py-1 text-right font-normal" scope="col">
                    {t("would")}
                  </th>
                </tr>
              </thead>
              <tbody>
                {ROWS.filter((row) => span.did[row] > 0n || span.would[row] > 0n).map((row) => (
                  <tr key={row}>
                    <th scope="row" className="py-1 pr-2 text-left font-normal">
                      {t(`cost.${row}`)}
                    </th>
                    <td className="py-1 text-right whitespace-nowrap text-muted tabular-nums">
                      {amount(row, span.did, f)}
                    </td>
                    <td className="py-1 text-right font-medium whitespace-nowrap tabular-nums">
                      {amount(row, span.would, f)} <Delta from={span.did[row]} to={span.would[row]} f={f} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {span.looked < span.purchases && (
            <p className="mt-1 text-xs text-faint">{t("sample", { looked: f.count(span.looked) })}</p>
          )}
          {span.refused > 0 && (
            <p className="mt-1 text-xs text-warning">
              {t("refused", { count: span.refused, text: f.count(span.refused) })}
            </p>
          )}
        </div>
      ))}
    </div>
  );
}

const whole = (hundredths: bigint) => (hundredths / 100n) * 100n;

const amount = (row: keyof Cost, cost: Cost, f: Formats) =>
  row === "discountMinor" ? f.money(whole(cost[row]), { whole: "drop" }) : f.points(whole(cost[row]));
