const EPOCH_MS = 946_684_800_000; // 2000-01-01, the same as next_id() in the database
const LOW_BITS = 12n;
const LOW_COUNT = 4096;

let low = Math.floor(Math.random() * LOW_COUNT);
let lastMs = 0;
let usedInLastMs = 0;

/**
 * A new number for a business, member, operation ...: sortable by time, below 2^53 until 2069.
 *
 * Shape: milliseconds since 2000 above twelve low bits that count up; more than 4096 in one millisecond borrow from the next.
 * Time: `at` is the moment it stands for, in the past as well.
 */
export function newId(at: Date): bigint {
  let ms = at.getTime();
  if (ms === lastMs) {
    usedInLastMs += 1;
    ms += Math.floor(usedInLastMs / LOW_COUNT);
  } else {
    lastMs = ms;
    usedInLastMs = 0;
  }
  low = (low + 1) % LOW_COUNT;
  return (BigInt(ms - EPOCH_MS) << LOW_BITS) | BigInt(low);
}

/** The smallest id anything made at or after `at` can have: turns a span of time into a range of ids. */
export function firstIdAt(at: Date): bigint {
  return BigInt(at.getTime() - EPOCH_MS) << LOW_BITS;
}

/** The id a decimal string stands for, or nothing: ids from URLs and JSON are untrusted. */
export function parseId(value: unknown): bigint | undefined {
  if (typeof value === "bigint") return value > 0n ? value : undefined;
  const text = typeof value === "number" && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text !== "string" || !/^[1-9]\d{0,15}$/.test(text)) return undefined;
  const id = BigInt(text);
  return id <= BigInt(Number.MAX_SAFE_INTEGER) ? id : undefined;
}
