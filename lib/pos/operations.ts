import "server-only";
import type { Context } from "../access";
import { Refused } from "../kernel/refusals";
import { setTags, tags } from "../members";
import { programme, programmeAt } from "../program";
import type { Programme } from "../program/model";
import {
  type Cashier,
  cashier,
  operation,
  operations,
  type Quote,
  quote,
  quoteForNobody,
  type Recorded,
  record,
  refund,
} from "../sales";
import type { Identifier, Operation } from "../sales/model";
import { BadForm, badField, read } from "./form";
import type { Handler } from "./handler";
import { customerJson, nobody, operationJson, pageOf, purchaseJson } from "./model";
import { calcForm, type PurchaseForm, pageQuery, purchaseForm, refundForm } from "./schema";
import { tenderOf } from "./tender";

/** POST operations/calc: what a bill would cost and earn. Agrees with POST operations to the hundredth. */
export const calculate: Handler = async ({ ctx, body }) => {
  const { code, participant, receipt } = read(calcForm, body);
  const { by, mixed, certificate } = await tenderOf(ctx, code, participant, "participant.");
  if (mixed && receipt.points !== null && receipt.points > 0n) throw new Refused("points_not_permitted");
  const bill = {
    totalMinor: receipt.total,
    skipMinor: receipt.skipLoyaltyTotal,
    unredeemableMinor: receipt.unredeemableTotal,
    points: mixed ? 0n : receipt.points,
    brings: { certificate },
  };
  const quoted = await quoteFor(ctx, by, bill);
  const price = mixed ? { ...quoted.price, maxPoints: 0n } : quoted.price;
  return {
    body: {
      user: customerJson(quoted.customer, quoted.programme),
      purchase: purchaseJson(price, quoted.programme),
    },
  };
};

type Bill = {
  totalMinor: bigint;
  skipMinor: bigint;
  unredeemableMinor: bigint;
  points: bigint | null;
  brings: { certificate: string | null };
};

/** A quote that says no to whatever recording would say no to; a phone nobody has yet is priced as a first purchase. */
async function quoteFor(
  ctx: Context,
  by: Identifier,
  bill: Bill,
): Promise<Pick<Quote, "customer" | "programme" | "price">> {
  try {
    const quoted = await quote(ctx, { by, ...bill });
    if (quoted.customer.foundBy === "phone") requireByPhone(quoted.programme);
    return quoted;
  } catch (error) {
    const isNew = error instanceof Refused && error.code === "not_found" && by.phone && !by.code && !by.uid;
    if (!isNew || !by.phone) throw error;
    const current = await programme(ctx);
    requireByPhone(current);
    if (bill.points !== null && bill.points > 0n)
      throw new Refused(current.spendByPhone ? "insufficient_points" : "points_not_permitted");
    return {
      customer: nobody(by.phone, current.version, ctx.now),
      programme: current,
      price: await quoteForNobody(ctx, current, bill),
    };
  }
}

function requireByPhone(current: Programme): void {
  if (!current.purchaseByPhone) throw new Refused("purchase_by_phone_disabled");
}

/** POST operations: records the purchase, once for its nonce. */
export const createOperation: Handler = async ({ ctx, body }) => {
  const form = read(purchaseForm, body);
  const { receipt } = form;
  const { by, mixed, certificate } = await tenderOf(ctx, form.code, form.participant, "participant.");
  if (mixed && receipt.points > 0n) throw new Refused("points_not_permitted");
  if (form.tags) await requireTags(ctx, form.tags);
  const till = await cashierOf(ctx, form.cashier);
  const recorded = await record(ctx, {
    by,
    receipt: {
      totalMinor: receipt.total,
      skipMinor: receipt.skipLoyaltyTotal,
      unredeemableMinor: receipt.unredeemableTotal,
      points: receipt.points,
      cashMinor: receipt.cash,
      number: receipt.number,
    },
    key: form.nonce === null ? null : nonceKey(form.nonce),
    staffId: till?.id ?? null,
    locationId: till?.locationId ?? null,
    source: "uds",
    brings: { certificate },
    also: { cashier: form.cashier, tags: form.tags },
  });
  const made = recordedAs(ctx, form, recorded, till) ?? (await operation(ctx, recorded.operationId));
  if (form.tags) await setTags(ctx, made.memberId, form.tags);
  return { body: operationJson(made, await programmeAt(ctx, made.programmeVersion)) };
};

