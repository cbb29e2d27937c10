import "server-only";
/** The native till API's purchases: a bill with its lines priced, recorded, refunded and confirmed. */
import type { Context } from "../../access";
import { normalizePhone } from "../../kernel/phone";
import { Refused } from "../../kernel/refusals";
import { certificateByCode } from "../../program";
import { readCertificateCode } from "../../program/model";
import { awaiting, cashier, confirmEarned, operation, quote, record, refund } from "../../sales";
import type { Identifier, Line } from "../../sales/model";
import { billJson, buyerJson, type Say, saleJson } from "./model";
import type { QuoteForm, SaleForm } from "./schema";

export { oneForm, quoteForm, refundForm, saleForm } from "./schema";

type Asked = QuoteForm | SaleForm;

/** Prices a bill, writing nothing. Refuses: as `quote`. */
export async function nativeQuote(ctx: Context, form: QuoteForm, say: Say) {
  const { by, certificate } = await payerOf(ctx, form);
  const { customer, programme, price } = await quote(ctx, {
    by,
    totalMinor: form.total,
    skipMinor: form.outside,
    unredeemableMinor: form.unredeemable,
    points: form.points,
    lines: linesOf(form).map((line) => ({ ...line, category: line.category ?? null })),
    locationId: form.locationId,
    isPrepaid: form.prepaid,
    brings: { holds: form.holds, certificate },
  });
  return { customer: buyerJson(customer, programme), bill: billJson(price), because: say(price.because) };
}

/** Records a purchase once for its key. Refuses: as `record`; `invalid` without a key. */
export async function nativeSale(ctx: Context, form: SaleForm, key: string | undefined, say: Say) {
  const { by, certificate } = await payerOf(ctx, form);
  const staff = form.cashier === null ? undefined : await cashier(ctx, form.cashier);
  const recorded = await record(ctx, {
    by,
    receipt: {
      totalMinor: form.total,
      skipMinor: form.outside,
      unredeemableMinor: form.unredeemable,
      points: form.points,
      cashMinor: form.cash,
      number: form.receiptNumber,
    },
    key: keyOf(key),
    staffId: staff?.id ?? null,
    locationId: form.locationId ?? staff?.locationId ?? null,
    source: "uds",
    lines: linesOf(form),
    isPrepaid: form.prepaid,
    brings: { holds: form.holds, certificate },
  });
  return await nativeOperation(ctx, recorded.operationId, say);
}

/** Refunds a purchase or a part of it once for its key. Refuses: as `refund`; `invalid` without a key. */
export async function nativeRefund(
  ctx: Context,
  asked: { readonly id: bigint; readonly amount: bigint | null },
  key: string | undefined,
  say: Say,
) {
  const refunded = await refund(ctx, {
    operationId: asked.id,
    partMinor: asked.amount,
    key: keyOf(key),
    staffId: null,
    locationId: null,
    source: "uds",
  });
  return await nativeOperation(ctx, refunded.operationId, say);
}

/** Lets points begin that wait for the visit to be confirmed. Refuses: as `confirmEarned`. */
export async function nativeConfirmation(ctx: Context, id: bigint, say: Say) {
  await confirmEarned(ctx, id);
  return await nativeOperation(ctx, id, say);
}

/** One operation with its explanation. Refuses: `not_found`. */
export async function nativeOperation(ctx: Context, id: bigint, say: Say) {
  const found = await operation(ctx, id);
  const waits = await awaiting(ctx, [id]);
  return saleJson(found, waits.get(id) ?? 0n, say);
}

/** A purchase from outside must be safe to repeat. */
function keyOf(key: string | undefined): string {
  if (key === undefined) throw new Refused("invalid", { field: "Idempotency-Key" });
  return `pos:${key}`;
}

const linesOf = ({ lines }: Asked): Line[] =>
  lines.map(({ amount, ...line }) => ({ ...line, amountMinor: amount }));

/** Who is meant, and the certificate that pays: named apart, or shown as the code of whoever's card it is on. */
async function payerOf(
  ctx: Context,
  { customer, certificate }: Asked,
): Promise<{ by: Identifier; certificate: string | null }> {
  const { id, code, phone, uid } = customer;
  if (id !== null) return { by: { memberId: id }, certificate };
  if (code !== null && readCertificateCode(code) !== undefined) {
    const { memberId, code: own } = await certificateByCode(ctx, code);
    if (memberId === null) throw new Refused("not_found", { what: "member" });
    return { by: { memberId }, certificate: own };
  }
  const normal = phone === null ? null : normalizePhone(phone, ctx.business.locale);
  if (normal === undefined) throw new Refused("invalid", { field: "customer.phone" });
  return { by: { code, phone: normal, uid: uid?.toLowerCase() ?? null }, certificate };
}
