import "server-only";
import { type Refusal, Refused } from "../kernel/refusals";
import { log } from "../platform/log";
import { Invalid } from "./action";

/** The HTTP status of every refusal: the one table native routes answer by. */
export const STATUS: Readonly<Record<Refusal | "internal", number>> = {
  invalid: 400,
  too_large: 413,
  unsupported_type: 415,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  too_many_requests: 429,
  locked: 429,
  code_unknown: 404,
  sign_in_failed: 401,
  code_wrong: 401,
  link_expired: 410,
  mail_failed: 503,
  member_blocked: 403,
  insufficient_points: 409,
  points_over_limit: 409,
  points_not_permitted: 403,
  purchase_by_phone_disabled: 403,
  checksum: 400,
  over_receipt_limit: 409,
  receipt_number_required: 400,
  nonce_conflict: 409,
  refund_too_much: 409,
  nothing_waiting: 409,
  refund_of_refund: 409,
  voucher_unknown: 404,
  voucher_used: 409,
  vouchers_need_points_policy: 409,
  voucher_worth_nothing: 409,
  phone_taken: 409,
  in_household: 409,
  merge_same: 422,
  merge_used: 409,
  merge_final: 409,
  email_taken: 409,
  name_taken: 409,
  external_id_taken: 409,
  last_owner: 409,
  in_use: 409,
  has_past: 409,
  reward_sold_out: 409,
  reward_limit: 409,
  reward_not_for_you: 403,
  reward_not_now: 409,
  entitlement_used: 409,
  entitlement_expired: 410,
  hold_expired: 410,
  promo_unknown: 404,
  promo_used: 409,
  promo_not_now: 409,
  promo_not_for_you: 403,
  certificate_unknown: 404,
  certificate_expired: 410,
  certificate_balance: 409,
  limit_reached: 409,
  stale: 409,
  too_slow: 503,
  busy: 503,
  internal: 500,
};

/** JSON as clients read it: ids as numbers, instants as ISO texts. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => {
    if (typeof each !== "bigint") return each;
    return each >= -MAX_SAFE && each <= MAX_SAFE ? Number(each) : each.toString();
  });
}
const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * An error as an answer (RFC 9457): the code and its values, never a sentence of ours or the database's.
 *
 * Shape: `{ type, title, status, code, values?, fields? }`; anything but a refusal is logged and says `internal`.
 */
export function problem(error: unknown, headers: Record<string, string> = {}): Response {
  if (!(error instanceof Refused)) log.error("route_failed", error);
  const code = error instanceof Refused ? error.code : "internal";
  const status = STATUS[code];
  const detail = error instanceof Refused && Object.keys(error.detail).length > 0 ? error.detail : undefined;
  const body = {
    type: `urn:kolo:problem:${code}`,
    title: code.replaceAll("_", " "),
    status,
    code,
    ...(detail ? { values: detail } : {}),
    ...(error instanceof Invalid ? { fields: error.fields } : {}),
  };
  const retryAfter = detail?.retryAfterSeconds;
  const wait = retryAfter === undefined ? {} : { "Retry-After": String(retryAfter) };
  return new Response(toJson(body), {
    status,
    headers: {
      "Content-Type": "application/problem+json",
      "Cache-Control": "no-store",
      ...wait,
      ...headers,
    },
  });
}
