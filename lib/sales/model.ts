import { proportion } from "../kernel/money";
import type { Member } from "../members/model";
import type { Reason } from "../program/model";

/** A purchase, refund or grant as the till sees it. Money in minor units, points in hundredths; refunds are positive here too. */
export type Operation = {
  readonly id: bigint;
  readonly kind: "purchase" | "refund" | "grant";
  readonly state: "normal" | "canceled" | "reversal";
  readonly memberId: bigint;
  readonly originId: bigint | null;
  readonly at: Date;
  readonly totalMinor: bigint;
  readonly cashMinor: bigint;
  readonly discountMinor: bigint;
  readonly pointsSpent: bigint;
  readonly pointsEarned: bigint;
  readonly refundedMinor: bigint;
  readonly receiptNumber: string | null;
  readonly staffId: bigint | null;
  readonly staffName: string | null;
  readonly locationId: bigint | null;
  readonly locationName: string | null;
  readonly tierId: string;
  readonly programmeVersion: number;
  readonly source: string;
  readonly because: readonly Reason[];
  /** Whose it is, as lists show it. */
  readonly memberName: string | null;
  readonly memberUid: string | null;
};

/** Who a till means, with all that decides: figures as of the moment asked. */
export type Customer = {
  readonly member: Member;
  readonly foundBy: "code" | "phone" | "uid" | "id";
  /** Guards decisions: the write is refused when it changed. */
  readonly version: bigint;
  readonly programmeVersion: number;
  readonly tierId: string;
  readonly visits: number;
  readonly fullRefunds: number;
  readonly cashSpentMinor: bigint;
  readonly savedMinor: bigint;
  readonly invited: number;
  readonly effectiveInvited: number;
  readonly firstAt: Date | null;
  readonly lastAt: Date | null;
  readonly available: bigint;
  readonly pending: bigint;
  readonly pendingAt: Date | null;
  readonly expiresAt: Date | null;
  readonly expiring: bigint;
  /** When the code shown dies; null unless found by code. */
  readonly codeExpiresAt: Date | null;
};

/** How a caller names a member; the first that resolves wins. */
export type Identifier = {
  readonly code?: string | null;
  readonly phone?: string | null;
  readonly uid?: string | null;
  readonly memberId?: bigint | null;
};

/** One service or good on the bill. */
export type Line = {
  readonly itemId: bigint | null;
  readonly name: string;
  readonly quantity: number;
  readonly amountMinor: bigint;
};

/** What a refund of one part undoes; all amounts positive. */
export type RefundShare = {
  readonly totalMinor: bigint;
  readonly cashMinor: bigint;
  readonly discountMinor: bigint;
  readonly returnedBefore: bigint;
  readonly returned: bigint;
  readonly takenBefore: bigint;
  readonly taken: bigint;
  readonly full: boolean;
};

/** Revived points live at least this long: they came back from a lot that had expired. */
export const REVIVED_DAYS = 14;

/**
 * The share of a purchase that refunding a further part undoes.
 *
 * Shape: each share is the difference of two rounded running totals, so that any number of parts adds up to the whole.
 * Units: hundredths. The part is above zero and no more than what is left.
 * Source: UDS contract, section 12, decision 4.
 */
export function refundShare(
  purchase: Pick<
    Operation,
    "totalMinor" | "discountMinor" | "pointsSpent" | "pointsEarned" | "refundedMinor"
  >,
  partMinor: bigint,
): RefundShare {
  const { totalMinor, refundedMinor } = purchase;
  const upTo = (amount: bigint, refunded: bigint) =>
    totalMinor === 0n ? amount : proportion(amount, refunded, totalMinor);
  const after = refundedMinor + partMinor;
  const share = (amount: bigint) =>
    upTo(amount, after) - (refundedMinor === 0n ? 0n : upTo(amount, refundedMinor));
  const returned = share(purchase.pointsSpent);
  const discountMinor = share(purchase.discountMinor);
  return {
    totalMinor: partMinor,
    // What is left of the part, so that part = cash + discount + points to the hundredth.
    cashMinor: partMinor - discountMinor - returned,
    discountMinor,
    returnedBefore: refundedMinor === 0n ? 0n : upTo(purchase.pointsSpent, refundedMinor),
    returned,
    takenBefore: refundedMinor === 0n ? 0n : upTo(purchase.pointsEarned, refundedMinor),
    taken: share(purchase.pointsEarned),
    full: after === totalMinor,
  };
}

/** Points for a receipt issued without a customer, on a code to be scanned. */
export type Voucher = { readonly code: string; readonly points: bigint; readonly expiresAt: Date };
