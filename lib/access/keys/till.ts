import "server-only";
import { sameText, sha256 } from "../../platform/crypto";
import type { Business, Context } from "../model";
import * as store from "./store";

/** How long an answer is believed: a till calls many times a second, a key is revoked once in its life. */
const FRESH_MS = 5_000;
const KEPT_MAX = 2_000;
const KEY_LENGTH_MAX = 200;

type Known = { readonly keyId: bigint; readonly business: Business; readonly readAt: number };

// Next's dev server loads modules again on change, and bundles may hold a module twice: one memory per process.
const kept = globalThis as typeof globalThis & { koloTills?: Map<string, Known> };
const tills = () => {
  kept.koloTills ??= new Map();
  return kept.koloTills;
};

/**
 * Who a till's key speaks for, or nothing when the key is wrong, revoked or another business's.
 *
 * Shape: one query, believed for at most five seconds; wrong keys are never remembered.
 * Time: `now` becomes the context's; freshness is measured by it too.
 */
export async function businessByKey(companyId: bigint, key: string, now: Date): Promise<Context | undefined> {
  if (key.length === 0 || key.length > KEY_LENGTH_MAX) return undefined;
  const keyHash = sha256(key);
  const name = `${companyId} ${keyHash}`;
  const known = tills().get(name);
  const age = known ? now.getTime() - known.readAt : Number.POSITIVE_INFINITY;
  if (known && age >= 0 && age < FRESH_MS) return contextOf(known, now);

  const found = await store.tillByKey(companyId, keyHash, now);
  if (!found || !sameText(found.keyHash, keyHash)) {
    tills().delete(name);
    return undefined;
  }
  const fresh = { keyId: found.keyId, business: found.business, readAt: now.getTime() };
  remember(name, fresh);
  return contextOf(fresh, now);
}

const contextOf = ({ keyId, business }: Known, now: Date): Context => ({
  actor: { kind: "till", id: keyId },
  business,
  now,
});

/** The oldest goes when there is no room: a Map keeps the order things were put in. */
function remember(name: string, known: Known): void {
  const map = tills();
  map.delete(name);
  if (map.size >= KEPT_MAX) {
    const [oldest] = map.keys();
    if (oldest !== undefined) map.delete(oldest);
  }
  map.set(name, known);
}

/** Stops believing a key that was revoked here. */
export function forgetTill(keyId: bigint): void {
  for (const [name, known] of tills()) if (known.keyId === keyId) tills().delete(name);
}

/** Reads a business anew with its tills' next call: after its profile changed here. */
export function forgetTillsOf(businessId: bigint): void {
  for (const [name, known] of tills()) if (known.business.id === businessId) tills().delete(name);
}
