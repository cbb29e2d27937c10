"use client";
import { useCallback, useMemo, useState } from "react";
import type { Hold } from "@/lib/program/model";
import { ask } from "./ask";
import type { Brings } from "./use-quote";
import type { Wire } from "./wire";

export type Certified = { readonly code: string; readonly balanceMinor: number };

/** What the person at the desk brings to the bill: uses set aside for it, and a certificate. */
export function useBrings() {
  const [holds, setHolds] = useState<readonly Wire<Hold>[]>([]);
  const [certificate, setCertificate] = useState<Certified | null>(null);
  const add = useCallback(
    (hold: Wire<Hold>) => setHolds((before) => [...before.filter(({ id }) => id !== hold.id), hold]),
    [],
  );
  const drop = useCallback(
    (holdId: number) => setHolds((before) => before.filter(({ id }) => id !== holdId)),
    [],
  );
  /** Forgets everything; what nobody used goes back at once instead of in ten minutes. */
  const clear = useCallback((isUsed: boolean) => {
    setHolds((before) => {
      if (!isUsed) for (const { id } of before) void ask("settle", { body: { holdId: id, act: "release" } });
      return [];
    });
    setCertificate(null);
  }, []);
  const brings = useMemo<Brings>(
    () => ({ holds: holds.map(({ id }) => id), certificate: certificate?.code ?? null }),
    [holds, certificate],
  );
  return { holds, add, drop, certificate, setCertificate, brings, clear };
}
export type BringsState = ReturnType<typeof useBrings>;
