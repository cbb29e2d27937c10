"use client";
import { useRouter } from "next/navigation";
import { useEffect, useTransition } from "react";

const EVERY_MS = 1_500;

/** Renders nothing; reads the page anew while something is under way and somebody looks, each time only once it has been read. */
export function RunRefresh() {
  const router = useRouter();
  const [isReading, read] = useTransition();
  useEffect(() => {
    if (isReading) return;
    const timer = setInterval(() => {
      if (!document.hidden) read(() => router.refresh());
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [router, isReading]);
  return null;
}
