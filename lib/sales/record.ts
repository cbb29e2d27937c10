import "server-only";
import { createHash } from "node:crypto";
import { type Context, require } from "../access";
import { newId } from "../kernel/ids";
import { Refused } from "../kernel/refusals";
import { memberByPhone } from "../members";
import { StaleVersion, violatedConstraint } from "../platform/db";
import { programmeAt } from "../program";
import {
  type Bill,
  type BillProblem,
  type Held,
  type Price,
  type Programme,
  type PurchaseEffect,
  priceWithRebates,
  type Rebate,
} from "../program/model";
import { type Basis, basisOf, extrasOf, standingOf, withCategories } from "./basis";
import { type Bringing, type Brought, besides, bring, priceBrought } from "./bring";
import { lotsMoved, settledFirst, standingBought } from "./life";
import type { Customer, Identifier, Line } from "./model";
import * as store from "./store";

/** Decisions taken anew when somebody else was faster; then the caller is told to try later. */
const ATTEMPTS_MAX = 40;

export type Receipt = {
  readonly totalMinor: bigint;
  readonly skipMinor: bigint;
  readonly unredeemableMinor: bigint;
  /** Points to pay with. */
  readonly points: bigint;
  /** What the till takes in money; null: as calculated (the desk asks us, a till tells us). */
  readonly cashMinor: bigint | null;
  readonly number: string | null;
  /** Paid by gift certificates and the like; what spends them comes in `effects`. */
  readonly certificateMinor?: bigint;
};

export type RecordInput = {
  readonly by: Identifier;
  readonly receipt: Receipt;
  /** Client-minted; null: the caller takes no precautions. */
  readonly key: string | null;
  readonly staffId: bigint | null;
  readonly locationId: bigint | null;
  readonly source: "uds" | "desk" | "seed";
  readonly lines?: readonly Line[];
  /** Rules the member brings by promo codes and entitlements. */
  readonly held?: readonly Held[];
  /** What is done and undone with the purchase, whatever it costs. */
  readonly effects?: readonly PurchaseEffect[];
  /** Whether it is paid before the visit. */
  readonly isPrepaid?: boolean;
  /** Uses of what the member holds, and a certificate that pays. */
  readonly brings?: Bringing;
  /** What else the caller's body said: the key stands for it too. */
  readonly also?: unknown;
};

export type Recorded = {
  readonly operationId: bigint;
  readonly replayed: boolean;
  readonly price: Price | null;
  /** Who bought, as of before the purchase; null when the key was met before. */
  readonly customer: Customer | null;
};

/**
 * Records a purchase: prices it, posts points and money in one step, exactly once for its key.
 *
 * Refuses: `code_unknown`, `not_found`, `member_blocked`, `purchase_by_phone_disabled`, `points_not_permitted`,
 * `insufficient_points`, `points_over_limit`, `checksum`, `over_receipt_limit`, `receipt_number_required`, `invalid`,
 * `nonce_conflict`, `busy`.
 */
export async function record(ctx: Context, input: RecordInput): Promise<Recorded> {
  require(ctx, "sales:record");
  const fingerprint = fingerprintOf({
    by: input.by,
    receipt: input.receipt,
    source: input.source,
    also: input.also,
    lines: input.lines?.length ? input.lines : undefined,
    held: input.held?.length ? input.held : undefined,
    effects: input.effects?.length ? input.effects : undefined,
    isPrepaid: input.isPrepaid || undefined,
    brings: input.brings?.holds?.length || input.brings?.certificate ? input.brings : undefined,
  });
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const reading = await store.readCustomer(ctx.business.id, ctx.now, input.by, input.key);
    if (reading.replay) return replayed(reading.replay, fingerprint);
    if (!reading.customer) {
      await introduce(ctx, input, reading.programmeVersion);
      continue;
    }
    const recorded = await decideAndPost(ctx, input, reading.customer, fingerprint, attempt > 0);
    if (recorded) return recorded;
  }
  throw new Refused("busy");
}

