import type { Refusal } from "@/lib/kernel/refusals";
import type { Wire } from "./wire";

/** Why there is no answer: the server said no, or nothing certain came back. */
export type Trouble = {
  readonly code: Refusal | "internal" | "no_connection";
  /** Hundredths that go with the refusal: the most allowed, what is left. */
  readonly limit: number | null;
};
export type Answer<T> = { ok: true; value: Wire<T> } | { ok: false; trouble: Trouble };

/** Slower than this is as good as no network: the person at the counter is told. */
const PATIENCE_MS = 12_000;
/** A refusal means nothing was written; after these it is not known. */
const isUnsure = (trouble: Trouble) => trouble.code === "no_connection" || trouble.code === "internal";

export { isUnsure };

/** Asks one of the desk's own addresses. Shape: `key` makes a repeated write count once; aborting answers nothing. */
export async function ask<T>(
  path:
    | "guest"
    | "quote"
    | "sales"
    | "refunds"
    | "today"
    | "members"
    | "holdings"
    | "holds"
    | "settle"
    | "take"
    | "code"
    | "find"
    | "awaiting"
    | "confirm",
  { body, key, signal }: { body?: unknown; key?: string; signal?: AbortSignal } = {},
): Promise<Answer<T>> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  try {
    const response = await fetch(`/api/desk/${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...(key !== undefined && { "Idempotency-Key": key }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: signal ? AbortSignal.any([signal, patience]) : patience,
      cache: "no-store",
    });
    const said: unknown = await response.json();
    if (response.ok) return { ok: true, value: said as Wire<T> }; // oxlint-disable-line typescript/no-unsafe-type-assertion -- our own route answers what its verb returns
    return { ok: false, trouble: troubleOf(said) };
  } catch {
    return { ok: false, trouble: { code: "no_connection", limit: null } };
  }
}

function troubleOf(problem: unknown): Trouble {
  const { code, values } = Object(problem) as { code?: Refusal; values?: Record<string, unknown> }; // oxlint-disable-line typescript/no-unsafe-type-assertion -- every part is looked at below
  const limit = values?.limit ?? values?.left;
  return {
    code: typeof code === "string" ? code : "internal",
    limit: typeof limit === "number" ? limit : null,
  };
}

/** A key no other write has. Works without `crypto.randomUUID`, which browsers hide on plain http. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
