/** Every way Kolo says no, as a word a till can log. Sentences for people live in the messages under `codes`. */
export const REFUSALS = [
  "invalid", // the input's form; `fields` says where
  "too_large", // the body
  "unsupported_type", // the body's content type
  "unauthenticated",
  "forbidden",
  "not_found",
  "too_many_requests",
  "locked", // too many failed attempts; `retryAt` says until when
  "code_unknown", // a member's code that never was, was used or is past its time
  "sign_in_failed",
  "code_wrong", // not the sign-in code that was sent, or its time is over
  "link_expired",
  "mail_failed", // the mail server did not take the letter
  "member_blocked",
  "insufficient_points",
  "points_over_limit", // more of the bill than points may pay
  "points_not_permitted", // points cannot be spent this way (by uid, or by phone where that is off)
  "purchase_by_phone_disabled",
  "checksum", // total, cash, points and discount do not add up
  "over_receipt_limit",
  "receipt_number_required",
  "nonce_conflict", // the key was used for another body
  "refund_too_much",
  "refund_of_refund",
  "nothing_waiting", // no points wait for a confirmation
  "voucher_unknown",
  "voucher_used",
  "vouchers_need_points_policy",
  "voucher_worth_nothing",
  "phone_taken",
  "in_household", // a member belongs to one family
  "merge_same", // a member with itself
  "merge_used", // something that moved was used since: it can not be taken back
  "merge_final", // taken back before, merged on or erased
  "email_taken",
  "name_taken",
  "external_id_taken", // another cashier has this number at the till
  "last_owner",
  "in_use",
  "has_past", // of the catalogue: sold or named before, so that it may be put away only
  "reward_sold_out",
  "reward_limit", // this member has had as many as one may
  "reward_not_for_you", // for other tiers or groups
  "reward_not_now", // not on offer yet, or any more
  "entitlement_used", // nothing left of it, or all that is left is held elsewhere
  "entitlement_expired",
  "hold_expired",
  "promo_unknown",
  "promo_used",
  "promo_not_now",
  "promo_not_for_you", // for newcomers only
  "certificate_unknown",
  "certificate_expired",
  "certificate_balance", // less on it than asked for
  "limit_reached", // as many as there may be
  "stale", // somebody else changed it meanwhile
  "too_slow", // a question that took longer than it may
  "busy", // tried many times, always changed meanwhile
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** Values that go with a refusal, for texts and logs: plain, never personal. */
export type RefusalDetail = Readonly<Record<string, string | number | bigint | boolean | null>>;

/** Thrown by verbs to say no and roll back; edges turn the code into their own kind of answer. */
export class Refused extends Error {
  readonly code: Refusal;
  readonly detail: RefusalDetail;
  constructor(code: Refusal, detail: RefusalDetail = {}) {
    super(code);
    this.name = "Refused";
    this.code = code;
    this.detail = detail;
  }
}

/** A condition only a bug can break: crash loudly instead of going on with wrong books. */
export function assert(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(`broken assumption: ${what}`);
}
