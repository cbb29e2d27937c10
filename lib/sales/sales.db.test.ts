import { beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/access";
import { showCode } from "@/lib/members";
import { customer, lines, operation, operations, type RecordInput, record, refund } from "@/lib/sales";
import { asOwner } from "@/tests/support/database";
import { at, days, NOON, newBusiness, newMember } from "@/tests/support/world";

let ctx: Context;
let nextPhone = 380_500_000_000;
const phone = () => `+${(nextPhone += 1)}`;

const bill = (totalMinor: bigint, points = 0n) => ({
  totalMinor,
  points,
  skipMinor: 0n,
  unredeemableMinor: 0n,
  cashMinor: null,
  number: null,
});
const sale = (
  by: RecordInput["by"],
  totalMinor: bigint,
  points = 0n,
  key: string | null = null,
): RecordInput => ({
  by,
  receipt: bill(totalMinor, points),
  key,
  staffId: null,
  locationId: null,
  source: "uds",
});
const undo = (operationId: bigint, partMinor: bigint | null = null, key: string | null = null) =>
  ({ operationId, partMinor, key, staffId: null, locationId: null, source: "uds" }) as const;

beforeAll(async () => {
  ctx = await newBusiness({ spendByPhone: true, maxPointsBps: 5_000 });
});

const known = async (memberId: bigint, when = ctx) => {
  const found = await customer(when, { memberId });
  if (!found) throw new Error("no such member");
  return found;
};

describe("recording", () => {
  test("a purchase by phone makes the member and earns by the tier", async () => {
    const number = phone();
    await record(ctx, sale({ phone: number }, 100_000n));
    const found = await customer(ctx, { phone: number });
    expect(found).toMatchObject({ available: 5_000n, visits: 1, cashSpentMinor: 100_000n, tierId: "base" });
    expect(found?.expiresAt).not.toBeNull();
  });

  test("the same key and body is one purchase, another body is refused", async () => {
    const number = phone();
    const first = await record(ctx, sale({ phone: number }, 5_000n, 0n, "key-1"));
    const again = await record(ctx, sale({ phone: number }, 5_000n, 0n, "key-1"));
    expect(again).toMatchObject({ operationId: first.operationId, replayed: true });
    await expect(record(ctx, sale({ phone: number }, 6_000n, 0n, "key-1"))).rejects.toThrow("nonce_conflict");
    expect((await customer(ctx, { phone: number }))?.visits).toBe(1);
  });

  test("a code pays once and only once", async () => {
    const memberId = await newMember(ctx, phone());
    const { code } = await showCode(ctx, memberId);
    await record(ctx, sale({ code }, 10_000n));
    await expect(record(ctx, sale({ code }, 10_000n))).rejects.toThrow("code_unknown");
  });

  test("eight tills at once: one balance is spent once, every purchase counts", async () => {
    const number = phone();
    await record(ctx, sale({ phone: number }, 200_000n)); // 10 000 points
    const spends = await Promise.allSettled(
      Array.from({ length: 8 }, () => record(ctx, sale({ phone: number }, 20_000n, 6_000n))),
    );
    const done = spends.filter((spend) => spend.status === "fulfilled").length;
    const found = await customer(ctx, { phone: number });
    // Each spend also earns 5 % of 140; the ninth of points decides how often 60.00 fits.
    expect(done).toBe(1);
    expect(found?.visits).toBe(2);
    expect(found?.available).toBe(10_000n - 6_000n + 700n);
  });

  test("one key from eight tills at once is one purchase", async () => {
    const number = phone();
    const all = await Promise.all(
      Array.from({ length: 8 }, () => record(ctx, sale({ phone: number }, 7_000n, 0n, "key-8"))),
    );
    expect(new Set(all.map((one) => one.operationId)).size).toBe(1);
    expect((await customer(ctx, { phone: number }))?.visits).toBe(1);
  });

  test("money spent lifts the tier with the purchase that reaches it, a refund takes it back", async () => {
    const number = phone();
    const big = await record(ctx, sale({ phone: number }, 1_000_000n));
    expect((await customer(ctx, { phone: number }))?.tierId).toBe("silver");
    await refund(ctx, undo(big.operationId));
    expect(await customer(ctx, { phone: number })).toMatchObject({
      tierId: "base",
      available: 0n,
      visits: 0,
      fullRefunds: 1,
    });
  });
});

describe("refunding", () => {
  test("two parts leave what one whole refund leaves, to the hundredth", async () => {
    const states = [];
    for (const parts of [[null], [3_333n, null], [1n, 9_998n, null]]) {
      const number = phone();
      await record(ctx, sale({ phone: number }, 33_333n));
      const spent = await record(ctx, sale({ phone: number }, 10_000n, 1_111n));
      for (const part of parts) await refund(ctx, undo(spent.operationId, part));
      const found = await customer(ctx, { phone: number });
      const { available, visits, cashSpentMinor, savedMinor, fullRefunds } = found!;
      states.push({ available, visits, cashSpentMinor, savedMinor, fullRefunds });
    }
    expect(states[1]).toEqual(states[0]);
    expect(states[2]).toEqual(states[0]);
    expect(states[0]).toMatchObject({ available: 1_667n, visits: 1, cashSpentMinor: 33_333n });
  });

  test("more than the purchase is refused, with what is left", async () => {
    const { operationId } = await record(ctx, sale({ phone: phone() }, 10_000n));
    await refund(ctx, undo(operationId, 6_000n));
    await expect(refund(ctx, undo(operationId, 4_001n))).rejects.toMatchObject({
      code: "refund_too_much",
      detail: { left: 4_000n },
    });
    await refund(ctx, undo(operationId));
    await expect(refund(ctx, undo(operationId))).rejects.toThrow("refund_too_much");
    expect((await operation(ctx, operationId)).state).toBe("canceled");
  });

  test("points earned and spent meanwhile are owed; the next earnings fill it", async () => {
    const number = phone();
    const first = await record(ctx, sale({ phone: number }, 100_000n));
    await record(ctx, sale({ phone: number }, 10_000n, 5_000n)); // spends all, earns 2.50
    await refund(ctx, undo(first.operationId));
    expect((await customer(ctx, { phone: number }))?.available).toBe(250n - 5_000n);
    await expect(record(ctx, sale({ phone: number }, 1_000n, 1n))).rejects.toThrow("insufficient_points");
    await record(ctx, sale({ phone: number }, 200_000n));
    expect((await customer(ctx, { phone: number }))?.available).toBe(10_000n + 250n - 5_000n);
  });

  test("points spent from a lot that expired meanwhile come back for fourteen days", async () => {
    const own = await newBusiness({ spendByPhone: true, earnedDays: 30 });
    const number = phone();
    await record(own, sale({ phone: number }, 100_000n));
    const spent = await record(at(own, days(NOON, 20)), sale({ phone: number }, 20_000n, 5_000n));
    const late = at(own, days(NOON, 40));
    await refund(late, undo(spent.operationId));
    const found = await customer(late, { phone: number });
    expect(found?.available).toBe(5_000n);
    expect(found?.expiresAt?.getTime()).toBeGreaterThanOrEqual(days(NOON, 54).getTime());
  });

  test("points that burned are not owed when their purchase is refunded", async () => {
    const own = await newBusiness({ earnedDays: 10 });
    const number = phone();
    const bought = await record(own, sale({ phone: number }, 100_000n));
    const late = at(own, days(NOON, 20));
    await refund(late, undo(bought.operationId));
    expect((await customer(late, { phone: number }))?.available).toBe(0n);
  });
});

test("a member cannot see another's operations, nor another business's", async () => {
  const number = phone();
  const withLine = { lines: [{ itemId: null, name: "Cut", quantity: 1, amountMinor: 1_000n }] };
  const bought = await record(ctx, { ...sale({ phone: number }, 1_000n), ...withLine });
  const { operationId } = bought;
  const stranger = await newMember(ctx, phone());
  const own: Context = { ...ctx, actor: { kind: "member", id: stranger, personId: 1n } };
  await expect(operation(own, operationId)).rejects.toThrow("not_found");
  expect(await operations(own, {})).toEqual([]);
  expect((await lines(own, [bought.operationId])).size).toBe(0);
  expect((await lines(ctx, [bought.operationId])).size).toBe(1);
  const other = await newBusiness();
  await expect(operation(other, operationId)).rejects.toThrow("not_found");
});

test("a blocked member neither earns nor spends", async () => {
  const memberId = await newMember(ctx, phone());
  await asOwner("UPDATE member SET blocked_at = now() WHERE id = $1", [memberId]);
  const { member } = await known(memberId);
  await expect(record(ctx, sale({ phone: member.phone }, 1_000n))).rejects.toThrow("member_blocked");
});
