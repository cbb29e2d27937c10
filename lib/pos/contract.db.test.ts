/** Every documented key with its type, on real answers; and the contract's arithmetic. */
import * as fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { addStaff, type Context } from "@/lib/access";
import { addTag, setTags, showCode } from "@/lib/members";
import type { ProgrammeSettings } from "@/lib/program/schema";
import { startingProgramme } from "@/lib/program/schema";
import { grant } from "@/lib/sales";
import { asOwner } from "@/tests/support/database";
import { newTill, numberAt, type Till, valueAt } from "@/tests/support/till";
import { newBusiness, newMember } from "@/tests/support/world";

const id = z.int().positive();
const money = z.number().refine((value) => Number(value.toFixed(2)) === value);
const instant = z.iso.datetime();
const tier = z.strictObject({
  uid: z.string(),
  name: z.string(),
  rate: z.number().min(0).max(100),
  maxScoresDiscount: z.number().nullable(),
  conditions: z.strictObject({
    totalCashSpent: z.strictObject({ target: money }).nullable(),
    effectiveInvitedCount: z.strictObject({ target: z.int() }).nullable(),
  }),
});
const settings = z.strictObject({
  id,
  name: z.string(),
  promoCode: z.string(),
  currency: z.string().nullable(),
  baseDiscountPolicy: z.enum(["APPLY_DISCOUNT", "CHARGE_SCORES"]),
  loyaltyProgramSettings: z.strictObject({
    baseMembershipTier: tier.extend({ uid: z.literal("base") }),
    membershipTiers: z.array(tier),
    referralCashbackRates: z.array(z.number()).length(3),
    cashierAward: z.number().nullable(),
    referralReward: z.number().nullable(),
    discountVip: z.number().nullable(),
    receiptLimit: z.number().nullable(),
    deferPointsForDays: z.int().nullable(),
    firstPurchasePoints: z.number().min(0.01).nullable(),
    maxScoresDiscount: z.number(),
  }),
  purchaseByPhone: z.boolean(),
  usePointsByPhone: z.boolean(),
  writeInvoice: z.boolean(),
  slug: z.string(),
  marketingSettings: z.null(),
  burnPointsOnPurchase: z.boolean(),
  burnPointsOnPricelist: z.boolean(),
});
const participantShape = z.strictObject({
  id: z.int().min(0),
  inviterId: id.nullable(),
  points: money,
  discountRate: z.number(),
  cashbackRate: z.number(),
  cashSpent: money,
  savedFunds: money,
  invitedCount: z.int(),
  effectiveInvitedCount: z.int(),
  operationsCount: z.int(),
  fullRefundsCount: z.int(),
  note: z.string().nullable(),
  membershipTier: tier,
  dateCreated: instant,
  lastTransactionTime: instant.nullable(),
  pointsExpireIn: instant.nullable(),
});
const tagRow = z.strictObject({ id, name: z.string() });
const customer = z.strictObject({
  uid: z.string().nullable(),
  avatar: z.string().nullable(),
  displayName: z.string(),
  gender: z.enum(["MALE", "FEMALE", "NOT_SPECIFIED"]).nullable(),
  phone: z.string().nullable(),
  birthDate: z.iso.date().nullable(),
  participant: participantShape,
  channelName: z.string().nullable(),
  email: z.string().nullable(),
  tags: z.array(tagRow),
});
const purchase = z.strictObject({
  maxPoints: money,
  total: money,
  skipLoyaltyTotal: money,
  unredeemableTotal: money,
  discountAmount: money,
  discountPercent: z.number(),
  points: money,
  pointsPercent: z.number(),
  netDiscount: money,
  netDiscountPercent: z.number(),
  certificatePoints: money,
  cash: money,
  cashTotal: money,
  cashBack: money,
  extras: z.strictObject({}),
  maxScoresDiscount: z.number(),
});
const named = z.strictObject({ id, displayName: z.string() });
const operation = z.strictObject({
  id,
  dateCreated: instant,
  action: z.literal("PURCHASE"),
  state: z.enum(["NORMAL", "CANCELED", "REVERSAL"]),
  customer: z.strictObject({
    id,
    uid: z.string().nullable(),
    displayName: z.string().nullable(),
    membershipTier: tier.nullable(),
  }),
  cashier: named.nullable(),
  branch: named.nullable(),
  points: money,
  certificatePoints: money,
  receiptNumber: z.string().nullable(),
  origin: z.strictObject({ id }).nullable(),
  total: money,
  cash: money,
});
const list = <S extends z.ZodType>(row: S) =>
  z.strictObject({ rows: z.array(row), total: z.int(), cursor: z.string().nullable() });
const tags = z.strictObject({ rows: z.array(tagRow), total: z.int() });

