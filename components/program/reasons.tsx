import { getLocale, getTranslations } from "next-intl/server";
import { cx } from "@/components/ui/cx";
import { formats } from "@/lib/platform/i18n/format";
import type { Reason } from "@/lib/program/model";
import { missedTexts, reasonTexts } from "./reason-text";

/** Why an operation came out as it did, as sentences in the reader's language; offers that were near wait behind a fold. */
export async function Reasons({
  because,
  business,
  className,
}: {
  because: readonly Reason[];
  business: { zone: string; currency: string };
  className?: string;
}) {
  const [locale, t] = await Promise.all([getLocale(), getTranslations("reasons")]);
  const shown = formats({ ...business, locale });
  const lines = reasonTexts(because, t, shown);
  const missed = missedTexts(because, t, shown);
  if (lines.length + missed.length === 0) return null;
  return (
    <div className={cx("grid gap-2 text-sm text-muted", className)}>
      <Sentences lines={lines} />
      {missed.length > 0 && (
        <details>
          <summary className="cursor-pointer py-1 underline decoration-line-strong underline-offset-4">
            {t("missedTitle")}
          </summary>
          <Sentences lines={missed} />
        </details>
      )}
    </div>
  );
}

function Sentences({ lines }: { lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <ul className="grid gap-1">
      {lines.map((line) => (
        <li key={line} className="flex gap-2">
          <span aria-hidden="true" className="mt-[0.5625rem] size-1 shrink-0 rounded-full bg-line-strong" />
          <span className="min-w-0 wrap-anywhere">{line}</span>
        </li>
      ))}
    </ul>
  );
}
