import "server-only";
import { type Context, require } from "../access";
import { newId } from "../kernel/ids";
import { Refused } from "../kernel/refusals";
import { withBusiness } from "../platform/db";
import { programmeAt } from "../program";
import { lifetimeAtOnce } from "../program/model";
import * as operationStore from "./operations/store";

/**
 * Lets the points of a purchase begin at once that wait for a confirmation: the visit took place, the goods were kept.
 *
 * Shape: confirmed again, it answers zero and changes nothing. Time: the points live from now on, as the programme of the purchase
 * says. Units: hundredths that began. Refuses: `not_found`, `nothing_waiting` where that programme asks for no confirmation.
 */
export async function confirmEarned(ctx: Context, operationId: bigint): Promise<bigint> {
  require(ctx, "sales:record");
  const { id, zone } = ctx.business;
  const found = await withBusiness(id, (tx) => operationStore.operation(tx, id, operationId));
  if (!found) throw new Refused("not_found");
  const programme = await programmeAt(ctx, found.programmeVersion);
  if (found.kind !== "purchase" || !programme.confirmEarned) throw new Refused("nothing_waiting");
  const asked = {
    operationId,
    expiresAt: lifetimeAtOnce(programme, ctx.now, zone),
    auditId: newId(ctx.now),
    actor: ctx.actor,
  };
  return await withBusiness(id, (tx) => operationStore.confirmEarned(tx, id, ctx.now, asked));
}

/** Which of these purchases have points that wait for a confirmation, and how many. */
export async function awaiting(
  ctx: Context,
  operationIds: readonly bigint[],
): Promise<ReadonlyMap<bigint, bigint>> {
  require(ctx, "sales:read");
  if (operationIds.length === 0) return new Map();
  return await withBusiness(ctx.business.id, (tx) =>
    operationStore.awaiting(tx, ctx.business.id, operationIds.slice(0, 200), ctx.now),
  );
}