/** One decision on one version; nothing when somebody else changed the member meanwhile. */
async function decideAndPost(
  ctx: Context,
  input: RecordInput,
  customer: Customer,
  fingerprint: string,
  isAgain: boolean,
): Promise<Recorded | undefined> {
  const programme = await programmeAt(ctx, customer.programmeVersion);
  if (await settledFirst(ctx, programme, customer)) return undefined;
  const basis = await basisOf(ctx, programme, input.lines ?? [], isAgain);
  const brought = await bring(ctx, customer.member.id, input.brings ?? {});
  const priced = decide(ctx, programme, customer, input, basis, brought);
  const lines = withCategories(input.lines ?? [], basis);
  const also = await besides(ctx, billOf({ ...input, lines }), brought, priced);
  const operationId = newId(ctx.now);
  const stands = standingBought(ctx, programme, customer, priced.cashMinor, operationId);
  try {
    const posted = await store.recordPurchase({
      businessId: ctx.business.id,
      now: ctx.now,
      operationId,
      customer,
      key: input.key,
      fingerprint,
      code: customer.foundBy === "code" ? (input.by.code ?? null) : null,
      price: priced,
      receiptNumber: input.receipt.number,
      staffId: input.staffId,
      locationId: input.locationId,
      ...stands,
      moves: lotsMoved(ctx, programme, customer),
      source: input.source,
      actor: ctx.actor,
      because: [...priced.because, ...also.because],
      lines,
      extras: extrasOf(
        programme,
        billOf({ ...input, held: [...(input.held ?? []), ...brought.held] }),
        customer,
      ),
      effects: [...priced.effects, ...(input.effects ?? []), ...also.effects],
    });
    return posted.outcome === "replay"
      ? { operationId: posted.operation_id, replayed: true, price: null, customer: null }
      : { operationId: posted.operation_id, replayed: false, price: priced, customer };
  } catch (error) {
    if (error instanceof StaleVersion || violatedConstraint(error)?.startsWith("operation_pkey"))
      return undefined;
    throw error;
  }
}

/** Everything a purchase must satisfy before it is posted; throws the first thing it does not. */
function decide(
  ctx: Context,
  programme: Programme,
  customer: Customer,
  input: RecordInput,
  basis: Basis,
  brought: Brought,
): Price {
  const { receipt } = input;
  refuseBlocked(customer);
  if (customer.foundBy === "phone" && !programme.purchaseByPhone && ctx.actor.kind === "till")
    throw new Refused("purchase_by_phone_disabled");
  if (programme.receiptNumberRequired && !receipt.number && ctx.actor.kind === "staff")
    throw new Refused("receipt_number_required");
  if (receipt.points > 0n && !maySpend(programme, customer)) throw new Refused("points_not_permitted");
  const priced = priceBrought(ctx, programme, customer, billOf(input), basis, brought);
  return receipt.cashMinor === null ? priced : withTillsCash(programme, priced, receipt.cashMinor);
}

/** The bill as the evaluator takes it. */
function billOf(input: RecordInput): Bill {
  const { receipt, lines = [], locationId, held = [], isPrepaid = false } = input;
  return {
    ...receipt,
    locationId,
    held,
    isPrepaid,
    lines: lines.map((line) => ({ ...line, category: line.category ?? null })),
  };
}

export function refuseBlocked(customer: Customer): void {
  if (customer.member.blockedAt) throw new Refused("member_blocked");
}

/** Points are spent by whoever shows a code, by phone where that is on, by uid never. */
export function maySpend(programme: Programme, customer: Customer): boolean {
  switch (customer.foundBy) {
    case "code":
      return true;
    case "phone":
      return programme.spendByPhone;
    case "uid":
    case "id":
      return false;
  }
}

