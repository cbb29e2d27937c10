/** News of a change, written in its transaction and told to whoever listens, at least once and in order for each member. */
export type News = {
  readonly businessId: bigint;
  readonly memberId: bigint | null;
  /** `noun.happened` */
  readonly type: string;
  /** Plain JSON; ids and amounts are JSON numbers or decimal strings. */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly at: Date;
};

export type Event = News & { readonly id: bigint; readonly attempts: number };

/** Tried this often, then set aside with its error. */
export const ATTEMPTS_MAX = 12;
const DELAY_FIRST_MS = 1_000;
const DELAY_MAX_MS = 3_600_000;

/** How long after its nth failure an event waits: 1 s, 2 s, 4 s ... an hour at the most. */
export function delayMs(attempts: number): number {
  return Math.min(DELAY_MAX_MS, DELAY_FIRST_MS * 2 ** attempts);
}
