import "server-only";
/** The desk: the verbs of a purchase as a person behind a counter uses them, answering what the screen shows. */
import type { z } from "zod";
import { type Context, require } from "../../access";
import { itemsOnSale } from "../../catalog";
import type { Item } from "../../catalog/model";
import { firstIdAt } from "../../kernel/ids";
import { Refused } from "../../kernel/refusals";
import { dayOf, startOfDay } from "../../kernel/time";
import { withBusiness } from "../../platform/db";
import { programme } from "../../program";
import type { Bill, Price, Reason } from "../../program/model";
import { afterPurchase, higher, tierById } from "../../tiers/model";
import { type Basis, basisOf, withCategories } from "../basis";
import { type Brought, besides, bring, priceBrought } from "../bring";
import type { Identifier, Operation } from "../model";
import { NEWCOMER, stoodOf } from "../model";
import { operation, operations } from "../operations/store";
import { record, refuseBlocked } from "../record";
import { refund } from "../refund";
import type { deskQuoteInput, deskRefundInput, deskSaleInput } from "../schema";
import { type Guest, type Met, meet } from "./guest";
import { type Place, placeOf } from "./store";

export type { Guest } from "./guest";

/** As many of today's operations as a screen lists. */
const TODAY_MAX = 100;

/** One way to pay a bill. */
export type Offer = {
  readonly totalMinor: bigint;
  readonly discountMinor: bigint;
  readonly certificateMinor: bigint;
  readonly points: bigint;
  readonly cashMinor: bigint;
  readonly earned: bigint;
  readonly because: readonly Reason[];
  /** The tier this purchase lifts the member to; null: none. */
  readonly reaches: string | null;
};
/** The same bill without points, with as many as allowed, and as chosen. */
export type DeskQuote = {
  readonly guest: Guest;
  readonly none: Offer;
  readonly most: Offer;
  readonly chosen: Offer;
};
export type DeskSale = {
  readonly operation: Operation;
  readonly guest: Guest;
  readonly reached: string | null;
  /** The same request had been recorded before. */
  readonly replayed: boolean;
};
export type DeskRefund = { readonly operation: Operation; readonly guest: Guest };
/** A service or good that can be picked. */
export type DeskItem = Pick<Item, "id" | "name" | "category" | "priceMinor">;
/** What the desk needs to know once: where it stands and what the programme asks of a sale. */
export type DeskSetting = Place & {
  readonly needsReceiptNumber: boolean;
  readonly items: readonly DeskItem[];
};

/** Where this desk stands and what it must ask for. Refuses: `forbidden` for who may not sell, `not_found` without a programme. */
export async function deskSetting(ctx: Context): Promise<DeskSetting> {
  require(ctx, "sales:record");
  const [place, rules, items] = await Promise.all([
    placeFor(ctx),
    programme(ctx),
    withBusiness(ctx.business.id, (tx) => itemsOnSale(tx, ctx.business.id)),
  ]);
  return {
    ...place,
    needsReceiptNumber: rules.receiptNumberRequired,
    items: items.map(({ id, name, category, priceMinor }) => ({ id, name, category, priceMinor })),
  };
}

/**
 * Who is named by code, phone or choice from the list; a phone nobody has answers somebody new.
 *
 * Refuses: `code_unknown`, `not_found`.
 */
export async function deskGuest(ctx: Context, by: Identifier): Promise<Guest> {
  require(ctx, "members:read");
  return (await meetOrRefuse(ctx, by)).guest;
}

/**
 * Prices a bill for whoever is named in the ways the staff can offer, writing nothing.
 *
 * Refuses: `code_unknown`, `not_found`, `member_blocked`, `points_not_permitted`, `insufficient_points`,
 * `points_over_limit`, `over_receipt_limit`.
 */
export async function deskQuote(ctx: Context, input: z.output<typeof deskQuoteInput>): Promise<DeskQuote> {
  require(ctx, "sales:quote");
  const met = await meetOrRefuse(ctx, input.by);
  if (met.customer) refuseBlocked(met.customer);
  if (!met.guest.maySpend && input.points) throw new Refused("points_not_permitted");
  const basis = await basisOf(ctx, met.programme, input.lines ?? []);
  const lines = withCategories(input.lines ?? [], basis);
  const brought = await bring(ctx, met.guest.memberId, input);
  // Only rules that ask where it is make it worth asking.
  const locationId = met.programme.rules?.needs.locations ? (await placeFor(ctx)).locationId : null;
  const paying = (points: bigint | null) =>
    offer(ctx, met, { totalMinor: input.totalMinor, points, locationId, lines }, basis, brought);
  const none = await paying(0n);
  const most = met.guest.maySpend ? await paying(null) : none;
  const chosen = input.points === 0n ? none : input.points === null ? most : await paying(input.points);
  return { guest: met.guest, none, most, chosen };
}

