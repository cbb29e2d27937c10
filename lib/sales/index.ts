import "server-only";
/**
 * Sales: the purchase itself.
 *
 * Owns operations, their lines and vouchers. Always true: a purchase, its points and the member's figures are written in one
 * step or not at all; a refund in any number of parts undoes what the purchase did.
 */
import { type Context, require } from "../access";
import { firstIdAt } from "../kernel/ids";
import { Refused } from "../kernel/refusals";
import { withBusiness } from "../platform/db";
import { programmeAt } from "../program";
import type { Bill, Price, Programme } from "../program/model";
import { basisOf } from "./basis";
import { type Bringing, bring, priceBrought } from "./bring";
import type { Customer, Identifier, Line, Operation } from "./model";
import * as operationStore from "./operations/store";
import { maySpend, refuseBlocked } from "./record";
import * as store from "./store";

export type { Bringing } from "./bring";
export { type Cashier, cashier } from "./cashier";
export { awaiting, confirmEarned } from "./confirm";
export {
  type DeskQuote,
  type DeskRefund,
  type DeskSale,
  type DeskSetting,
  deskGuest,
  deskQuote,
  deskRecord,
  deskRefund,
  deskSetting,
  deskToday,
  type Guest,
  type Offer,
} from "./desk";
export {
  type DeskCode,
  type DeskFound,
  deskCode,
  deskFind,
  deskHold,
  deskHoldings,
  deskSettle,
  deskTake,
  type Holdings,
} from "./desk/holdings";
export { type GrantInput, grant } from "./grant";
export type { Customer, Identifier, Line, Operation, Voucher } from "./model";
export { type Receipt, type Recorded, type RecordInput, record } from "./record";
export { type RefundInput, refund } from "./refund";
export { type Trial, type Tried, tryRule } from "./trial";
export { claimVoucher, findVoucher, makeVoucher, type VoucherInput } from "./voucher";

const PAGE_MAX = 200;

/** A member with everything a screen or till shows, or nothing. A member may ask for their own card only. */
export async function customer(ctx: Context, by: Identifier): Promise<Customer | undefined> {
  if (ctx.actor.kind === "member") {
    require(ctx, "own:read");
    if (by.memberId !== ctx.actor.id) throw new Refused("forbidden");
  } else require(ctx, "members:read");
  return (await store.readCustomer(ctx.business.id, ctx.now, by)).customer;
}

/** Members with everything a till shows, in the order of `ids`; unknown ones are left out. Shape: at most 200. */
export async function customers(ctx: Context, ids: readonly bigint[]): Promise<Customer[]> {
  require(ctx, "members:read");
  return await store.readCustomers(ctx.business.id, ctx.now, ids.slice(0, PAGE_MAX));
}

/** A bill before it is paid. `points`: null asks for as many as allowed. */
export type QuoteInput = Bill & { readonly by: Identifier; readonly brings?: Bringing };
export type Quote = {
  readonly customer: Customer;
  readonly programme: Programme;
  readonly price: Price;
  /** Whether this way of naming the member may pay with points. */
  readonly maySpend: boolean;
};

/**
 * Prices a bill for whoever is named, writing nothing.
 *
 * Refuses: `code_unknown`, `not_found`, `member_blocked`, `points_not_permitted`, `insufficient_points`,
 * `points_over_limit`, `over_receipt_limit`, `invalid`.
 */
export async function quote(ctx: Context, input: QuoteInput): Promise<Quote> {
  require(ctx, "sales:quote");
  const found = (await store.readCustomer(ctx.business.id, ctx.now, input.by)).customer;
  if (!found) throw new Refused(input.by.code ? "code_unknown" : "not_found");
  refuseBlocked(found);
  const programme = await programmeAt(ctx, found.programmeVersion);
  const spends = maySpend(programme, found);
  if (!spends && input.points !== null && input.points > 0n) throw new Refused("points_not_permitted");
  const basis = await basisOf(ctx, programme, input.lines ?? []);
  const brought = await bring(ctx, found.member.id, input.brings ?? {});
  const bill = { ...input, points: spends ? input.points : 0n };
  const priced = priceBrought(ctx, programme, found, bill, basis, brought);
  return {
    customer: found,
    programme,
    price: spends ? priced : { ...priced, maxPoints: 0n },
    maySpend: spends,
  };
}

/** Prices a bill for a phone nobody has yet: what a first purchase would earn. Refuses: `over_receipt_limit`, `invalid`. */
export async function quoteForNobody(
  ctx: Context,
  programme: Programme,
  bill: Omit<Bill, "points"> & { readonly brings?: Bringing },
): Promise<Price> {
  require(ctx, "sales:quote");
  const basis = await basisOf(ctx, programme, bill.lines ?? []);
  const brought = await bring(ctx, null, bill.brings ?? {});
  return priceBrought(ctx, programme, undefined, { ...bill, points: 0n }, basis, brought);
}

/** One operation. Refuses: `not_found`, also for another member's when a member asks. */
export async function operation(ctx: Context, id: bigint): Promise<Operation> {
  require(ctx, ctx.actor.kind === "member" ? "own:read" : "sales:read");
  const found = await withBusiness(ctx.business.id, (tx) =>
    operationStore.operation(tx, ctx.business.id, id),
  );
  if (!found || (ctx.actor.kind === "member" && found.memberId !== ctx.actor.id))
    throw new Refused("not_found");
  return found;
}

export type OperationQuery = {
  readonly kinds?: readonly Operation["kind"][];
  readonly memberId?: bigint;
  readonly originId?: bigint;
  /** Only these. */
  readonly ids?: readonly bigint[];
  /** Older than this id. */
  readonly before?: bigint | null;
  /** At or after this moment. */
  readonly since?: Date;
  readonly skip?: number;
  readonly limit?: number;
};

/** Operations, newest first; a member sees their own only. Shape: at most 200 a page. */
export async function operations(ctx: Context, query: OperationQuery): Promise<Operation[]> {
  require(ctx, ctx.actor.kind === "member" ? "own:read" : "sales:read");
  const memberId = ctx.actor.kind === "member" ? ctx.actor.id : (query.memberId ?? null);
  return await withBusiness(ctx.business.id, (tx) =>
    operationStore.operations(tx, ctx.business.id, {
      kinds: query.kinds ?? ["purchase", "refund", "grant"],
      memberId,
      originId: query.originId ?? null,
      ids: query.ids ?? null,
      before: query.before ?? null,
      from: query.since ? firstIdAt(query.since) : null,
      skip: query.skip ?? 0,
      limit: Math.min(query.limit ?? 50, PAGE_MAX),
    }),
  );
}

/** The services and goods on some operations' bills; a member sees those of their own only. */
export async function lines(ctx: Context, operationIds: readonly bigint[]): Promise<Map<bigint, Line[]>> {
  require(ctx, ctx.actor.kind === "member" ? "own:read" : "sales:read");
  const memberId = ctx.actor.kind === "member" ? ctx.actor.id : null;
  return await withBusiness(ctx.business.id, (tx) =>
    operationStore.linesOf(tx, ctx.business.id, operationIds.slice(0, PAGE_MAX), memberId),
  );
}
