import "server-only";
import { type Context, require } from "../access";
import { newId } from "../kernel/ids";
import { Refused } from "../kernel/refusals";
import { StaleVersion, violatedConstraint, withBusiness } from "../platform/db";
import { programmeAt } from "../program";
import { expiryAfter, type Reason } from "../program/model";
import { settledFirst, standingRefunded } from "./life";
import { REVIVED_DAYS, type RefundShare, refundShare } from "./model";
import * as operationStore from "./operations/store";
import { fingerprintOf, type Recorded } from "./record";
import * as store from "./store";

const ATTEMPTS_MAX = 40;

export type RefundInput = {
  readonly operationId: bigint;
  /** Counted in the purchase's total; null: all that is left. */
  readonly partMinor: bigint | null;
  readonly key: string | null;
  readonly staffId: bigint | null;
  readonly locationId: bigint | null;
  readonly source: "uds" | "desk" | "office" | "seed";
};

/**
 * Refunds a purchase, whole or in part: points spent go back, points earned are taken back, the tier follows.
 *
 * Refuses: `not_found`, `refund_of_refund`, `refund_too_much` (detail: what is left), `invalid`, `nonce_conflict`, `busy`.
 */
export async function refund(ctx: Context, input: RefundInput): Promise<Recorded> {
  require(ctx, "sales:refund");
  if (input.partMinor !== null && input.partMinor <= 0n)
    throw new Refused("invalid", { field: "partialAmount" });
  const fingerprint = fingerprintOf({ refund: input.operationId, part: input.partMinor });
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const refunded = await attemptRefund(ctx, input, fingerprint);
    if (refunded) return refunded;
  }
  throw new Refused("busy");
}

async function attemptRefund(
  ctx: Context,
  input: RefundInput,
  fingerprint: string,
): Promise<Recorded | undefined> {
  const businessId = ctx.business.id;
  const origin = await withBusiness(businessId, (tx) =>
    operationStore.operation(tx, businessId, input.operationId),
  );
  if (!origin) throw new Refused("not_found");
  if (origin.kind !== "purchase") throw new Refused("refund_of_refund");
  const { customer, replay } = await store.readCustomer(
    businessId,
    ctx.now,
    { memberId: origin.memberId },
    input.key,
  );
  if (replay) {
    if (replay.fingerprint !== fingerprint) throw new Refused("nonce_conflict");
    return { operationId: replay.operationId, replayed: true, price: null, customer: null };
  }
  if (!customer) throw new Refused("not_found");
  const left = origin.totalMinor - origin.refundedMinor;
  const part = input.partMinor ?? left;
  if (origin.state === "canceled" || part > left) throw new Refused("refund_too_much", { left });
  const share = refundShare(origin, part);
  // Tiers are judged by today's programme: it is what the member is promised now.
  const programme = await programmeAt(ctx, customer.programmeVersion);
  if (await settledFirst(ctx, programme, customer)) return undefined;
  const operationId = newId(ctx.now);
  const stands = await standingRefunded(ctx, programme, customer, { origin, share, operationId });
  try {
    const posted = await store.refundPurchase({
      businessId,
      now: ctx.now,
      operationId,
      customer,
      key: input.key,
      fingerprint,
      origin,
      share,
      revivedUntil: expiryAfter(REVIVED_DAYS, ctx.now, ctx.business.zone),
      staffId: input.staffId,
      locationId: input.locationId,
      ...stands,
      source: input.source,
      actor: ctx.actor,
      because: explain(share, origin.totalMinor),
    });
    return { operationId: posted.operation_id, replayed: posted.outcome === "replay", price: null, customer };
  } catch (error) {
    if (error instanceof StaleVersion || violatedConstraint(error)?.startsWith("operation_pkey"))
      return undefined;
    throw error;
  }
}

function explain(share: RefundShare, ofMinor: bigint): Reason[] {
  const because: Reason[] = [
    { code: "refund_part", minor: share.totalMinor.toString(), of: ofMinor.toString() },
  ];
  if (share.returned > 0n) because.push({ code: "points_returned", points: share.returned.toString() });
  if (share.certificateMinor > 0n)
    because.push({ code: "certificate_returned", minor: share.certificateMinor.toString() });
  if (share.taken > 0n) because.push({ code: "points_taken_back", points: share.taken.toString() });
  return because;
}