let ctx: Context;
let till: Till;
let nextPhone = 380_630_000_000;
const phone = () => `+${(nextPhone += 1)}`;

/** A business of its own, with a till that no limit holds back. */
async function shop(change: Partial<ProgrammeSettings>): Promise<{ ctx: Context; till: Till }> {
  const made = await newBusiness(change, new Date());
  await asOwner("UPDATE business SET rate_per_second = 100000, rate_burst = 100000 WHERE id = $1", [
    made.business.id,
  ]);
  return { ctx: made, till: await newTill(made) };
}

async function member(where: Context, points: bigint) {
  const memberId = await newMember(where, phone());
  if (points > 0n) await grant(where, { memberId, points, comment: null, key: null, source: "seed" });
  return memberId;
}
const codeOf = async (where: Context, memberId: bigint) => (await showCode(where, memberId)).code;

beforeAll(async () => {
  ({ ctx, till } = await shop({ maxPointsBps: 5_000, pendingDays: 0 }));
});

describe("every documented key", () => {
  test("settings", async () => {
    const { body } = await till.get("settings");
    expect(settings.parse(body)).toEqual(body);
    expect(body).toMatchObject({ baseDiscountPolicy: "CHARGE_SCORES", currency: "UAH" });
    const other = await shop({ policy: "discount", pendingDays: 3, receiptLimitMinor: 1_000_00n });
    const { body: discount } = await other.till.get("settings");
    expect(settings.parse(discount)).toMatchObject({
      baseDiscountPolicy: "APPLY_DISCOUNT",
      loyaltyProgramSettings: { deferPointsForDays: 3, receiptLimit: 1000 },
    });
  });

  test("customers, find, calc, operations, refund, tags", async () => {
    const tagId = await addTag(ctx, "Likes mint");
    await addStaff(ctx, { name: "Марта", email: null, role: "cashier", externalId: "m-1", locationId: null });
    const memberId = await member(ctx, 100_00n);
    await setTags(ctx, memberId, [tagId]);
    const code = await codeOf(ctx, memberId);
    const found = await till.get(`customers/find?code=${code}&exchangeCode=true&total=200`);
    const find = z.strictObject({
      user: customer,
      code: z.string().nullable(),
      type: z.literal("PURCHASE"),
      purchase: purchase.nullable(),
    });
    expect(find.parse(found.body).purchase).toMatchObject({ maxPoints: 100, points: 100, cash: 100 });
    const long = valueAt(found.body, "code");
    expect(long).not.toBe(code);
    const again = await till.get(`customers/find?code=${String(long)}&exchangeCode=true`);
    expect(find.parse(again.body)).toMatchObject({ code: long, purchase: null });
    const receipt = { total: 200, points: 60, cash: 140, number: 17 };
    const calc = await till.post("operations/calc", { code, receipt });
    expect(z.strictObject({ user: customer, purchase }).parse(calc.body).purchase).toMatchObject({
      pointsPercent: 30,
      netDiscountPercent: 30,
      cashBack: 7,
    });
    const made = await till.post("operations", { code: long, cashier: { externalId: "m-1" }, receipt });
    expect(operation.parse(made.body)).toMatchObject({
      points: -60,
      total: 200,
      cash: 140,
      receiptNumber: "17",
      cashier: { displayName: "Марта" },
    });
    const back = await till.post(`operations/${numberAt(made.body, "id")}/refund`, { partialAmount: 100 });
    expect(operation.parse(back.body)).toMatchObject({
      state: "REVERSAL",
      total: -100,
      cash: -70,
      points: 30,
      receiptNumber: null,
      customer: { membershipTier: null },
    });
    const detail = await till.get(`customers/${memberId}`);
    expect(customer.parse(detail.body).participant).toMatchObject({ points: 73.5, cashSpent: 70 });
    expect(operation.parse((await till.get(`operations/${numberAt(made.body, "id")}`)).body)).toEqual(
      made.body,
    );
    expect(tags.parse((await till.get("tags")).body)).toMatchObject({ total: 1 });
    expect(tags.parse((await till.get(`customers/${memberId}/tags`)).body)).toMatchObject({ total: 1 });
  });

  test("a phone nobody has yet is priced as a first purchase, and found only after it", async () => {
    const number = phone();
    const answered = await till.post("operations/calc", {
      participant: { phone: number },
      receipt: { total: 100 },
    });
    const { user, purchase: priced } = z.strictObject({ user: customer, purchase }).parse(answered.body);
    expect(user).toMatchObject({ uid: null, phone: number, participant: { id: 0, points: 0 } });
    expect(priced).toMatchObject({ cash: 100, cashBack: 5, maxPoints: 0 });
    const query = `customers/find?phone=${encodeURIComponent(number)}`;
    expect((await till.get(query)).status).toBe(404);
    await till.post("operations", {
      participant: { phone: number },
      receipt: { total: 1, cash: 1, points: 0 },
    });
    expect((await till.get(query)).body).toMatchObject({ user: { uid: null }, purchase: null });
  });

  test("lists walk everything once, operations newest first", async () => {
    const own = await shop({});
    for (let n = 1; n <= 5; n += 1)
      await own.till.post("operations", {
        participant: { phone: phone() },
        receipt: { total: n, cash: n, points: 0 },
      });
    const walk = async <S extends z.ZodType>(path: string, row: S) => {
      const rows: z.output<S>[] = [];
      for (let cursor = ""; ; ) {
        const { body } = await own.till.get(`${path}?max=2&cursor=${cursor}`);
        const page = list(row).parse(body);
        rows.push(...(page.rows as z.output<S>[]));
        if (page.cursor === null) return { rows, total: page.total };
        cursor = page.cursor;
      }
    };
    const operations = await walk("operations", operation);
    expect(operations.rows.map((row) => row.total)).toEqual([5, 4, 3, 2, 1]);
    expect(operations.total).toBe(0);
    const customers = await walk("customers", customer);
    expect(new Set(customers.rows.map((row) => row.participant.id)).size).toBe(5);
    expect(customers.total).toBe(5);
    const skipped = await own.till.get("operations?offset=4");
    expect(valueAt(skipped.body, "rows.0.total")).toBe(1);
  });

  test("a voucher, with the same one for the same nonce", async () => {
    const body = { nonce: crypto.randomUUID(), receipt: { total: 150, skipLoyaltyTotal: 50, number: null } };
    const answered = await till.post("operations/voucher", body);
    const { code, points, expiresIn, ...links } = z
      .strictObject({
        code: z.string(),
        qrCodeText: z.url(),
        qrCode128: z.url(),
        qrCode256: z.url(),
        expiresIn: instant,
        points: money,
      })
      .parse(answered.body);
    expect(points).toBe(5);
    expect(Date.parse(expiresIn) - Date.now()).toBeGreaterThan(29 * 86_400_000);
    for (const link of Object.values(links)) expect(link).toContain(code);
    expect((await till.post("operations/voucher", body)).body).toEqual(answered.body);
    const other = await till.post("operations/voucher", { ...body, receipt: { total: 151 } });
    expect(other).toMatchObject({ status: 409, body: { errorCode: "nonceConflict" } });
  });
});

