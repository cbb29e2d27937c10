import "server-only";
import { audit, type Context, require } from "../../access";
import { newId } from "../../kernel/ids";
import { proportion } from "../../kernel/money";
import { Refused } from "../../kernel/refusals";
import { returnDeducted } from "../../ledger";
import { type Tx, withBusiness } from "../../platform/db";
import { programmeIn } from "../index";
import { expiryAfter } from "../model";
import { lockMember } from "../rewards/store";
import { usesLeft } from "./model";
import * as store from "./store";

const REVIVED_DAYS = 14;

/**
 * Takes back what is left of an entitlement: points it cost go back to the lots they came from (the part not used yet), its piece
 * goes back to the stock. Money for a sold one is given back at the counter.
 *
 * Refuses: `not_found`, `entitlement_used`. Answers the points returned.
 */
export async function withdrawEntitlement(ctx: Context, entitlementId: bigint): Promise<{ points: bigint }> {
  require(ctx, "points:give");
  const businessId = ctx.business.id;
  return await withBusiness(businessId, async (tx) => {
    const before = await store.entitlementBy(tx, businessId, ctx.now, { id: entitlementId });
    if (!before) throw new Refused("not_found");
    await lockMember(tx, businessId, before.memberId);
    await store.withdraw(tx, businessId, ctx.now, entitlementId, "staff");
    // Read again: a use confirmed while we waited for the lock is not paid back.
    const taken = await store.entitlementBy(tx, businessId, ctx.now, { id: entitlementId });
    const left = usesLeft({ uses: before.uses, used: taken?.used ?? before.used, held: 0 });
    const points = proportion(before.pricePoints ?? 0n, BigInt(left), BigInt(before.uses));
    if (points > 0n) await returnPoints(tx, ctx, { ...before, points });
    await audit(
      tx,
      ctx,
      "entitlement.withdraw",
      { kind: "member", id: before.memberId },
      { reward: before.name, points: points.toString() },
    );
    return { points };
  });
}

async function returnPoints(
  tx: Tx,
  ctx: Context,
  taken: { readonly id: bigint; readonly memberId: bigint; readonly name: string; readonly points: bigint },
): Promise<void> {
  const originId = await store.operationOf(tx, ctx.business.id, taken.id);
  if (originId === null) return;
  const current = await programmeIn(tx, ctx.business.id);
  await returnDeducted(tx, {
    businessId: ctx.business.id,
    now: ctx.now,
    operationId: newId(ctx.now),
    memberId: taken.memberId,
    originId,
    points: taken.points,
    revivedUntil: expiryAfter(REVIVED_DAYS, ctx.now, ctx.business.zone),
    staffId: ctx.actor.kind === "staff" ? ctx.actor.id : null,
    programmeVersion: current.version,
    source: "office",
    actor: ctx.actor,
    because: [{ code: "reward_returned", reward: taken.name, points: taken.points.toString() }],
  });
}
