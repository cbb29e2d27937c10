/** The native API: a bill with lines priced, recorded once, refunded, confirmed; what members hold, by the routes themselves. */
import { beforeAll, expect, test } from "vitest";
import { POST as hold } from "@/app/api/pos/v1/entitlements/[id]/hold/route";
import { POST as confirm } from "@/app/api/pos/v1/holds/[id]/confirm/route";
import { POST as release } from "@/app/api/pos/v1/holds/[id]/release/route";
import { GET as held } from "@/app/api/pos/v1/members/[id]/entitlements/route";
import { POST as redeem } from "@/app/api/pos/v1/members/[id]/promo-codes/route";
import { POST as buy, GET as shop } from "@/app/api/pos/v1/members/[id]/rewards/route";
import { type Context, route } from "@/lib/access";
import {
  nativeConfirmation,
  nativeOperation,
  nativeQuote,
  nativeRefund,
  nativeSale,
  oneForm,
  quoteForm,
  refundForm,
  saleForm,
} from "@/lib/pos";
import { changeProgramme, giveReward, programme, sellCertificate } from "@/lib/program";
import { customer, grant } from "@/lib/sales";
import { newReward } from "@/tests/support/rewards";
import { ruleOf } from "@/tests/support/rules";
import { newTill } from "@/tests/support/till";
import { newBusiness, newMember } from "@/tests/support/world";

const say = (because: readonly { code: string }[]) =>
  because.map((each) => ({ ...each, text: each.code })) as never;
const quotes = route(quoteForm, (ctx, form) => nativeQuote(ctx, form, say));
const sales = route(saleForm, (ctx, form, { idempotencyKey }) => nativeSale(ctx, form, idempotencyKey, say), {
  status: 201,
});
const refunds = route(refundForm, (ctx, asked, { idempotencyKey }) =>
  nativeRefund(ctx, asked, idempotencyKey, say),
);
const confirmation = route(oneForm, (ctx, { id }) => nativeConfirmation(ctx, id, say));
const operation = route(oneForm, (ctx, { id }) => nativeOperation(ctx, id, say));

type Handler = typeof quotes;
let ctx: Context;
let authorization: string;
let memberId: bigint;

beforeAll(async () => {
  ctx = await newBusiness({ confirmEarned: true, welcome: null }, new Date());
  ({ authorization } = await newTill(ctx));
  memberId = await newMember(ctx, "+380501112233");
  const { version } = await programme(ctx);
  const { id: _, ...hair } = ruleOf({
    name: "Hair",
    when: { goods: { items: [], categories: ["hair"], isExcept: false } },
    gives: { is: "discount", bps: 1_000 },
  });
  await changeProgramme(ctx, version, { put: [{ id: null, body: hair }] });
});

async function call(
  handler: Handler,
  body: unknown,
  { key, id }: { key?: string; id?: bigint | number } = {},
) {
  const isGet = body === undefined;
  const request = new Request("http://till.test/api/pos/v1", {
    method: isGet ? "GET" : "POST",
    headers: {
      authorization,
      "content-type": "application/json",
      ...(key !== undefined && { "idempotency-key": key }),
    },
    ...(!isGet && { body: JSON.stringify(body) }),
  });
  const response = await handler(
    request,
    id === undefined ? {} : { params: Promise.resolve({ id: String(id) }) },
  );
  return { status: response.status, type: response.headers.get("content-type"), body: await response.json() };
}

const bill = {
  customer: { phone: "+380 50 111 22 33" },
  total: 150.5,
  lines: [
    { name: "Cut", category: "hair", amount: "100,00" },
    { name: "Wax", amount: 50.5 },
  ],
};

test("a quote and a sale agree to the hundredth, line by line, and say why", async () => {
  const quoted = await call(quotes, bill);
  expect(quoted).toMatchObject({
    status: 200,
    body: {
      bill: { total: 150.5, discount: 10, cash: 140.5, earns: 7.03 },
      customer: { tier: { id: "base" } },
    },
  });
  expect(quoted.body.because.map(({ code }: { code: string }) => code)).toContain("rule_discount");
  const sold = await call(sales, { ...bill, cash: 140.5 }, { key: "sale-0001" });
  expect(sold).toMatchObject({
    status: 201,
    body: { kind: "purchase", discount: 10, cash: 140.5, awaiting: 7.03 },
  });
  expect((await call(sales, { ...bill, cash: 140.5 }, { key: "sale-0001" })).body.id).toBe(sold.body.id);
  const other = await call(sales, { ...bill, total: 160 }, { key: "sale-0001" });
  expect(other).toMatchObject({
    status: 409,
    type: "application/problem+json",
    body: { code: "nonce_conflict" },
  });
  const { id } = sold.body;
  expect((await call(confirmation, {}, { id })).body).toMatchObject({ id, awaiting: 0 });
  expect((await call(confirmation, {}, { id })).status).toBe(200);
  expect((await customer({ ...ctx, now: new Date() }, { memberId }))?.available).toBe(703n);
  const part = await call(refunds, { amount: 50.5 }, { id, key: "back-0001" });
  expect(part.body).toMatchObject({ kind: "refund", originId: id, total: 50.5 });
  expect((await call(refunds, { amount: 50.5 }, { id, key: "back-0001" })).body.id).toBe(part.body.id);
  expect(await call(refunds, { amount: 200 }, { id, key: "back-0002" })).toMatchObject({
    status: 409,
    body: { code: "refund_too_much" },
  });
  await call(refunds, {}, { id, key: "back-0003" });
  expect((await call(operation, undefined, { id })).body).toMatchObject({
    state: "canceled",
    refunded: 150.5,
  });
  expect((await customer({ ...ctx, now: new Date() }, { memberId }))?.available).toBe(0n);
});

