"use client";
import { useEffect, useState } from "react";
import type { Rule } from "@/lib/segments/model";

export type Person = { id: number; name: string | null; phone: string | null; email: string | null };
type Range = readonly [low: number, high: number];
export type Shown =
  | { state: "counting" }
  | { state: "found"; count: number; sample: readonly Person[]; between: Range | null }
  | { state: "refused"; code: string; fields: Record<string, string[]> };

const PAUSE_MS = 350;

/** How many a rule holds for, asked while it is changed: after a pause, and the question before is called off. */
export function usePreview(rule: Rule): Shown {
  const [shown, setShown] = useState<Shown>({ state: "counting" });
  const body = JSON.stringify({ rule });
  useEffect(() => {
    const gone = new AbortController();
    const ask = async () => {
      setShown({ state: "counting" });
      const answer = await fetch("/api/office/segments/preview", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body,
        signal: gone.signal,
      });
      setShown(await read(answer));
    };
    const timer = setTimeout(() => {
      ask().catch(() => {
        if (!gone.signal.aborted) setShown({ state: "refused", code: "internal", fields: {} });
      });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [body]);
  return shown;
}

async function read(answer: Response): Promise<Shown> {
  if (answer.ok) {
    const found: Omit<Extract<Shown, { state: "found" }>, "state"> = await answer.json();
    return { ...found, state: "found" };
  }
  const { code = "internal", fields = {} }: { code?: string; fields?: Record<string, string[]> } =
    await answer.json();
  return { state: "refused", code, fields };
}
