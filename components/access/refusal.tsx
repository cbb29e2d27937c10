"use client";
import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";

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
  const minutes = useMinutesLeft(outcome);
  if (!outcome || outcome.ok) return undefined;
  if (outcome.code === "locked" && minutes !== undefined) return t("lockedFor", { minutes });
  return codes.has(outcome.code as "internal") ? codes(outcome.code as "internal") : codes("internal");
}

/** Minutes until a lock opens, at least one; counted down every few seconds. */
function useMinutesLeft(outcome: Outcome | null): number | undefined {
  const seconds = outcome && !outcome.ok ? outcome.detail?.retryAfterSeconds : undefined;
  const [elapsed, setElapsed] = useState(0);
  useEffect(() => {
    if (outcome === null || outcome.ok) return;
    const from = performance.now();
    const timer = setInterval(() => setElapsed((performance.now() - from) / 1000), 5_000);
    return () => {
      clearInterval(timer);
      setElapsed(0);
    };
  }, [outcome]);
  return typeof seconds === "number" ? Math.max(1, Math.ceil((seconds - elapsed) / 60)) : undefined;
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
