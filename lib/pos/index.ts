import "server-only";

/**
 * POS: the tills' faces, UDS Partner API v2 and the native API.
 *
 * Owns the addresses under /partner/v2: reading what tills send, answering as UDS does; and the purchases of /api/pos/v1. Always true:
 * nothing is decided here; a client's mistake is never a 5xx; every answer of the first carries the three trace headers.
 */
import type { Context } from "../access";
import { Refused } from "../kernel/refusals";
import { takeFor } from "./bucket";

export {
  nativeConfirmation,
  nativeOperation,
  nativeQuote,
  nativeRefund,
  nativeSale,
  oneForm,
  quoteForm,
  refundForm,
  saleForm,
} from "./native";
export type { Say } from "./native/model";
export { REWARD_JOB, rewardMembers } from "./reward";
export { voucherPicture } from "./voucher";
export { tillRoute } from "./wire";

/** Counts a native call against its key's pace, the same as calls to /partner/v2. Refuses: `too_many_requests` with `retryAfterSeconds`. */
export function keepPace({ actor, business, now }: Context): void {
  if (actor.kind !== "till") return;
  const waitMs = takeFor(String(actor.id), now.getTime(), business.ratePerSecond, business.rateBurst);
  if (waitMs > 0)
    throw new Refused("too_many_requests", { retryAfterSeconds: Math.ceil(waitMs / SECOND_MS) });
}
const SECOND_MS = 1_000;
