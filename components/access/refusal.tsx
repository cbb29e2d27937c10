"use client";
import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";

const MINUTE_MS = 60_000;

/** What a door's action answered, as far as this needs to know. */
export type Outcome =
  | { ok: true }
  | {
      ok: false;
      code: string;
      detail?: Readonly<Record<string, unknown>>;
      fields?: Record<string, string[]>;
    };

/** The sentence for a refusal at the door; how long a lock lasts counts down by itself. */
export function useRefusal(outcome: Outcome | null): string | undefined {
  const t = useTranslations("enter");
  const codes = useTranslations("codes");
  const retryAt = outcome && !outcome.ok ? outcome.detail?.retryAt : undefined;
  const minutes = useMinutesUntil(typeof retryAt === "string" ? retryAt : undefined);
  if (!outcome || outcome.ok) return undefined;
  if (outcome.code === "locked" && minutes !== undefined) return t("lockedFor", { minutes });
  return codes.has(outcome.code as "internal") ? codes(outcome.code as "internal") : codes("internal");
}

/** Minutes left until an instant, at least one; counted anew every few seconds. */
function useMinutesUntil(instant: string | undefined): number | undefined {
  const [clock, setClock] = useState({ instant, now: 0 });
  // A new instant is counted from when it came, not from when the page was opened.
  if (clock.instant !== instant) setClock({ instant, now: Date.now() });
  useEffect(() => {
    if (instant === undefined) return;
    const timer = setInterval(() => setClock({ instant, now: Date.now() }), 5_000);
    return () => clearInterval(timer);
  }, [instant]);
  return instant === undefined
    ? undefined
    : Math.max(1, Math.ceil((Date.parse(instant) - clock.now) / MINUTE_MS));
}

/** A place kept for one sentence, so that nothing moves when it comes. */
export function RefusalSlot({ text }: { text: string | undefined }) {
  return (
    <p role="alert" className="flex min-h-14 items-center gap-2 py-2 text-sm text-danger">
      {text !== undefined && (
        <>
          <CircleAlert aria-hidden="true" className="size-4.5 shrink-0" />
          <span>{text}</span>
        </>
      )}
    </p>
  );
}
