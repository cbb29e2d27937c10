"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Failure } from "@/components/office/use-act";
import { checkRule } from "@/lib/program/actions";
import type { Finding, RuleBody, When } from "@/lib/program/model";
import { unfinished } from "./conditions";

const PAUSE_MS = 400;

/** A rule being written, with what the server says of it a moment after each change. */
export function useRuleDraft(id: bigint | null, start: RuleBody) {
  const [body, setBody] = useState(start);
  const [broken, setBroken] = useState<ReadonlySet<string>>(new Set());
  const [findings, setFindings] = useState<readonly Finding[]>([]);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isChecking, setChecking] = useState(false);
  const asked = useRef(0);
  const missing = unfinished(body);
  const isReady = broken.size === 0 && missing.length === 0 && body.name.trim() !== "";

  useEffect(() => {
    const turn = ++asked.current;
    if (!isReady) return;
    const ask = async () => {
      const result = await checkRule(null, { id, body }).catch(
        (): Failure => ({ ok: false, code: "internal" }),
      );
      if (turn !== asked.current) return; // an older answer must not cover a newer question
      setChecking(false);
      setFailure(result.ok ? null : result);
      if (result.ok) setFindings(result.value);
    };
    const timer = setTimeout(() => void ask(), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [id, body, isReady]);

  const mark = useCallback((field: string, isFine: boolean) => {
    setBroken((before) => {
      if (before.has(field) !== isFine) return before;
      const next = new Set(before);
      if (isFine) next.delete(field);
      else next.add(field);
      return next;
    });
  }, []);
  const change = useCallback((part: Partial<RuleBody>) => {
    setChecking(true);
    // Fields that went with what they belonged to say nothing any more.
    if (part.gives || part.when)
      setBroken((before) => (before.size === 0 ? before : stillThere(before, part)));
    setBody((before) => ({ ...before, ...part }));
  }, []);
  const ask = useCallback((part: Partial<When>) => {
    setChecking(true);
    setBody((before) => ({ ...before, when: { ...before.when, ...part } }));
  }, []);
  const isRefused = findings.some(({ level }) => level === "refuse");
  return { body, change, ask, mark, findings, failure, missing, isReady, isChecking, isRefused };
}

function stillThere(broken: ReadonlySet<string>, { gives, when }: Partial<RuleBody>): ReadonlySet<string> {
  const gone = (field: string) =>
    (gives !== undefined && /^(gives|bands|caps|livesDays)/.test(field)) ||
    (when !== undefined && /^(minBillMinor|visit|birthday|anniversary)/.test(field));
  return new Set([...broken].filter((field) => !gone(field)));
}
