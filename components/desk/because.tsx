"use client";
import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { formats } from "@/lib/platform/i18n/format";
import type { Reason } from "@/lib/program/model";
import { missedTexts, reasonTexts } from "../program/reason-text";
import { useDesk } from "./setting";

/** "Why so much?": the answer behind one tap. */
export function Because({ because }: { because: readonly Reason[] }) {
  const t = useTranslations("desk.sale");
  const reasons = useTranslations("reasons");
  const desk = useDesk();
  const lines = reasonTexts(because, reasons, formats(desk));
  const missed = missedTexts(because, reasons, formats(desk));
  if (lines.length + missed.length === 0) return null;
  return (
    <details className="group text-sm">
      <summary className="flex min-h-12 list-none items-center gap-1.5 font-medium text-brand [&::-webkit-details-marker]:hidden">
        {t("why")}
        <ChevronDown aria-hidden="true" className="size-4 transition-transform group-open:rotate-180" />
      </summary>
      <Sentences lines={lines} />
      {missed.length > 0 && (
        <>
          <p className="pt-1 pb-1.5 font-medium">{reasons("missedTitle")}</p>
          <Sentences lines={missed} />
        </>
      )}
    </details>
  );
}

function Sentences({ lines }: { lines: readonly string[] }) {
  return (
    <ul className="grid gap-1.5 pb-2 text-muted">
      {lines.map((line) => (
        <li key={line} className="flex gap-2">
          <span aria-hidden="true">·</span>
          <span className="min-w-0 break-words">{line}</span>
        </li>
      ))}
    </ul>
  );
}
