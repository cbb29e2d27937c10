/** A token bucket: how many requests a key may still make, in thousandths so that a millisecond's share is whole. */
export type Bucket = { readonly milliTokens: number; readonly at: number };

const ONE = 1_000;

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
  const before = bucket ?? { milliTokens: burst * ONE, at: now };
  const flowed = Math.max(0, now - before.at) * perSecond;
  const milliTokens = Math.min(burst * ONE, before.milliTokens + flowed);
  const at = Math.max(now, before.at);
  if (milliTokens >= ONE) return { bucket: { milliTokens: milliTokens - ONE, at }, waitMs: 0 };
  return { bucket: { milliTokens, at }, waitMs: Math.ceil((ONE - milliTokens) / perSecond) };
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
