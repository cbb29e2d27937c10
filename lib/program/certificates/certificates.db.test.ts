/** Money on a code: sold, spent in parts, given back, expired; two tills never spend it twice. */
import { beforeAll, expect, test } from "vitest";
import type { Context } from "@/lib/access";
import {
  attachCertificate,
  certificate,
  certificateByCode,
  certificatesOf,
  certificatesOwed,
  expireCertificates,
  sellCertificate,
  withdrawCertificate,
} from "@/lib/program";
import { customer, operation, quote, refund } from "@/lib/sales";
import { buy } from "@/tests/support/rewards";
import { at, days, NOON, newBusiness, newMember } from "@/tests/support/world";

let ctx: Context;
let memberId: bigint;
const PLAIN = { amountMinor: 50_000n, validDays: 30, memberId: null, greeting: null };
const sell = async (change: Partial<typeof PLAIN> = {}, key: string | null = null) =>
  await sellCertificate(ctx, { ...PLAIN, ...change }, key);
const balance = async (id: bigint) => (await certificate(ctx, id)).certificate.balanceMinor;

beforeAll(async () => {
  ctx = await newBusiness({ welcome: null });
  memberId = await newMember(ctx, "+380501234567");
});

test("is sold once for its key, with a code in groups that nobody guesses", async () => {
  const [one, two] = await Promise.all([sell({}, "sell-key-1"), sell({}, "sell-key-1")]);
  expect(one.id).toBe(two.id);
  expect(one).toMatchObject({ balanceMinor: 50_000n, expiresAt: new Date("2026-04-09T21:00:00Z") });
  expect(one.code).toMatch(/^[2-9A-HJ-NP-Z]{16}$/);
  await expect(sell({ amountMinor: 1n }, "sell-key-1")).rejects.toThrow("nonce_conflict");
});

test("pays what is left in money as far as it goes, earns nothing, and comes back with refunds in parts", async () => {
  const { id, code } = await sell();
  const brings = { certificate: code.toLowerCase() };
  const bill = { totalMinor: 30_000n, skipMinor: 0n, unredeemableMinor: 0n, points: 0n };
  const quoted = await quote(ctx, { by: { memberId }, ...bill, brings });
  expect(quoted.price).toMatchObject({ certificateMinor: 30_000n, cashMinor: 0n, cashback: 0n });
  const first = await buy(ctx, memberId, 30_000n, { brings });
  const second = await buy(ctx, memberId, 30_000n, { brings });
  expect(second.price).toMatchObject({ certificateMinor: 20_000n, cashMinor: 10_000n, cashback: 500n });
  expect(await balance(id)).toBe(0n);
  for (const partMinor of [10_000n, 1n, null]) {
    const asked = { operationId: first.operationId, partMinor, key: null, staffId: null, locationId: null };
    await refund(ctx, { ...asked, source: "desk" });
  }
  expect(await balance(id)).toBe(30_000n);
  expect((await certificate(ctx, id)).movements.map(({ reason }) => reason)).toEqual([
    "refund",
    "refund",
    "refund",
    "spend",
    "spend",
    "sell",
  ]);
  const part = await refund(ctx, {
    operationId: second.operationId,
    partMinor: 15_000n,
    key: null,
    staffId: null,
    locationId: null,
    source: "desk",
  });
  expect(await operation(ctx, part.operationId)).toMatchObject({
    certificateMinor: 10_000n,
    cashMinor: 5_000n,
  });
  expect(await balance(id)).toBe(40_000n);
});

test("is never spent twice by tills at once", async () => {
  const { id, code } = await sell({ amountMinor: 10_000n });
  const many = await Promise.all(Array.from({ length: 6 }, (_, nth) => newMember(ctx, `+38050777000${nth}`)));
  const bought = await Promise.allSettled(
    many.map((each) => buy(ctx, each, 4_000n, { brings: { certificate: code } })),
  );
  const spent = bought.reduce(
    (sum, each) => sum + (each.status === "fulfilled" ? (each.value.price?.certificateMinor ?? 0n) : 0n),
    0n,
  );
  expect(spent + (await balance(id))).toBe(10_000n);
});

test("belongs to whoever has the code; on a card it is shown there", async () => {
  const { id, code } = await sell();
  const self: Context = { ...ctx, actor: { kind: "member", id: memberId, personId: 1n } };
  await attachCertificate(self, memberId, code);
  expect((await certificatesOf(self, memberId)).map((each) => each.id)).toContain(id);
  const other = await newMember(ctx, "+380509998877");
  await expect(attachCertificate(self, other, code)).rejects.toThrow("forbidden");
  await buy(ctx, other, 1_000n, { brings: { certificate: code } });
  expect(await balance(id)).toBe(49_000n);
});

test("ends with its time, or when it is taken back; a refund after its time gives it two weeks", async () => {
  const { id, code } = await sell({ validDays: 5 });
  const { operationId } = await buy(ctx, memberId, 20_000n, { brings: { certificate: code } });
  const late = at(ctx, days(NOON, 10));
  await expect(certificateByCode(late, code)).rejects.toThrow("certificate_expired");
  await expireCertificates(late);
  expect(await balance(id)).toBe(0n);
  const back = { operationId, partMinor: null, key: null, staffId: null, locationId: null };
  await refund(late, { ...back, source: "desk" });
  expect(await certificateByCode(late, code)).toMatchObject({
    balanceMinor: 20_000n,
    expiresAt: new Date("2026-04-03T21:00:00Z"),
  });
  expect(await withdrawCertificate(ctx, id)).toEqual({ returnedMinor: 20_000n });
  await expect(certificateByCode(ctx, code)).rejects.toThrow("certificate_unknown");
});

test("what is owed is what lies on live ones, and spending it saves the member that much", async () => {
  const own = await newBusiness();
  const guest = await newMember(own, "+380501112233");
  const { code } = await sellCertificate(own, { ...PLAIN }, null);
  await sellCertificate(own, { ...PLAIN, validDays: null }, null);
  await buy(own, guest, 10_000n, { brings: { certificate: code } });
  expect(await certificatesOwed(own)).toEqual({ count: 2, minor: 90_000n });
  expect(await customer(own, { memberId: guest })).toMatchObject({ savedMinor: 10_000n, cashSpentMinor: 0n });
});
