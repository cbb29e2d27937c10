"use client";
import { WifiOff } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { watchCard } from "./live-state";

/** The first news is acted on at once; what comes with it (a purchase has several events) shares the next look. */
const GATHER_MS = 250;
/** A renewal that changed nothing (a clock that is off) is not tried again at once. */
const RENEW_MIN_MS = 30_000;

/**
 * Keeps the card true: reads it again when the till did something and before its code runs out, and says so in words when
 * the server cannot be reached. Renders only that banner.
 */
export function Live({
  business,
  state,
  renewInMs,
  offline,
}: {
  business: string;
  state: string;
  /** When a new code is due, counted from when the page was made; null: there is no code. */
  renewInMs: number | null;
  /** "No network. As of 14:05." */
  offline: string;
}) {
  const router = useRouter();
  const [isReached, setReached] = useState(true);
  const shown = useRef(state);
  useEffect(() => {
    shown.current = state;
  }, [state]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isMore = false;
    const onNews = () => {
      if (timer !== undefined) {
        isMore = true;
        return;
      }
      router.refresh();
      timer = setTimeout(() => {
        timer = undefined;
        if (isMore) onNews();
        isMore = false;
      }, GATHER_MS);
    };
    const stop = watchCard(business, {
      onNews,
      onReach: setReached,
      shown: () => shown.current,
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [business, router]);

  useEffect(() => {
    if (renewInMs === null || !isReached) return;
    const timer = setTimeout(() => router.refresh(), Math.max(RENEW_MIN_MS, renewInMs));
    return () => clearTimeout(timer);
  }, [renewInMs, isReached, router]);

  return (
    <div role="status" className="empty:-mb-5">
      {!isReached && (
        <p className="flex items-start gap-2.5 rounded-lg bg-warning-soft px-4 py-3 text-sm font-medium text-warning">
          <WifiOff aria-hidden="true" className="mt-px size-4.5 shrink-0" />
          {offline}
        </p>
      )}
    </div>
  );
}
