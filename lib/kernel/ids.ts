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

/** What was brought in from before 2000 has ids of January 2000, for ids are positive: see import_id() in the database. */
const PRESSED_UNTIL = new Date("2000-02-01T00:00:00Z");
/** Ids may run ahead of their instant when thousands are made in one millisecond. */
const AHEAD_MS = 60_000;

/** The ids that things of a span of time can have: `from` inclusive, `until` exclusive. Wider than the span: ask for the time, too. */
export function idsBetween(from: Date, until: Date): { readonly from: bigint; readonly until: bigint } {
  return {
    from: from < PRESSED_UNTIL ? 0n : firstIdAt(from),
    until: firstIdAt(until < PRESSED_UNTIL ? PRESSED_UNTIL : new Date(until.getTime() + AHEAD_MS)),
  };
}

/** The id a decimal string stands for, or nothing: ids from URLs and JSON are untrusted. */
export function parseId(value: unknown): bigint | undefined {
  if (typeof value === "bigint") return value > 0n ? value : undefined;
  const text = typeof value === "number" && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text !== "string" || !/^[1-9]\d{0,15}$/.test(text)) return undefined;
  const id = BigInt(text);
  return id <= BigInt(Number.MAX_SAFE_INTEGER) ? id : undefined;
}
