import "server-only";
import { type Context, require } from "../access";
import { type Programme, settleOne } from "../program";
import { expiryAfter, lifetimeAtOnce, VISIT_KINDS, visitsExtend } from "../program/model";
import { tierEntries } from "../tiers";
import { afterPurchase, afterRefund, higher, isOverdue } from "../tiers/model";
import type { StandingRow } from "../tiers/schema";
import { type Customer, type LotsMove, type Operation, type RefundShare, stoodOf } from "./model";

/** Where a purchase or refund puts a member, and what is to be written of it; nothing beside the tier in most cases. */
export type Standing = { readonly tierAfter: string; readonly standing: StandingRow | null };

/** Judges what is due of a member before a decision rests on it. Answers whether it was: then everything is to be read again. */
export async function settledFirst(ctx: Context, programme: Programme, customer: Customer): Promise<boolean> {
  if (!isOverdue(programme, stoodOf(customer), ctx.now)) return false;
  await settleOne(ctx, customer.member.id);
  return true;
}

/** Where a purchase puts a member: up, or nowhere. */
export function standingBought(
  ctx: Context,
  programme: Programme,
  customer: Customer,
  cashMinor: bigint,
  operationId: bigint,
): Standing {
  const stands = afterPurchase(programme, stoodOf(customer), cashMinor, ctx.now, ctx.business.zone);
  return rowFor(programme, customer, stands, { reason: "purchase", operationId });
}

/** Where a refund puts a member: as if the part had not been bought. Refuses: `forbidden`. */
export async function standingRefunded(
  ctx: Context,
  programme: Programme,
  customer: Customer,
  of: { readonly origin: Operation; readonly share: RefundShare; readonly operationId: bigint },
): Promise<Standing> {
  require(ctx, "sales:refund");
  const { origin, share, operationId } = of;
  const isWindowed = programme.qualifying.window.kind !== "ever";
  const entries = isWindowed ? await tierEntries(ctx, customer.member.id, origin.at) : [];
  const refunded = { boughtAt: origin.at, cashMinor: share.cashMinor, isFull: share.full };
  const stands = afterRefund(programme, stoodOf(customer), refunded, entries, ctx.now);
  return rowFor(programme, customer, stands, { reason: "refund", operationId, since: origin.at });
}

function rowFor(
  programme: Programme,
  customer: Customer,
  stands: ReturnType<typeof afterPurchase>,
  why: Pick<StandingRow, "reason" | "operationId" | "since">,
): Standing {
  const { tierId, life } = stands;
  if (tierId === customer.tierId && life === null) return { tierAfter: tierId, standing: null };
  const isUp = higher(programme, customer.tierId, tierId) === tierId;
  const row = {
    memberId: customer.member.id,
    life,
    tierBefore: customer.tierId,
    tierAfter: tierId,
    isUp,
    bump: false,
    ...why,
  };
  return { tierAfter: tierId, standing: row };
}

/** Points that are there already and live longer by this purchase: by every visit, or by the first one alone. */
export function lotsMoved(ctx: Context, programme: Programme, customer: Customer): LotsMove[] {
  const { zone } = ctx.business;
  const moves: LotsMove[] = [];
  if (visitsExtend(programme))
    moves.push({ kinds: VISIT_KINDS, to: lifetimeAtOnce(programme, ctx.now, zone), reason: "visit" });
  const kept = programme.welcome?.kept;
  if (kept && customer.visits === 0)
    moves.push({
      kinds: ["welcome"],
      to: kept.days === null ? null : expiryAfter(kept.days, ctx.now, zone),
      reason: "kept",
    });
  return moves;
}