/** The evaluator's price, or its problem as a refusal; without a customer, for whoever buys the first time. */
export function priceOrRefuse(
  ctx: Context,
  programme: Programme,
  customer: Customer | undefined,
  bill: Bill,
  basis: Basis,
  rebates: readonly Rebate[] = [],
): Price {
  const standing = standingOf(customer, basis.budgets);
  const full = bill.lines ? { ...bill, lines: withCategories(bill.lines, basis) } : bill;
  const result = priceWithRebates(programme, standing, full, rebates, ctx.now, ctx.business.zone);
  if (result.ok) return result.price;
  throw refusalOf(result.problem, result.limit);
}

export function refusalOf(problem: BillProblem, limit: bigint): Refused {
  switch (problem) {
    case "over_receipt_limit":
    case "insufficient_points":
    case "points_over_limit":
      return new Refused(problem, { limit });
    case "skip_over_total":
      return new Refused("invalid", { field: "receipt.skipLoyaltyTotal", problem, limit });
    case "unredeemable_over_total":
      return new Refused("invalid", { field: "receipt.unredeemableTotal", problem, limit });
    case "lines_over_total":
      return new Refused("invalid", { field: "lines", problem, limit });
    case "certificate_over_total":
      return new Refused("invalid", { field: "receipt.certificatePoints", problem, limit });
  }
}

/** A till computes the cash itself: it must agree, one hundredth of discount rounding aside. */
function withTillsCash(programme: Programme, priced: Price, cashMinor: bigint): Price {
  const off = cashMinor - priced.cashMinor;
  if (off === 0n) return priced;
  const rounding =
    (programme.policy === "discount" || priced.discountMinor > 0n) &&
    (off === 1n || off === -1n) &&
    priced.discountMinor - off >= 0n;
  if (!rounding) throw new Refused("checksum", { expected: priced.cashMinor, got: cashMinor });
  return { ...priced, cashMinor, discountMinor: priced.discountMinor - off };
}

/** An unknown phone becomes a member; anything else unknown is refused. */
async function introduce(
  ctx: Context,
  input: RecordInput,
  programmeVersion: number | undefined,
): Promise<void> {
  const { code, phone, uid } = input.by;
  if (!phone) throw new Refused(code ? "code_unknown" : "not_found");
  if (code || uid) throw new Refused(code ? "code_unknown" : "not_found");
  const programme = await programmeAt(ctx, programmeVersion ?? 0);
  if (!programme.purchaseByPhone && ctx.actor.kind === "till")
    throw new Refused("purchase_by_phone_disabled");
  if (input.receipt.points > 0n)
    throw new Refused(programme.spendByPhone ? "insufficient_points" : "points_not_permitted");
  // Price it for nobody first, so that a bad bill leaves no member behind.
  const basis = await basisOf(ctx, programme, input.lines ?? []);
  const brought = await bring(ctx, null, input.brings ?? {});
  const priced = priceBrought(ctx, programme, undefined, billOf(input), basis, brought);
  if (input.receipt.cashMinor !== null) withTillsCash(programme, priced, input.receipt.cashMinor);
  if (programme.receiptNumberRequired && !input.receipt.number && ctx.actor.kind === "staff")
    throw new Refused("receipt_number_required");
  await memberByPhone(ctx, phone);
}

function replayed(replay: { operationId: bigint; fingerprint: string }, fingerprint: string): Recorded {
  if (replay.fingerprint !== fingerprint) throw new Refused("nonce_conflict");
  return { operationId: replay.operationId, replayed: true, price: null, customer: null };
}

/** What a key stands for: the parsed body, whatever the order of its fields was. */
export function fingerprintOf(body: unknown): string {
  const sorted = (value: unknown): unknown =>
    typeof value === "bigint"
      ? value.toString()
      : Array.isArray(value)
        ? value.map(sorted)
        : value && typeof value === "object"
          ? Object.fromEntries(
              Object.entries(value)
                .filter(([, v]) => v !== null && v !== undefined)
                .toSorted(([a], [b]) => (a < b ? -1 : 1))
                .map(([k, v]) => [k, sorted(v)]),
            )
          : value;
  return createHash("sha256")
    .update(JSON.stringify(sorted(body)))
    .digest("base64url");
}
