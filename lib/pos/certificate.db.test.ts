/** A gift certificate's code where tills send a customer's: it pays, earns nothing, comes back, and cannot be guessed. */
import { beforeAll, expect, test } from "vitest";
import type { Context } from "@/lib/access";
import { certificate, sellCertificate, withdrawCertificate } from "@/lib/program";
import { asOwner } from "@/tests/support/database";
import { newTill, numberAt, type Till, valueAt } from "@/tests/support/till";
import { newBusiness, newMember } from "@/tests/support/world";

const PHONE = "+380501112233";
const OTHER = "+380501112244";
let ctx: Context;
let till: Till;
let memberId: bigint;

beforeAll(async () => {
  ctx = await newBusiness({ welcome: null, spendByPhone: true }, new Date());
  till = await newTill(ctx);
  memberId = await newMember(ctx, PHONE);
  await newMember(ctx, OTHER);
});

const sell = async (owner: bigint | null, amountMinor = 10_000n) =>
  await sellCertificate(ctx, { amountMinor, validDays: 30, memberId: owner, greeting: null }, null);
const balance = async (id: bigint) => (await certificate(ctx, id)).certificate.balanceMinor;
const receipt = (total: number, cash: number, points = 0) => ({ total, cash, points });
const errorOf = (body: unknown) => valueAt(body, "errorCode");

test("on somebody's card it names them and pays as far as it goes, over two bills, and comes back in parts", async () => {
  const { id, code } = await sell(memberId);
  const dashed = code.toLowerCase().replace(/(.{4})(?=.)/g, "$1-");
  const found = await till.get(`customers/find?code=${dashed}&total=60&exchangeCode=true`);
  expect(found.body).toMatchObject({
    type: "CERTIFICATE",
    code,
    user: { phone: PHONE },
    purchase: { certificatePoints: 60, cash: 0, cashBack: 0 },
  });
  const calc = await till.post("operations/calc", { code: dashed, receipt: { total: 60 } });
  expect(valueAt(calc.body, "purchase")).toMatchObject({ certificatePoints: 60, points: 0, cash: 0 });
  const first = await till.post("operations", { code: dashed, nonce: "cert-1", receipt: receipt(60, 0) });
  expect(first).toMatchObject({
    status: 200,
    body: { certificatePoints: 60, cash: 0, points: 0, total: 60 },
  });
  const again = await till.post("operations", { code: dashed, nonce: "cert-1", receipt: receipt(60, 0) });
  expect(valueAt(again.body, "id")).toBe(valueAt(first.body, "id"));
  const wrong = await till.post("operations", { code, receipt: receipt(100, 0) });
  expect([wrong.status, errorOf(wrong.body)]).toEqual([400, "invalidChecksum"]);
  const second = await till.post("operations", { code, receipt: receipt(100, 60) });
  expect(second).toMatchObject({ status: 200, body: { certificatePoints: 40, cash: 60 } });
  expect(await balance(id)).toBe(0n);
  // Only what was paid in money earned: 5 % of 60.
  expect((await till.get(`customers/${memberId}`)).body).toMatchObject({ participant: { points: 3 } });

  const back = await till.post(`operations/${numberAt(second.body, "id")}/refund`, { partialAmount: 50 });
  expect(back.body).toMatchObject({ total: -50, cash: -30, certificatePoints: -20 });
  await till.post(`operations/${numberAt(second.body, "id")}/refund`);
  await till.post(`operations/${numberAt(first.body, "id")}/refund`);
  expect(await balance(id)).toBe(10_000n);
  expect((await till.get(`customers/${memberId}`)).body).toMatchObject({ participant: { points: 0 } });
});

test("beside a phone it pays for that customer, who cannot pay with points at once", async () => {
  const { id, code } = await sell(memberId, 3_000n);
  const participant = { phone: OTHER };
  const made = await till.post("operations", { code, participant, receipt: receipt(50, 20) });
  expect(made).toMatchObject({ status: 200, body: { certificatePoints: 30, cash: 20 } });
  expect(await balance(id)).toBe(0n);
  const mixed = { code, participant, receipt: receipt(50, 40, 10) };
  expect(errorOf((await till.post("operations", mixed)).body)).toBe("withdrawNotPermitted");
});

test("on nobody's card and alone it is not found, since a purchase must be somebody's; with a phone it pays", async () => {
  const { id, code } = await sell(null);
  for (const answer of [
    await till.get(`customers/find?code=${code}`),
    await till.post("operations/calc", { code, receipt: { total: 10 } }),
    await till.post("operations", { code, receipt: receipt(10, 0) }),
  ])
    expect([answer.status, errorOf(answer.body)]).toEqual([404, "notFound"]);
  expect(await balance(id)).toBe(10_000n);
  // Somebody new at the counter: the purchase makes the member.
  const participant = { phone: "+380501119999" };
  const made = await till.post("operations", { code, participant, receipt: receipt(10, 0) });
  expect(made).toMatchObject({ status: 200, body: { certificatePoints: 10 } });
});

test("over, ended, unknown and of another business are all not found; guessing is locked", async () => {
  const [over, ended] = [await sell(memberId), await sell(memberId)];
  await asOwner("UPDATE certificate SET expires_at = now() - interval '1 day' WHERE id = $1", [over.id]);
  await withdrawCertificate(ctx, ended.id);
  const elsewhere = await newTill(await newBusiness({}, new Date()));
  const live = await sell(memberId);
  const ask = async (code: string, by = till) => {
    const answer = await by.post("operations", { code, receipt: receipt(10, 0) });
    return [answer.status, errorOf(answer.body)];
  };
  expect(await ask(over.code)).toEqual([404, "notFound"]);
  expect(await ask(ended.code)).toEqual([404, "notFound"]);
  expect(await ask(live.code, elsewhere)).toEqual([404, "notFound"]);
  expect(await ask("2345-6789-ABCD-EFGH")).toEqual([404, "notFound"]);
  const tried: unknown[] = [];
  for (let tries = 0; tries < 60 && tried.at(-1) !== 429; tries += 1)
    tried.push((await ask("2345-6789-ABCD-EFGH"))[0]);
  expect(tried.at(-1)).toBe(429);
  // Locked means locked for the right code as well: nothing is learnt by going on.
  expect(await ask(live.code)).toEqual([429, "tooManyRequests"]);
});
