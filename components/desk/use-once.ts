"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { type Answer, ask, isUnsure, newKey, type Trouble } from "./ask";
import type { Wire } from "./wire";

type State =
  | { readonly is: "ready" }
  | { readonly is: "sending"; readonly isRepeat: boolean }
  | { readonly is: "refused"; readonly trouble: Trouble }
  /** Sent, and nobody knows whether it arrived: only the very same thing may be sent again. */
  | { readonly is: "unsure"; readonly trouble: Trouble };

/**
 * A write that happens once, whatever the network and the finger do.
 *
 * Shape: one key from the first press until an answer; a second press while under way does nothing; after silence `repeat`
 * sends the same body with the same key; leaving the page is warned about until then.
 */
export function useOnce<T>(
  path: "sales" | "refunds",
  onDone: (value: Wire<T>, wasRepeated: boolean) => void,
) {
  const [state, setState] = useState<State>({ is: "ready" });
  const sent = useRef<{ body: unknown; key: string } | null>(null);
  const isUnderWay = useRef(false);

  const deliver = useCallback(
    async (isRepeat: boolean) => {
      if (isUnderWay.current || !sent.current) return;
      isUnderWay.current = true;
      setState({ is: "sending", isRepeat });
      const answer: Answer<T> = await ask<T>(path, sent.current);
      isUnderWay.current = false;
      if (!answer.ok && isUnsure(answer.trouble)) return setState({ is: "unsure", trouble: answer.trouble });
      sent.current = null;
      if (!answer.ok) return setState({ is: "refused", trouble: answer.trouble });
      setState({ is: "ready" });
      onDone(answer.value, isRepeat);
    },
    [path, onDone],
  );
  const send = (body: unknown) => {
    if (sent.current) return;
    sent.current = { body, key: newKey() };
    void deliver(false);
  };
  const repeat = () => void deliver(true);
  const forgive = () => setState((now) => (now.is === "refused" ? { is: "ready" } : now));

  const isHeld = state.is === "unsure" || state.is === "sending";
  useEffect(() => {
    if (!isHeld) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isHeld]);

  return { state, send, repeat, forgive, isHeld };
}
