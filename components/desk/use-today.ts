"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Operation } from "@/lib/sales";
import { ask, type Trouble } from "./ask";
import type { Wire } from "./wire";

export type TodayList = {
  readonly operations: readonly Wire<Operation>[];
  readonly trouble: Trouble | null;
  readonly refresh: () => Promise<void>;
};

/** Looked at again this often even when no news came, for the day that ends and the line that broke. */
const AGAIN_MS = 30_000;

/** Today's operations, kept fresh: at once on news, by and by without. */
export function useToday(first: readonly Wire<Operation>[]): TodayList {
  const [operations, setOperations] = useState(first);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const asked = useRef(0);

  const refresh = useCallback(async () => {
    asked.current += 1;
    const mine = asked.current;
    const answer = await ask<Operation[]>("today");
    if (mine !== asked.current) return; // a later question is under way
    setTrouble(answer.ok ? null : answer.trouble);
    if (answer.ok) setOperations(answer.value);
  }, []);

  useEffect(() => {
    const again = () => void refresh();
    const seen = () => document.visibilityState === "visible" && again();
    const news = new EventSource("/api/live");
    news.addEventListener("news", again);
    const timer = setInterval(seen, AGAIN_MS);
    document.addEventListener("visibilitychange", seen);
    window.addEventListener("online", again);
    return () => {
      news.close();
      clearInterval(timer);
      document.removeEventListener("visibilitychange", seen);
      window.removeEventListener("online", again);
    };
  }, [refresh]);

  return { operations, trouble, refresh };
}
