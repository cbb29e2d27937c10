import type { Refusal } from "@/lib/kernel/refusals";

/** What a form learns of its call; `offline` when the call itself did not get through. */
export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: Refusal | "internal" | "offline" };

/** A call that did not get through at all. A redirect of ours travels as a throw and passes. */
export function unanswered(error: unknown): { ok: false; code: "offline" } {
  if (typeof error === "object" && error !== null && "digest" in error) throw error;
  return { ok: false, code: "offline" };
}
