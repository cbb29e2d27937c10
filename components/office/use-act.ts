"use client";
import { useRouter } from "next/navigation";
import { useCallback, useRef, useState, useTransition } from "react";
import { useToast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/access";

export type Failure = Extract<ActionResult<unknown>, { ok: false }>;

/**
 * Runs a server action from a form of the office: waits, says it was done, reads the page anew; or keeps what went wrong.
 *
 * Shape: every form carries a key of its own, new after each success, so that a press repeated over a bad network is one act.
 */
export function useAct<Input extends object, Value>(
  act: (previous: null, input: Input) => Promise<ActionResult<Value>>,
  { said, onDone }: { said?: string; onDone?: (value: Value) => void } = {},
) {
  const router = useRouter();
  const toast = useToast();
  const [isPending, start] = useTransition();
  const [failure, setFailure] = useState<Failure | null>(null);
  const key = useRef<string>(undefined);
  const run = (input: Input) => {
    start(async () => {
      key.current ??= crypto.randomUUID();
      const result = await act(null, { ...input, idempotencyKey: key.current }).catch(
        (): Failure => ({ ok: false, code: "internal" }),
      );
      if (!result.ok) {
        setFailure(result);
        return;
      }
      key.current = undefined;
      setFailure(null);
      if (said !== undefined) toast(said);
      onDone?.(result.value);
      router.refresh();
    });
  };
  const forget = useCallback(() => {
    setFailure(null);
    key.current = undefined;
  }, []);
  return { run, isPending, failure, forget };
}
