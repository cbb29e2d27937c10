"use client";
import { useTranslations } from "next-intl";
import { missedTexts, reasonTexts } from "@/components/program/reason-text";
import type { Trial, Tried } from "@/lib/sales";
import { useEditing } from "./edit-context";

const ROWS = ["discountMinor", "cashMinor", "earned", "maxPoints"] as const;

/** The bill as it is and as it would be, with the reasons of what would be. */
export function TryAnswer({ trial: { before, after } }: { trial: Trial }) {
  const t = useTranslations("rules.try");
  const reasons = useTranslations("reasons");
  const { words } = useEditing();
  if (!after.ok || !before.ok) return <p className="text-sm text-warning">{t("tooLarge")}</p>;
  const missed = missedTexts(after.because, reasons, words.f);
  return (
    <section aria-live="polite" aria-label={t("answer")} className="grid gap-3 border-t pt-4">
      <table className="w-full text-sm">
        <thead>
          <tr className="text-faint">
            <th className="sr-only">{t("what")}</th>
            <th scope="col" className="w-1/4 py-1 text-right font-normal">
              {t("before")}
            </th>
            <th scope="col" className="w-1/4 py-1 text-right font-normal">
              {t("after")}
            </th>
          </tr>
        </thead>
        <tbody>
          {ROWS.map((row) => {
            const [was, is] = [amount(row, before, words.f), amount(row, after, words.f)];
            return (
              <tr key={row}>
                <th scope="row" className="py-1 pr-2 text-left font-normal">
                  {t(`row.${row}`)}
                </th>
                <td className="py-1 text-right whitespace-nowrap text-muted tabular-nums">{was}</td>
                <td
                  className={`py-1 text-right whitespace-nowrap tabular-nums ${was === is ? "" : "font-semibold text-brand"}`}
                >
                  {is}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <ul className="grid list-disc gap-1 pl-5 text-sm text-muted">
        {reasonTexts(after.because, reasons, words.f).map((text) => (
          <li key={text}>{text}</li>
        ))}
        {missed.map((text) => (
          <li key={text} className="text-faint">
            {text}
          </li>
        ))}
      </ul>
    </section>
  );
}

type Worked = Extract<Tried, { ok: true }>;
const amount = (
  row: (typeof ROWS)[number],
  tried: Worked,
  f: ReturnType<typeof useEditing>["words"]["f"],
): string =>
  row === "earned" || row === "maxPoints" ? f.points(tried[row]) : f.money(tried[row], { whole: "drop" });
