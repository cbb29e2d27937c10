import { getLocale, getTranslations } from "next-intl/server";
import { cx } from "@/components/ui/cx";
import { formats } from "@/lib/platform/i18n/format";
import type { Reason } from "@/lib/program/model";
import { reasonTexts } from "./reason-text";

/** Why an operation came out as it did, as a list of sentences in the reader's language. */
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
  const lines = reasonTexts(because, t, formats({ ...business, locale }));
  if (lines.length === 0) return null;
  return (
    <ul className={cx("grid gap-1 text-sm text-muted", className)}>
      {lines.map((line) => (
        <li key={line} className="flex gap-2">
          <span aria-hidden="true" className="mt-[0.5625rem] size-1 shrink-0 rounded-full bg-line-strong" />
          <span className="min-w-0 wrap-anywhere">{line}</span>
        </li>
      ))}
    </ul>
  );
}
