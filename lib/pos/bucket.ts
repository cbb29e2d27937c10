/** A token bucket: how many requests a key may still make. Pure. */
export type Bucket = { readonly tokens: number; readonly at: number };

/**
 * Takes one token, or says how long until there is one.
 *
 * Units: `perSecond` tokens flow in, `burst` fit in; times in milliseconds. A clock that went back gives nothing.
 */
export function take(
  bucket: Bucket | undefined,
  now: number,
  perSecond: number,
  burst: number,
): { bucket: Bucket; waitMs: number } {
  const before = bucket ?? { tokens: burst, at: now };
  const flowed = (Math.max(0, now - before.at) * perSecond) / 1_000;
  const tokens = Math.min(burst, before.tokens + flowed);
  const at = Math.max(now, before.at);
  if (tokens >= 1) return { bucket: { tokens: tokens - 1, at }, waitMs: 0 };
  return { bucket: { tokens, at }, waitMs: Math.ceil(((1 - tokens) * 1_000) / perSecond) };
}

const KEPT_MAX = 10_000;
const buckets = new Map<string, Bucket>();

/** The same for a key of this process. Answers the milliseconds to wait; 0 means go. */
export function takeFor(key: string, now: number, perSecond: number, burst: number): number {
  const { bucket, waitMs } = take(buckets.get(key), now, perSecond, burst);
  if (buckets.size >= KEPT_MAX && !buckets.has(key)) {
    const [oldest] = buckets.keys();
    if (oldest !== undefined) buckets.delete(oldest);
  }
  buckets.set(key, bucket);
  return waitMs;
}
