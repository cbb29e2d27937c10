import "server-only";
import type { Refusal } from "../kernel/refusals";

/** The words of the UDS vocabulary, and the few that it lacks. */
export const ERROR_CODES = [
  "badRequest",
  "invalidChecksum",
  "insufficientFunds",
  "discountLimitExceed",
  "withdrawNotPermitted",
  "purchaseByPhoneDisabled",
  "participantIsBlocked",
  "unauthorized",
  "forbidden",
  "notFound",
  "methodNotAllowed",
  "nonceConflict",
  "payloadTooLarge",
  "tooManyRequests",
  "internalServerError",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export const STATUS_OF: Readonly<Record<ErrorCode, number>> = {
  badRequest: 400,
  invalidChecksum: 400,
  insufficientFunds: 400,
  discountLimitExceed: 400,
  withdrawNotPermitted: 400,
  purchaseByPhoneDisabled: 400,
  participantIsBlocked: 400,
  unauthorized: 401,
  forbidden: 403,
  notFound: 404,
  methodNotAllowed: 405,
  nonceConflict: 409,
  payloadTooLarge: 413,
  tooManyRequests: 429,
  internalServerError: 500,
};

/** Kolo's refusals in UDS's words: the one table. One that is not here no till can meet: it counts as our mistake. */
export const ERROR_OF: Readonly<Partial<Record<Refusal, ErrorCode>>> = {
  invalid: "badRequest",
  over_receipt_limit: "badRequest",
  receipt_number_required: "badRequest",
  refund_too_much: "badRequest",
  refund_of_refund: "badRequest",
  checksum: "invalidChecksum",
  vouchers_need_points_policy: "invalidChecksum",
  voucher_worth_nothing: "invalidChecksum",
  insufficient_points: "insufficientFunds",
  points_over_limit: "discountLimitExceed",
  points_not_permitted: "withdrawNotPermitted",
  purchase_by_phone_disabled: "purchaseByPhoneDisabled",
  member_blocked: "participantIsBlocked",
  unauthenticated: "unauthorized",
  forbidden: "forbidden",
  not_found: "notFound",
  code_unknown: "notFound",
  certificate_unknown: "notFound",
  certificate_expired: "notFound",
  certificate_balance: "insufficientFunds",
  nonce_conflict: "nonceConflict",
  too_large: "payloadTooLarge",
  unsupported_type: "badRequest",
  too_many_requests: "tooManyRequests",
  locked: "tooManyRequests",
  busy: "tooManyRequests",
};

/** Which field of a till's body a refusal is about, where UDS has no word of its own for it. */
export const FIELD_OF: Readonly<Partial<Record<Refusal, string>>> = {
  over_receipt_limit: "receipt.total",
  receipt_number_required: "receipt.number",
  refund_too_much: "partialAmount",
  refund_of_refund: "id",
};
