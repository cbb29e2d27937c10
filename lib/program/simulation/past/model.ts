/** What a simulation takes and answers. */
import { proportion } from "../../../kernel/money";
import type { Past as Before } from "../../../tiers/standing/model";
import type { BillLine, PurchaseEffect } from "../../model";

/** One purchase or refund as it was recorded. */
export type Past = {
  readonly id: bigint;
  readonly kind: "purchase" | "refund";
  readonly originId: bigint | null;
  readonly memberId: bigint;
  readonly at: Date;
  readonly totalMinor: bigint;
  readonly cashMinor: bigint;
  readonly skipMinor: bigint;
  readonly unredeemableMinor: bigint;
  readonly discountMinor: bigint;
  readonly certificateMinor: bigint;
  readonly pointsSpent: bigint;
  readonly pointsEarned: bigint;
  readonly locationId: bigint | null;
  readonly programmeVersion: number;
  readonly tierId: string;
  readonly isFirst: boolean;
  /** Taken off by rewards the member held: a part of the bill, whatever the programme. */
  readonly rebateMinor: bigint;
  /** Of a refund: whether nothing of the purchase is left. */
  readonly isFull: boolean;
  readonly extras: {
    readonly prepaid?: boolean;
    readonly held?: readonly string[];
    readonly segments?: readonly string[];
    readonly tags?: readonly string[];
  } | null;
  readonly lines: readonly BillLine[];
};

/** A member as the first of their operations found them. */
export type Start = {
  readonly visits: number;
  readonly cashSpentMinor: bigint;
  readonly effectiveInvited: number;
  readonly tierId: string;
  /** Purchases that stood then, the latest few: which, and when in milliseconds. */
  readonly stood: readonly (readonly [id: number, at: number])[];
  readonly birthDate: string | null;
  readonly createdAt: Date;
  readonly segments: readonly bigint[];
  readonly tags: readonly bigint[];
  /** What a window of a tier may count of the time before; nothing where no window counts. */
  readonly before?: Before;
};

/** A purchase of before the days that are played, of which a part was refunded in them. */
export type Origin = {
  readonly id: bigint;
  readonly memberId: bigint;
  readonly totalMinor: bigint;
  /** How much of it had been refunded before. */
  readonly refundedMinor: bigint;
  readonly pointsEarned: bigint;
  readonly pointsSpent: bigint;
  readonly discountMinor: bigint;
  readonly cashMinor: bigint;
  readonly isCanceled: boolean;
  readonly effects: readonly {
    readonly ref: string;
    readonly amount: number;
    readonly undone: number;
    readonly detail: PurchaseEffect["detail"];
  }[];
};

/** Points and money of purchases, refunds taken off. */
export type Sums = {
  readonly issued: bigint;
  readonly spent: bigint;
  readonly discountMinor: bigint;
  readonly cashMinor: bigint;
};
export type Outcome = {
  readonly purchases: number;
  /** Purchases that would have been turned away; they count in neither sum. */
  readonly refused: number;
  readonly members: number;
  readonly totalMinor: bigint;
  readonly did: Sums;
  readonly would: Sums;
  /** Whose bills, and how many of them, would have come out otherwise. */
  readonly touched: { readonly members: number; readonly bills: number };
  /** Members who would stand on another tier at the end, by tier ids of what is and what would be. */
  readonly moves: readonly { readonly from: string; readonly to: string; readonly members: number }[];
};

/** What is left of the goods' margin after discounts and points taken as payment. Units: the margin in basis points of the price. */
export function marginOf(totalMinor: bigint, { discountMinor, spent }: Sums, marginBps: number): bigint {
  return (totalMinor * BigInt(marginBps)) / 10_000n - discountMinor - spent;
}

/** Sums while they are added up. */
export type Amounts = { issued: bigint; spent: bigint; discountMinor: bigint; cashMinor: bigint };

export const nothing = (): Amounts => ({ issued: 0n, spent: 0n, discountMinor: 0n, cashMinor: 0n });

/** The running total of a refund. */
export const upTo = (amount: bigint, refunded: bigint, whole: bigint) =>
  whole === 0n ? amount : proportion(amount, refunded, whole);

/** Adds or takes away. */
export function add(to: Amounts, amounts: Amounts, sign: bigint): void {
  to.issued += sign * amounts.issued;
  to.spent += sign * amounts.spent;
  to.discountMinor += sign * amounts.discountMinor;
  to.cashMinor += sign * amounts.cashMinor;
}

/** What an operation did. */
export const amountsOf = ({ pointsEarned, pointsSpent, discountMinor, cashMinor }: Past): Amounts => ({
  issued: pointsEarned,
  spent: pointsSpent,
  discountMinor,
  cashMinor,
});
