"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Effect } from "@/lib/program";
import { previewProgramme } from "@/lib/program/actions";
import type { ProgrammeSettings } from "@/lib/program/schema";
import type { Failure } from "./use-act";

const PAUSE_MS = 350;

export type Draft = {
  settings: ProgrammeSettings;
  /** Changes one part; `undefined` says that what stands in the field is no value, so the part stays as it was. */
  set: <K extends keyof ProgrammeSettings>(name: K, value: ProgrammeSettings[K] | undefined) => void;
  /** Marks any named field as holding no value, or a value again. */
  mark: (path: string, isFine: boolean) => void;
  /** Takes back every mark under a path: what was marked there is gone. */
  forget: (prefix: string) => void;
};

/** A programme being changed, and its effect as the server works it out a moment after each change. */
export function useProgrammeDraft(start: ProgrammeSettings, effectNow: Effect) {
  const [settings, setSettings] = useState(start);
  const [broken, setBroken] = useState<ReadonlySet<string>>(new Set());
  const [effect, setEffect] = useState(effectNow);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isPending, setPending] = useState(false);
  const asked = useRef(0);

  useEffect(() => {
    if (settings === start) return;
    const turn = ++asked.current;
    const ask = async () => {
      const result = await previewProgramme(null, { settings }).catch(
        (): Failure => ({ ok: false, code: "internal" }),
      );
      if (turn !== asked.current) return; // an older answer must not cover a newer question
      setPending(false);
      setFailure(result.ok ? null : result);
      if (result.ok) setEffect(result.value);
    };
    const timer = setTimeout(() => void ask(), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [settings, start]);

  const mark = useCallback<Draft["mark"]>((path, isFine) => {
    setBroken((before) => {
      if (before.has(path) !== isFine) return before;
      const next = new Set(before);
      if (isFine) next.delete(path);
      else next.add(path);
      return next;
    });
  }, []);
  const forget = useCallback<Draft["forget"]>((prefix) => {
    setBroken((before) => new Set([...before].filter((path) => !path.startsWith(prefix))));
  }, []);
  const set = useCallback<Draft["set"]>(
    (name, value) => {
      mark(name, value !== undefined);
      if (value === undefined) return;
      setPending(true);
      setSettings((before) => ({ ...before, [name]: value }));
    },
    [mark],
  );
  const draft: Draft = { settings, set, mark, forget };
  return { draft, effect, failure, isPending, isBroken: broken.size > 0 };
}
