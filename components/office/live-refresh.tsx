"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** A busy till must not make an open office reload all the time. */
const REFRESH_MIN_MS = 1_500;

/** Renders nothing; reads the page anew whenever something happened in the business, while the page is being looked at. */
export function LiveRefresh() {
  const router = useRouter();
  useEffect(() => {
    const source = new EventSource("/api/live");
    let last = 0;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let isMissed = false;
    const refresh = () => {
      waiting = undefined;
      isMissed = document.hidden;
      if (document.hidden) return;
      last = Date.now();
      router.refresh();
    };
    const onNews = () => {
      waiting ??= setTimeout(refresh, Math.max(0, last + REFRESH_MIN_MS - Date.now()));
    };
    const onLook = () => {
      if (!document.hidden && isMissed) onNews();
    };
    source.addEventListener("news", onNews);
    document.addEventListener("visibilitychange", onLook);
    return () => {
      source.close();
      clearTimeout(waiting);
      document.removeEventListener("visibilitychange", onLook);
    };
  }, [router]);
  return null;
}