/** Tills' keys live apart from ours: no nonce can stand in the way of a welcome or a voucher. */
export const nonceKey = (nonce: string) => `uds:${nonce}`;

/** A person a till names that does not work here is no reason to refuse a sale. */
export async function cashierOf(ctx: Context, externalId: string | null): Promise<Cashier | undefined> {
  return externalId === null ? undefined : await cashier(ctx, externalId);
}

/** Before the purchase is recorded: afterwards it would be too late to say no. */
async function requireTags(ctx: Context, wanted: readonly bigint[]): Promise<void> {
  const known = new Set((await tags(ctx)).map((tag) => tag.id));
  if (!wanted.every((id) => known.has(id))) throw new BadForm([badField("tags", "invalid")]);
}

/** The operation just recorded, without asking for it again; nothing when the nonce was met before. */
function recordedAs(
  ctx: Context,
  form: PurchaseForm,
  { operationId, price, customer }: Recorded,
  till: Cashier | undefined,
): Operation | undefined {
  if (!price || !customer) return undefined;
  const { member } = customer;
  return {
    id: operationId,
    kind: "purchase",
    state: "normal",
    memberId: member.id,
    originId: null,
    at: ctx.now,
    totalMinor: price.totalMinor,
    cashMinor: price.cashMinor,
    discountMinor: price.discountMinor,
    certificateMinor: price.certificateMinor,
    pointsSpent: price.points,
    pointsEarned: price.grants.reduce((sum, grant) => sum + grant.points, 0n),
    refundedMinor: 0n,
    receiptNumber: form.receipt.number,
    staffId: till?.id ?? null,
    staffName: till?.name ?? null,
    locationId: till?.locationId ?? null,
    locationName: till?.locationName ?? null,
    tierId: customer.tierId,
    programmeVersion: customer.programmeVersion,
    source: "uds",
    because: price.because,
    memberName: member.name ?? member.phone ?? member.email,
    memberUid: member.uid,
  };
}

const SHOWN = ["purchase", "refund"] as const;
const isShown = (found: Operation) => SHOWN.some((kind) => kind === found.kind);

/** GET operations, newest first. `total` is 0 by contract; `cursor` null ends the list. */
export const listOperations: Handler = async ({ ctx, query }) => {
  const page = read(pageQuery, query());
  const asked = { kinds: SHOWN, before: page.cursor, skip: page.offset, limit: page.max + 1 };
  const { rows: found, cursor } = pageOf(await operations(ctx, asked), page.max, (last) => String(last.id));
  const rows = await Promise.all(
    found.map(async (each) => operationJson(each, await programmeAt(ctx, each.programmeVersion))),
  );
  return { body: { rows, total: 0, cursor } };
};

/** GET operations/{id}. Points given without a purchase are no operation of a till. */
export const getOperation: Handler = async ({ ctx, id }) => {
  const found = await operation(ctx, id);
  if (!isShown(found)) throw new Refused("not_found");
  return { body: operationJson(found, await programmeAt(ctx, found.programmeVersion)) };
};

/** POST operations/{id}/refund: all that is left, or `partialAmount` of the total. Answers the reversal. */
export const refundOperation: Handler = async ({ ctx, id, body }) => {
  const form = read(refundForm, body);
  const { operationId } = await refund(ctx, {
    operationId: id,
    partMinor: form.partialAmount,
    key: form.nonce === null ? null : nonceKey(form.nonce),
    staffId: null,
    locationId: null,
    source: "uds",
  });
  const made = await operation(ctx, operationId);
  return { body: operationJson(made, await programmeAt(ctx, made.programmeVersion)) };
};