test.each<[string, object, string | undefined, number, string]>([
  ["no key", {}, undefined, 400, "invalid"],
  ["nobody named", { customer: {} }, "wrong-001", 400, "invalid"],
  ["two ways at once", { customer: { phone: "+380501112233", id: 5 } }, "wrong-002", 400, "invalid"],
  ["no phone at all", { customer: { phone: "none" } }, "wrong-003", 400, "invalid"],
  ["half a cent", { total: 150.555 }, "wrong-004", 400, "invalid"],
  ["lines over the total", { total: 100 }, "wrong-005", 400, "invalid"],
  ["another price than ours", { cash: 150.5 }, "wrong-006", 400, "checksum"],
  ["points nobody has, by a way that may not", { points: 5 }, "wrong-007", 403, "points_not_permitted"],
  ["an unknown code", { customer: { code: "000000" } }, "wrong-008", 404, "code_unknown"],
])("says what is wrong: %s", async (_, change, key, status, code) => {
  const { type, ...answer } = await call(sales, { ...bill, ...change }, key === undefined ? {} : { key });
  expect(answer).toMatchObject({ status, body: { status, code, type: `urn:kolo:problem:${code}` } });
  expect(type).toBe("application/problem+json");
});

test("what a member holds is held, brought to a bill, used and undone; a certificate pays", async () => {
  const coupon = await newReward(ctx, { name: "Fifty off", effect: { kind: "amount", minor: 5_000n } });
  const gift = { memberId, rewardId: coupon, validDays: null, comment: null, key: null };
  const { id } = await giveReward(ctx, gift);
  const set = await call(hold, {}, { id, key: "hold-0001" });
  expect(set).toMatchObject({ status: 201, body: { state: "held", effect: { kind: "amount", amount: 50 } } });
  expect((await call(hold, {}, { id, key: "hold-0001" })).body.id).toBe(set.body.id);
  expect((await call(hold, {}, { id, key: "hold-0002" })).body.code).toBe("entitlement_used");
  const certificate = await sellCertificate(
    ctx,
    {
      amountMinor: 4_050n,
      validDays: null,
      memberId,
      greeting: null,
    },
    null,
  );
  const brought = { ...bill, holds: [set.body.id], certificate: certificate.code };
  expect((await call(quotes, brought)).body.bill).toMatchObject({ certificate: 40.5, total: 150.5 });
  const sold = await call(sales, brought, { key: "sale-0002" });
  expect(sold.body).toMatchObject({ certificate: 40.5 });
  expect(sold.body.discount + sold.body.cash).toBeCloseTo(110, 5);
  const after = await call(held, undefined, { id: memberId });
  expect(after.body).toMatchObject({ entitlements: [], certificates: [] });
  await call(refunds, {}, { id: sold.body.id, key: "back-0004" });
  const back = await call(held, undefined, { id: memberId });
  expect(back.body).toMatchObject({ entitlements: [{ usesLeft: 1 }], certificates: [{ balance: 40.5 }] });
  // The code of a certificate on somebody's card names its owner.
  const named = await call(quotes, { customer: { code: certificate.code }, total: 20 });
  expect(named.body).toMatchObject({
    customer: { id: Number(memberId) },
    bill: { certificate: 20, cash: 0 },
  });
});

test("holds are let go or confirmed; rewards are bought and codes redeemed once for their keys", async () => {
  await grant(ctx, { memberId, points: 10_000n, comment: null, key: null, source: "seed" });
  const coffee = await newReward(ctx, { pricePoints: 3_000n, name: "Cup" });
  const offered = await call(shop, undefined, { id: memberId });
  expect(offered.body.rewards).toContainEqual(
    expect.objectContaining({ name: "Cup", price: 30, problem: null }),
  );
  const bought = await call(buy, { rewardId: Number(coffee) }, { id: memberId, key: "buy-00001" });
  expect(bought).toMatchObject({ status: 201, body: { name: "Cup", usesLeft: 1 } });
  const first = await call(hold, {}, { id: bought.body.id, key: "hold-0003" });
  expect((await call(release, {}, { id: first.body.id })).body.state).toBe("released");
  const second = await call(hold, {}, { id: bought.body.id, key: "hold-0004" });
  expect((await call(confirm, {}, { id: second.body.id })).body.state).toBe("confirmed");
  expect((await call(confirm, {}, { id: second.body.id })).body.state).toBe("confirmed");
  const wrong = await call(redeem, { code: "NO-SUCH-CODE" }, { id: memberId, key: "promo-001" });
  expect(wrong).toMatchObject({ status: 404, body: { code: "promo_unknown" } });
});
