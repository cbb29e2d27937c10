"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useTransition } from "react";

/** A busy till must not make an open office reload all the time. */
const REFRESH_MIN_MS = 1_500;

/**
 * Renders nothing; reads the page anew whenever something happened in the business, while the page is being looked at.
 *
 * Shape: one reading at a time: a page that takes longer than news keep coming is read again when it is there, not beside itself.
 */
export function LiveRefresh() {
  const router = useRouter();
  const [isReading, startReading] = useTransition();
  const reading = useRef({ isOn: false, onEnd: () => {} });
  useEffect(() => {
    reading.current.isOn = isReading;
    if (!isReading) reading.current.onEnd();
  }, [isReading]);
  useEffect(() => {
    const source = new EventSource("/api/live");
    const now = reading.current;
    let last = 0;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let isMissed = false;
    const refresh = () => {
      waiting = undefined;
      isMissed = document.hidden || now.isOn;
      if (isMissed) return;
      last = Date.now();
      startReading(() => router.refresh());
    };
    const onNews = () => {
      waiting ??= setTimeout(refresh, Math.max(0, last + REFRESH_MIN_MS - Date.now()));
    };
    const onLook = () => {
      if (!document.hidden && isMissed) onNews();
    };
    now.onEnd = onLook;
    source.addEventListener("news", onNews);
    document.addEventListener("visibilitychange", onLook);
    return () => {
      source.close();
      clearTimeout(waiting);
      now.onEnd = () => {};
      document.removeEventListener("visibilitychange", onLook);
    };
  }, [router]);
  return null;
}
