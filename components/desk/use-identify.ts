"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Guest } from "@/lib/sales";
import { readTyped, type Typed } from "@/lib/sales/model";
import type { Named } from "@/lib/sales/schema";
import { ask, type Trouble } from "./ask";
import { useDesk } from "./setting";
import type { Wire } from "./wire";

/** Six digits and a breath: a code. Who goes on typing is writing a phone. */
const BREATH_MS = 450;

export type Complaint = "unfinished" | "unreadable" | Trouble;

/** Finds whoever is named by what was typed, scanned or picked. */
export function useIdentify(onMet: (by: Named, guest: Wire<Guest>) => void) {
  const { homeLocale } = useDesk();
  const [text, setText] = useState("");
  const [complaint, setComplaint] = useState<Complaint | null>(null);
  const [isBusy, setBusy] = useState(false);
  const calls = useRef<AbortController | null>(null);
  const [isByName, setByName] = useState(false);
  const typed: Typed = isByName ? { kind: "name", name: text } : readTyped(text, homeLocale);

  const look = useCallback(
    async (by: Named, isQuiet = false) => {
      calls.current?.abort();
      const call = new AbortController();
      calls.current = call;
      setBusy(!isQuiet);
      if (!isQuiet) setComplaint(null);
      const answer = await ask<Guest>("guest", { body: { by }, signal: call.signal });
      if (call.signal.aborted) return;
      setBusy(false);
      if (answer.ok) onMet(by, answer.value);
      else if (!isQuiet || answer.trouble.code === "code_unknown") setComplaint(answer.trouble);
    },
    [onMet],
  );

  const change = (next: string) => {
    calls.current?.abort();
    setBusy(false);
    setComplaint(null);
    setText(next);
  };

  const toggleName = () => {
    setByName(!isByName);
    change("");
  };

  const submit = () => {
    if (typed.kind === "code") void look({ code: typed.code });
    else if (typed.kind === "phone") void look({ phone: typed.phone });
    else if (typed.kind !== "name") setComplaint(typed.kind);
  };

  const code = typed.kind === "code" ? typed.code : null;
  useEffect(() => {
    if (code === null) return;
    const breath = setTimeout(() => void look({ code }, true), BREATH_MS);
    return () => clearTimeout(breath);
  }, [code, look]);
  useEffect(() => () => calls.current?.abort(), []);

  return { text, typed, isByName, toggleName, change, submit, look, isBusy, complaint };
}
