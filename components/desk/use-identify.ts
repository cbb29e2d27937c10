"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import type { DeskFound, Guest } from "@/lib/sales";
import { readTyped, type Typed } from "@/lib/sales/model";
import type { Named } from "@/lib/sales/schema";
import { ask, type Trouble } from "./ask";
import { useDesk } from "./setting";
import type { Wire } from "./wire";

/** Six digits and a breath: a code. Who goes on typing is writing a phone. */
const BREATH_MS = 450;

export type Complaint = "unfinished" | "unreadable" | "ownerless" | Trouble;
/** `shown`: the code of something they hold or a certificate, to be brought to the bill at once. */
export type OnMet = (by: Named, guest: Wire<Guest>, shown: string | null) => void;

/** Finds whoever is named by what was typed, scanned or picked. */
export function useIdentify(onMet: OnMet) {
  const { homeLocale } = useDesk();
  const [text, setText] = useState("");
  const [complaint, setComplaint] = useState<Complaint | null>(null);
  const [isBusy, setBusy] = useState(false);
  const calls = useRef<AbortController | null>(null);
  const [isByName, setByName] = useState(false);
  const typed: Typed = isByName ? { kind: "name", name: text } : readTyped(text, homeLocale);

  const look = useCallback(
    async (by: Named, isQuiet = false, shown: string | null = null) => {
      calls.current?.abort();
      const call = new AbortController();
      calls.current = call;
      setBusy(!isQuiet);
      if (!isQuiet) setComplaint(null);
      const answer = await ask<Guest>("guest", { body: { by }, signal: call.signal });
      if (call.signal.aborted) return;
      setBusy(false);
      if (answer.ok) onMet(by, answer.value, shown);
      else if (!isQuiet || answer.trouble.code === "code_unknown") setComplaint(answer.trouble);
    },
    [onMet],
  );

  /** Something held names whose card it is on. */
  const lookHeld = async (shown: string) => {
    calls.current?.abort();
    const call = new AbortController();
    calls.current = call;
    setBusy(true);
    setComplaint(null);
    const answer = await ask<DeskFound>("find", { body: { code: shown }, signal: call.signal });
    if (call.signal.aborted) return;
    setBusy(false);
    if (!answer.ok) setComplaint(answer.trouble);
    else if (answer.value.memberId === null) setComplaint("ownerless");
    else await look({ memberId: answer.value.memberId }, false, shown);
  };

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

  const take = (found: Typed) => {
    if (found.kind === "code") void look({ code: found.code });
    else if (found.kind === "phone") void look({ phone: found.phone });
    else if (found.kind === "held") void lookHeld(found.code);
    else if (found.kind !== "name") setComplaint(found.kind);
  };
  const submit = () => take(typed);
  const scanned = (code: string) => {
    change(code);
    take(readTyped(code, homeLocale));
  };

  const code = typed.kind === "code" ? typed.code : null;
  useEffect(() => {
    if (code === null) return;
    const breath = setTimeout(() => void look({ code }, true), BREATH_MS);
    return () => clearTimeout(breath);
  }, [code, look]);
  useEffect(() => () => calls.current?.abort(), []);

  return { text, typed, isByName, toggleName, change, submit, scanned, look, isBusy, complaint };
}
