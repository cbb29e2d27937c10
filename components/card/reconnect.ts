/** How long the card waits before it asks again, and what it compares to know whether anything changed. Pure. */

const FIRST_MS = 1_000;
const MAX_MS = 30_000;
/** While news cannot be listened to, the card asks this often instead. */
export const POLL_MS = 10_000;

/** The wait before the n-th try (from 0): doubles up to half a minute, spread so that phones do not come all at once. */
export function waitMs(attempt: number, dice: number): number {
  const full = Math.min(MAX_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return Math.round(full * (0.5 + dice / 2));
}

/** The fingerprint of what a card shows: when it differs, the screen is out of date. */
export function stateOf(figures: {
  readonly version: bigint;
  readonly programmeVersion: number;
  readonly available: bigint;
  readonly pending: bigint;
  readonly member: { readonly blockedAt: Date | null };
}): string {
  const blocked = figures.member.blockedAt ? 1 : 0;
  return [figures.version, figures.programmeVersion, figures.available, figures.pending, blocked].join(".");
}