describe("arithmetic", () => {
  const priced = async (where: Till, code: string, receipt: object) =>
    valueAt((await where.post("operations/calc", { code, receipt })).body, "purchase");

  test("APPLY_DISCOUNT: 100 at 10 % with 40 points costs 50 in cash", async () => {
    const start = startingProgramme({ base: "Base", silver: "Silver", gold: "Gold" });
    const base = { ...start.base, rateBps: 1_000 };
    const own = await shop({ policy: "discount", base, tiers: [], maxPointsBps: 10_000 });
    const memberId = await member(own.ctx, 40_00n);
    const code = await codeOf(own.ctx, memberId);
    expect(await priced(own.till, code, { total: 100 })).toMatchObject({
      discountAmount: 10,
      discountPercent: 10,
      points: 40,
      cash: 50,
      netDiscount: 50,
      netDiscountPercent: 50,
      cashBack: 0,
    });
    expect(await priced(own.till, code, { total: 100, skipLoyaltyTotal: 40, points: 0 })).toMatchObject({
      discountAmount: 6,
      cash: 94,
    });
    const made = await own.till.post("operations", { code, receipt: { total: 100, points: 40, cash: 50 } });
    expect(made.body).toMatchObject({ total: 100, cash: 50, points: -40 });
  });

  test("CHARGE_SCORES: what is skipped earns nothing, what is unredeemable is not paid with points", async () => {
    const memberId = await member(ctx, 500_00n);
    const code = await codeOf(ctx, memberId);
    expect(await priced(till, code, { total: 100, points: 50 })).toMatchObject({ cash: 50, cashBack: 2.5 });
    expect(await priced(till, code, { total: 100, skipLoyaltyTotal: 30, points: 0 })).toMatchObject({
      cash: 100,
      cashBack: 3.5,
    });
    expect(await priced(till, code, { total: 100, unredeemableTotal: 30 })).toMatchObject({
      maxPoints: 35,
      points: 35,
    });
    expect(await priced(till, code, { total: 100, skipLoyaltyTotal: 90, points: 50 })).toMatchObject({
      cash: 50,
      cashBack: 0,
    });
    expect(await priced(till, code, { total: 0.1, points: 0 })).toMatchObject({ cashBack: 0.01 });
    expect(await priced(till, code, { total: 100, points: 10.999 })).toMatchObject({ points: 10.99 });
  });

  test("by uid nothing is paid with points", async () => {
    const memberId = await member(ctx, 10_00n);
    await asOwner("UPDATE member SET uid = $2 WHERE id = $1", [
      memberId,
      "11111111-aaaa-4bbb-8ccc-000000000001",
    ]);
    const uid = "11111111-AAAA-4bbb-8ccc-000000000001";
    const calc = await till.post("operations/calc", { participant: { uid }, receipt: { total: 100 } });
    expect(calc.body).toMatchObject({ purchase: { maxPoints: 0, points: 0, cash: 100, cashBack: 5 } });
    const made = await till.post("operations", {
      participant: { uid },
      receipt: { total: 100, cash: 100, points: 0 },
    });
    expect(made.body).toMatchObject({ points: 0, customer: { uid: uid.toLowerCase() } });
  });

  const cents = (max: number) => fc.integer({ min: 1, max }).map((value) => value / 100);
  const bills = fc
    .record({ total: cents(100_000), skip: fc.nat(100), unredeemable: fc.nat(100), points: fc.nat(100) })
    .map(({ total, ...share }) => {
      const part = (percent: number) => Math.floor(total * percent) / 100;
      return {
        total,
        skipLoyaltyTotal: part(share.skip),
        unredeemableTotal: part(share.unredeemable),
        share,
      };
    });

  test.each(["points", "discount"] as const)("what calc says, create takes (%s)", async (policy) => {
    const own = await shop({ policy, maxPointsBps: 7_000, earnedDays: null });
    const memberId = await member(own.ctx, 300_00n);
    await fc.assert(
      fc.asyncProperty(bills, async ({ share, ...receipt }) => {
        const code = await codeOf(own.ctx, memberId);
        const most = await own.till.post("operations/calc", { code, receipt });
        const points = Math.floor(numberAt(most.body, "purchase.maxPoints") * share.points) / 100;
        const calc = await own.till.post("operations/calc", { code, receipt: { ...receipt, points } });
        const cash = numberAt(calc.body, "purchase.cash");
        const before = numberAt(calc.body, "user.participant.points");
        const made = await own.till.post("operations", { code, receipt: { ...receipt, points, cash } });
        expect(made).toMatchObject({
          status: 200,
          body: { total: receipt.total, cash, points: -points || 0 },
        });
        const after = await own.till.get(`customers/${memberId}`);
        const expected = before - points + numberAt(calc.body, "purchase.cashBack");
        expect(numberAt(after.body, "participant.points")).toBeCloseTo(expected, 6);
      }),
      { numRuns: 25 },
    );
  });

  test("refunds in parts add up to the whole, and leave what one refund leaves", async () => {
    const own = await shop({ maxPointsBps: 7_000, earnedDays: null, firstPurchasePoints: 7_77n });
    await fc.assert(
      fc.asyncProperty(
        bills,
        fc.array(fc.integer({ min: 1, max: 99 }), { maxLength: 4 }),
        async (bill, cuts) => {
          const memberId = await member(own.ctx, 100_00n);
          const code = await codeOf(own.ctx, memberId);
          const { share: _share, ...receipt } = bill;
          const calc = await own.till.post("operations/calc", { code, receipt });
          const [points, cash] = [
            numberAt(calc.body, "purchase.points"),
            numberAt(calc.body, "purchase.cash"),
          ];
          const made = await own.till.post("operations", { code, receipt: { ...receipt, points, cash } });
          const path = `operations/${numberAt(made.body, "id")}/refund`;
          let [left, sums] = [Math.round(receipt.total * 100), { total: 0, cash: 0, points: 0 }];
          const add = (body: unknown) => {
            const sum = (key: keyof typeof sums) => sums[key] + Math.round(numberAt(body, key) * 100);
            sums = { total: sum("total"), cash: sum("cash"), points: sum("points") };
          };
          for (const cut of cuts) {
            const part = Math.floor((left * cut) / 100);
            if (part === 0) continue;
            left -= part;
            add((await own.till.post(path, { partialAmount: part / 100 })).body);
          }
          add((await own.till.post(path)).body);
          const whole = (amount: number) => Math.round(amount * 100);
          expect(sums).toEqual({ total: -whole(receipt.total), cash: -whole(cash), points: whole(points) });
          const after = await own.till.get(`customers/${memberId}`);
          expect(after.body).toMatchObject({
            participant: {
              points: 100,
              cashSpent: 0,
              savedFunds: 0,
              operationsCount: 0,
              fullRefundsCount: 1,
            },
          });
        },
      ),
      { numRuns: 25 },
    );
  });
});
