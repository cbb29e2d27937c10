/** Why a lot exists. */
export const LOT_KINDS = [
  "purchase",
  "first_purchase",
  "welcome",
  "grant",
  "voucher",
  "revived",
  "referral",
  "referral_gift",
  "gift",
  "rule",
  "tier_gift",
] as const;
export type LotKind = (typeof LOT_KINDS)[number];

export const TRANSFER_REASONS = [
  "earn",
  "give",
  "spend",
  "deduct",
  "give_back",
  "take_back",
  "expire",
  "unexpire",
  "settle",
  "merge",
] as const;
export type TransferReason = (typeof TRANSFER_REASONS)[number];

/** Points given together, as the card and the office show them. */
export type Lot = {
  readonly id: bigint;
  readonly kind: LotKind;
  readonly availableAt: Date;
  readonly expiresAt: Date | null;
  /** Hundredths; below zero: owed. */
  readonly remaining: bigint;
};

/** What a member has, at one moment. Hundredths. */
export type Balance = {
  /** Spendable now; below zero: owed. */
  readonly available: bigint;
  readonly pending: bigint;
  readonly pendingAt: Date | null;
  /** The earliest expiry among live lots, and what goes then. */
  readonly expiresAt: Date | null;
  readonly expiring: bigint;
};

/** When points begin that wait for their holder's next visit: see referral_never() in the database. */
export const NEVER = new Date("2999-12-31T00:00:00Z");

/** Points friends brought to somebody who has not been here for long: they begin with the next visit. */
export const isWaiting = (lot: Pick<Lot, "availableAt">): boolean =>
  lot.availableAt.getTime() === NEVER.getTime();

/** One movement of a member's points. Positive: to the member. */
export type Movement = {
  readonly at: Date;
  readonly reason: TransferReason;
  readonly points: bigint;
  readonly operationId: bigint | null;
};

/**
 * What a member has at a moment, from their lots: what has expired by then covers debts first, as the ledger will post it.
 *
 * Time: `now` decides what is live, pending and gone. Source: the same rule as till_member() and ledger_expire().
 */
export function balanceAt(lots: readonly Lot[], now: Date): Balance {
  const sum = (list: readonly Lot[]) => list.reduce((total, lot) => total + lot.remaining, 0n);
  const positive = lots.filter((lot) => lot.remaining > 0n);
  const gone = positive.filter((lot) => lot.expiresAt !== null && lot.expiresAt <= now);
  const lasting = positive.filter((lot) => !gone.includes(lot));
  const pending = lasting.filter((lot) => lot.availableAt > now && !isWaiting(lot));
  const live = lasting.filter((lot) => lot.availableAt <= now);
  const owed = -sum(lots.filter((lot) => lot.remaining < 0n));
  const stillOwed = owed > sum(gone) ? owed - sum(gone) : 0n;
  const ends = lasting.flatMap((lot) => (lot.expiresAt ? [lot.expiresAt.getTime()] : []));
  const starts = pending.map((lot) => lot.availableAt.getTime());
  const expiresAt = ends.length ? new Date(Math.min(...ends)) : null;
  return {
    available: sum(live) - stillOwed,
    pending: sum(pending),
    pendingAt: starts.length ? new Date(Math.min(...starts)) : null,
    expiresAt,
    expiring: expiresAt ? sum(lasting.filter((lot) => lot.expiresAt?.getTime() === expiresAt.getTime())) : 0n,
  };
}
