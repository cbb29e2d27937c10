"use client";
import { useEffect, useRef, useState } from "react";
import type { z } from "zod";
import type { SimulationResult } from "@/lib/program";
import type { simulationAsked } from "@/lib/program/schema";

/** Amounts come as JSON numbers of hundredths. */
type Numbers<T> = {
  [K in keyof T]: T[K] extends bigint ? number : T[K] extends object ? Numbers<T[K]> : T[K];
};
export type Played = Numbers<SimulationResult>;
/** Rules and settings with plain numbers for amounts, as `plain` writes them. */
export type Asked = Omit<z.input<typeof simulationAsked>, "settings" | "put"> & {
  settings?: unknown;
  put?: readonly { id: string | null; body: unknown }[];
};

export type Run =
  | { state: "idle" }
  | { state: "running"; done: number; total: number }
  | { state: "played"; result: Played }
  | { state: "failed"; code: string };

type Line = { done: number; total: number } | { result: Played } | { code: string };

/** Plays the past again on the server, told how far it is; stopped by the button, a new run, or leaving the page. */
export function useSimulation() {
  const [run, setRun] = useState<Run>({ state: "idle" });
  const current = useRef<AbortController>(undefined);
  useEffect(() => () => current.current?.abort(), []);
  const start = async (asked: Asked) => {
    current.current?.abort();
    const mine = new AbortController();
    current.current = mine;
    setRun({ state: "running", done: 0, total: 0 });
    try {
      const answer = await fetch("/api/office/simulation", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(asked),
        signal: mine.signal,
      });
      if (!answer.ok) {
        const { code = "internal" }: { code?: string } = await answer.json();
        setRun({ state: "failed", code });
        return;
      }
      let isOver = false;
      for await (const line of linesOf(answer)) {
        if (mine.signal.aborted) return;
        isOver = !("done" in line);
        setRun(shown(line));
      }
      // Another simulation of the same business took its place.
      if (!isOver) setRun({ state: "idle" });
    } catch {
      if (!mine.signal.aborted) setRun({ state: "failed", code: "internal" });
    }
  };
  const stop = () => {
    current.current?.abort();
    setRun({ state: "idle" });
  };
  return { run, start, stop };
}

function shown(line: Line): Run {
  if ("result" in line) return { state: "played", result: line.result };
  if ("code" in line) return { state: "failed", code: line.code };
  return { state: "running", done: line.done, total: line.total };
}

async function* linesOf(answer: Response): AsyncGenerator<Line> {
  const reader = answer.body?.getReader();
  if (!reader) return;
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    rest += decoder.decode(value, { stream: !done });
    const lines = rest.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const read: Line = JSON.parse(line);
      yield read;
    }
    if (done) return;
  }
}