/**
 * Records what the staff confirmed, exactly once for its key; refuses when it would no longer cost what was shown.
 *
 * Refuses: as `record`; `checksum` when the price changed meanwhile.
 */
export async function deskRecord(
  ctx: Context,
  input: z.output<typeof deskSaleInput>,
  key: string,
): Promise<DeskSale> {
  const { by, totalMinor, points, cashMinor, receiptNumber, lines, holds, certificate } = input;
  const { locationId } = await placeFor(ctx);
  const recorded = await record(ctx, {
    by,
    receipt: { totalMinor, skipMinor: 0n, unredeemableMinor: 0n, points, cashMinor, number: receiptNumber },
    key,
    staffId: staffId(ctx),
    locationId,
    source: "desk",
    ...(lines && { lines }),
    brings: { holds, certificate },
  });
  const sale = await read(ctx, recorded.operationId);
  const { customer, guest, programme: rules } = await meetOrRefuse(ctx, { memberId: sale.memberId });
  const before = tierById(rules.base, rules.tiers, sale.tierId);
  const isLifted = customer?.tierId !== sale.tierId && guest.tier.rateBps >= before.rateBps;
  return {
    operation: sale,
    guest,
    reached: isLifted ? guest.tier.name : null,
    replayed: recorded.replayed,
  };
}

/** Refunds a purchase, whole or in part, exactly once for its key. Refuses: as `refund`. */
export async function deskRefund(
  ctx: Context,
  input: z.output<typeof deskRefundInput>,
  key: string,
): Promise<DeskRefund> {
  const { locationId } = await placeFor(ctx);
  const refunded = await refund(ctx, { ...input, key, staffId: staffId(ctx), locationId, source: "desk" });
  const back = await read(ctx, refunded.operationId);
  const { guest } = await meetOrRefuse(ctx, { memberId: back.memberId });
  return { operation: back, guest };
}

/** Today's purchases and refunds, newest first: of one's own location, or of all for who works at none. At most 100. */
export async function deskToday(ctx: Context): Promise<Operation[]> {
  require(ctx, "sales:read");
  const { locationId } = await placeFor(ctx);
  const { business, now } = ctx;
  return await withBusiness(business.id, (tx) =>
    operations(tx, business.id, {
      kinds: ["purchase", "refund"],
      memberId: null,
      originId: null,
      locationId,
      before: null,
      from: firstIdAt(startOfDay(dayOf(now, business.zone), business.zone)),
      skip: 0,
      limit: TODAY_MAX,
    }),
  );
}

async function offer(
  ctx: Context,
  met: Met,
  asked: Pick<Bill, "totalMinor" | "points" | "locationId" | "lines">,
  basis: Basis,
  brought: Brought,
): Promise<Offer> {
  const bill = { ...asked, skipMinor: 0n, unredeemableMinor: 0n };
  const price = priceBrought(ctx, met.programme, met.customer, bill, basis, brought);
  const { discountMinor, certificateMinor, cashMinor } = price;
  const also = await besides(ctx, bill, brought, price);
  const earned = price.grants.reduce((sum, grant) => sum + grant.points, 0n);
  return {
    totalMinor: asked.totalMinor,
    discountMinor,
    certificateMinor,
    points: price.points,
    cashMinor,
    earned,
    because: [...price.because, ...also.because],
    reaches: reaches(ctx, met, price),
  };
}

function reaches(ctx: Context, { customer, programme: rules }: Met, price: Price): string | null {
  const stood = customer ? stoodOf(customer) : NEWCOMER;
  const { tierId } = afterPurchase(rules, stood, price.cashMinor, ctx.now, ctx.business.zone);
  const isUp = tierId !== stood.tierId && higher(rules, stood.tierId, tierId) === tierId;
  return isUp ? tierById(rules.base, rules.tiers, tierId).name : null;
}

async function meetOrRefuse(ctx: Context, by: Identifier): Promise<Met> {
  const met = await meet(ctx, by);
  if (!met) throw new Refused(by.code ? "code_unknown" : "not_found");
  return met;
}

async function read(ctx: Context, id: bigint): Promise<Operation> {
  const found = await withBusiness(ctx.business.id, (tx) => operation(tx, ctx.business.id, id));
  if (!found) throw new Refused("not_found");
  return found;
}

/** The desk is for people: a till has an API of its own. */
function staffId(ctx: Context): bigint {
  if (ctx.actor.kind !== "staff") throw new Refused("forbidden");
  return ctx.actor.id;
}

async function placeFor(ctx: Context): Promise<Place> {
  const id = staffId(ctx);
  return await withBusiness(ctx.business.id, (tx) => placeOf(tx, ctx.business.id, id));
}
