import { proportion } from "../kernel/money";
import { normalizePhone } from "../kernel/phone";
import type { Member } from "../members/model";
import { type Reason, type RuleUse, readCertificateCode, readEntitlementCode } from "../program/model";
import type { Life, Stood } from "../tiers/model";

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
  readonly certificateMinor: bigint;
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
  readonly segments: readonly bigint[];
  /** What rules with limits gave in the periods that run. */
  readonly uses: readonly RuleUse[];
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
  /** What is kept of the standing beside the tier; null: figures of all times say it all. */
  readonly life: Life | null;
};

/** A customer as decisions about tiers take one. */
export const stoodOf = (customer: Customer): Stood & { readonly id: bigint } => ({
  id: customer.member.id,
  tierId: customer.tierId,
  life: customer.life,
  totals: customer,
});

/** Somebody the till sees for the first time. */
export const NEWCOMER: Stood = {
  tierId: "base",
  life: null,
  totals: { cashSpentMinor: 0n, visits: 0, effectiveInvited: 0 },
};

/** Points that get a later end by a purchase. */
export type LotsMove = {
  readonly kinds: readonly string[];
  readonly to: Date | null;
  readonly reason: "visit" | "kept";
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
  /** The item's category where the caller knows it better than the catalogue. */
  readonly category?: string | null;
};

/** What a refund of one part undoes; all amounts positive. */
export type RefundShare = {
  readonly totalMinor: bigint;
  readonly cashMinor: bigint;
  readonly discountMinor: bigint;
  readonly certificateMinor: bigint;
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
    "totalMinor" | "discountMinor" | "certificateMinor" | "pointsSpent" | "pointsEarned" | "refundedMinor"
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
  const certificateMinor = share(purchase.certificateMinor);
  return {
    totalMinor: partMinor,
    // What is left of the part, so that part = cash + discount + certificate + points to the hundredth.
    cashMinor: partMinor - discountMinor - certificateMinor - returned,
    discountMinor,
    certificateMinor,
    returnedBefore: refundedMinor === 0n ? 0n : upTo(purchase.pointsSpent, refundedMinor),
    returned,
    takenBefore: refundedMinor === 0n ? 0n : upTo(purchase.pointsEarned, refundedMinor),
    taken: share(purchase.pointsEarned),
    full: after === totalMinor,
  };
}

/** Points for a receipt issued without a customer, on a code to be scanned. */
export type Voucher = { readonly code: string; readonly points: bigint; readonly expiresAt: Date };

/** What somebody at the desk typed or scanned, before anybody was asked. */
export type Typed =
  | { readonly kind: "code"; readonly code: string }
  | { readonly kind: "phone"; readonly phone: string }
  | { readonly kind: "name"; readonly name: string }
  /** Something a member holds, or a gift certificate. */
  | { readonly kind: "held"; readonly code: string }
  /** Not enough of anything yet. */
  | { readonly kind: "unfinished" }
  /** Digits that are no code and no phone. */
  | { readonly kind: "unreadable" };

const CODE_LENGTH = 6;
const LONG_CODE = /^L-[\da-f-]{36}$/;

/** Tells a six-digit code from a phone from a name. `locale`: the business's, for phones written as at home. */
export function readTyped(text: string, locale: string): Typed {
  const typed = text.trim();
  if (LONG_CODE.test(typed)) return { kind: "code", code: typed };
  const held = heldCode(typed);
  if (held !== undefined) return { kind: "held", code: held };
  if (/\p{L}/u.test(typed)) return { kind: "name", name: typed };
  const digits = typed.replace(/[\s.\-/()]/g, "");
  if (/^\d+$/.test(digits) && digits.length === CODE_LENGTH) return { kind: "code", code: digits };
  if (/^\+?\d*$/.test(digits) && digits.length < CODE_LENGTH + 2) return { kind: "unfinished" };
  const phone = normalizePhone(typed, locale);
  return phone ? { kind: "phone", phone } : { kind: "unreadable" };
}

/** The code of an entitlement or a certificate; a long name of letters alone is a name. */
const heldCode = (text: string): string | undefined =>
  readEntitlementCode(text) ??
  (/\d/.test(text) && /\p{L}/u.test(text) ? readCertificateCode(text) : undefined);

/** The code in what a camera read: bare, or carried by a link as its `code` or last step. Nothing when it is not ours. */
export function codeOfScan(text: string): string | undefined {
  const scanned = text.trim();
  if (/^\d{6}$/.test(scanned) || LONG_CODE.test(scanned)) return scanned;
  const held = heldCode(scanned);
  if (held !== undefined) return held;
  const inLink = /^https?:\/\/[^\s]*[/?&#=](\d{6})(?:[/?&#]|$)/.exec(scanned);
  return inLink?.[1];
}
