import "server-only";
/**
 * Entitlements: what members hold.
 *
 * Always true: a use is held before it is confirmed, uses and live holds together never exceed what was given, and a hold past its
 * time counts no more.
 */
import { audit, type Context, require } from "../../access";
import { newId } from "../../kernel/ids";
import { Refused } from "../../kernel/refusals";
import { violatedConstraint, withBusiness } from "../../platform/db";
import { expiryAfter } from "../model";
import { requireReadable } from "../rewards";
import { type Entitlement, HOLD_MINUTES, type Hold } from "./model";
import * as store from "./store";

const LIST_MAX = 200;
const MINUTE_MS = 60_000;
/** What a refund gives back lives at least this long, if it ran out meanwhile. */
const REVIVED_DAYS = 14;

/** What a member holds: what can be used first, then what is over. Shape: at most 200. Refuses: `forbidden` for another's card. */
export async function entitlements(
  ctx: Context,
  memberId: bigint,
  { liveOnly = false }: { readonly liveOnly?: boolean } = {},
): Promise<Entitlement[]> {
  requireReadable(ctx, memberId);
  return await withBusiness(ctx.business.id, (tx) =>
    store.entitlementsOf(tx, ctx.business.id, ctx.now, memberId, { liveOnly, take: LIST_MAX }),
  );
}

/** The entitlement a scanned code names. Refuses: `code_unknown`. */
export async function entitlementByCode(ctx: Context, code: string): Promise<Entitlement> {
  require(ctx, "sales:record");
  const found = await withBusiness(ctx.business.id, (tx) =>
    store.entitlementBy(tx, ctx.business.id, ctx.now, { code }),
  );
  if (!found || found.withdrawnAt !== null) throw new Refused("code_unknown");
  return found;
}

export type HoldInput = {
  readonly entitlementId: bigint;
  /** Client-minted; the same one again answers the first hold. */
  readonly key: string | null;
  readonly staffId: bigint | null;
  readonly locationId: bigint | null;
};

/**
 * Sets one use aside for ten minutes, so that no other desk gives it meanwhile.
 *
 * Refuses: `not_found`, `entitlement_used`, `entitlement_expired`, `nonce_conflict`.
 */
export async function holdEntitlement(ctx: Context, input: HoldInput): Promise<Hold> {
  require(ctx, "sales:record");
  const businessId = ctx.business.id;
  const until = new Date(ctx.now.getTime() + HOLD_MINUTES * MINUTE_MS);
  const asked = { ...input, useId: newId(ctx.now), until };
  try {
    return await withBusiness(businessId, async (tx) => {
      const id = await store.hold(tx, businessId, ctx.now, asked);
      await audit(tx, ctx, "entitlement.hold", { kind: "entitlement", id: input.entitlementId });
      return one(await store.holds(tx, businessId, [id]));
    });
  } catch (error) {
    if (violatedConstraint(error)) return await holdEntitlement(ctx, input); // the same key at the same moment
    throw error;
  }
}

/**
 * Makes a hold a use, without a purchase or for one recorded before; repeated, it is the same use.
 *
 * Shape: with `operationId` the purchase's refund undoes it. Refuses: `not_found`, `hold_expired`, `refund_of_refund` for a purchase
 * that was refunded.
 */
export async function confirmHold(
  ctx: Context,
  holdId: bigint,
  operationId: bigint | null = null,
): Promise<Hold> {
  require(ctx, "sales:record");
  const businessId = ctx.business.id;
  return await withBusiness(businessId, async (tx) => {
    const hold = one(await store.holds(tx, businessId, [holdId]));
    if (operationId !== null) await store.lockPurchase(tx, businessId, operationId, hold.memberId);
    await store.confirm(tx, businessId, ctx.now, holdId, operationId);
    if (operationId !== null && hold.state === "held")
      await store.linkToPurchase(tx, businessId, operationId, hold);
    await audit(tx, ctx, "entitlement.use", { kind: "entitlement", id: hold.entitlementId });
    return one(await store.holds(tx, businessId, [holdId]));
  });
}

/** Lets a hold go; one that is over already stays so. Refuses: `not_found`, `entitlement_used` for a confirmed one. */
export async function releaseHold(ctx: Context, holdId: bigint): Promise<Hold> {
  require(ctx, "sales:record");
  const businessId = ctx.business.id;
  return await withBusiness(businessId, async (tx) => {
    await store.release(tx, businessId, ctx.now, holdId);
    const hold = one(await store.holds(tx, businessId, [holdId]));
    await audit(tx, ctx, "entitlement.release", { kind: "entitlement", id: hold.entitlementId });
    return hold;
  });
}

/**
 * Takes back a use that was confirmed by itself, such as a visit counted by mistake; one of a purchase goes with its refund.
 *
 * Refuses: `not_found`, `in_use` for one of a purchase.
 */
export async function undoUse(ctx: Context, entitlementId: bigint): Promise<void> {
  require(ctx, "sales:refund");
  const { id: businessId, zone } = ctx.business;
  await withBusiness(businessId, async (tx) => {
    const last = await store.lastFreeUse(tx, businessId, entitlementId);
    if (last === undefined) throw new Refused("not_found");
    await store.undo(tx, businessId, ctx.now, last, expiryAfter(REVIVED_DAYS, ctx.now, zone));
    await audit(tx, ctx, "entitlement.undo", { kind: "entitlement", id: entitlementId });
  });
}

function one(found: readonly Hold[]): Hold {
  const [hold] = found;
  if (!hold) throw new Refused("not_found");
  return hold;
}
