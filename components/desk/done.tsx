"use client";
import { Check, Sparkles } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { DeskSale } from "@/lib/sales";
import { Button } from "../ui/button";
import { Notice } from "../ui/notice";
import { Because } from "./because";
import { useDesk } from "./setting";
import type { Wire } from "./wire";

/** Long enough to read it out to the person; any touch stops the clock. */
const NEXT_S = 30;

/** What happened, said large; the next person after a tap or a while. */
export function Done({ sale, onNext }: { sale: Wire<DeskSale>; onNext: () => void }) {
  const t = useTranslations("desk.done");
  const { format } = useDesk();
  const { operation, guest } = sale;
  const { left, stop } = useCountdown(NEXT_S, onNext);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <section className="panel grid animate-rise gap-5 p-5 md:gap-6 md:p-8" onPointerDown={stop}>
      <div className="grid justify-items-center gap-3 text-center">
        <span
          aria-hidden="true"
          className="grid size-16 place-items-center rounded-full bg-success-soft text-success"
        >
          <Check className="size-9" />
        </span>
        <h1 ref={title} tabIndex={-1} className="grid gap-1 outline-none">
          <span className="text-lg font-medium text-muted">{t("title")}</span>
          <span className="text-headline font-semibold break-words tabular-nums">
            {t("take", { cash: format.money(operation.cashMinor) })}
          </span>
        </h1>
        <p className="max-w-full break-words text-muted">{guest.name}</p>
      </div>
      {sale.replayed && (
        <Notice tone="info" title={t("replayedTitle")}>
          {t("replayedText")}
        </Notice>
      )}
      {sale.reached && (
        <p className="flex items-center justify-center gap-2 rounded-lg bg-soft px-4 py-3 text-lg font-semibold text-brand">
          <Sparkles aria-hidden="true" className="size-5 shrink-0" />
          <span className="min-w-0 break-words">{t("reached", { tier: sale.reached })}</span>
        </p>
      )}
      <dl className="grid grid-cols-1 gap-3 sm:grid-cols-3">
        <Figure label={t("spent")}>
          {operation.pointsSpent > 0 ? format.signed(-operation.pointsSpent) : "0"}
        </Figure>
        <Figure label={t("earned")}>
          {operation.pointsEarned > 0 ? format.signed(operation.pointsEarned) : "0"}
        </Figure>
        <Figure label={t("balance")}>{format.points(guest.available)}</Figure>
      </dl>
      {guest.pending > 0 && (
        <p className="text-center text-muted">{t("pending", { points: format.points(guest.pending) })}</p>
      )}
      <Because because={operation.because} />
      <Button size="xl" onClick={onNext}>
        {left === null ? t("next") : t("nextIn", { seconds: left })}
      </Button>
    </section>
  );
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-3 rounded-lg bg-sunken px-4 py-3 sm:block">
      <dt className="text-sm text-muted">{label}</dt>
      <dd className="text-2xl font-semibold tracking-tight break-words tabular-nums">{children}</dd>
    </div>
  );
}

/** Seconds left until it happens by itself; null once somebody stopped it. */
function useCountdown(seconds: number, onEnd: () => void): { left: number | null; stop: () => void } {
  const [left, setLeft] = useState<number | null>(seconds);
  useEffect(() => {
    if (left === null) return;
    if (left === 0) return onEnd();
    const tick = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(tick);
  }, [left, onEnd]);
  return { left, stop: () => setLeft(null) };
}
