/** Every so many bring a reward, in the purchase itself; refunds take stamps back, and the reward if nobody used it. */
import { beforeAll, expect, test } from "vitest";
import type { Context } from "@/lib/access";
import { confirmHold, entitlements, holdEntitlement, stampRows } from "@/lib/program";
import { operation, refund } from "@/lib/sales";
import { buy, newReward, newStamps } from "@/tests/support/rewards";
import { newBusiness, newMember } from "@/tests/support/world";

let ctx: Context;
let memberId: bigint;
let phones = 380_680_000_000;

beforeAll(async () => {
  ctx = await newBusiness({ welcome: null });
  await newStamps(ctx, await newReward(ctx, { name: "Free coffee" }), { minTotalMinor: 500n });
});
const member = async () => await newMember(ctx, `+${(phones += 1)}`);
const row = async () => (await stampRows(ctx, memberId))[0];
const live = async () => await entitlements(ctx, memberId, { liveOnly: true });
const undo = async (operationId: bigint, partMinor: bigint | null = null) =>
  await refund(ctx, { operationId, partMinor, key: null, staffId: null, locationId: null, source: "desk" });

test("the third visit brings the reward, small bills bring no stamp", async () => {
  memberId = await member();
  await buy(ctx, memberId, 100n);
  await buy(ctx, memberId, 1_000n);
  await buy(ctx, memberId, 1_000n);
  expect([(await row())?.stamps, await live()]).toEqual([2, []]);
  const { operationId } = await buy(ctx, memberId, 1_000n);
  expect((await operation(ctx, operationId)).because.at(-1)).toMatchObject({ code: "stamps", count: 1 });
  expect([(await row())?.stamps, (await row())?.rows]).toEqual([0, 1]);
  expect(await live()).toMatchObject([{ name: "Free coffee", source: "stamps" }]);
  await undo(operationId, 400n);
  expect(await live()).toHaveLength(1);
  await undo(operationId);
  expect([(await row())?.stamps, await live()]).toEqual([2, []]);
  await buy(ctx, memberId, 1_000n);
  expect(await live()).toHaveLength(1);
});

test("a reward used already stays used: the refund says so, and the next full row brings none", async () => {
  memberId = await member();
  const bought = [];
  for (let visit = 0; visit < 3; visit += 1) bought.push(await buy(ctx, memberId, 1_000n));
  const [reward] = await live();
  const hold = { entitlementId: reward?.id ?? 0n, key: null, staffId: null, locationId: null };
  await confirmHold(ctx, (await holdEntitlement(ctx, hold)).id);
  const refunded = await undo(bought[2]?.operationId ?? 0n);
  expect((await operation(ctx, refunded.operationId)).because.at(-1)).toMatchObject({
    code: "stamps_reward_used",
    programme: "Every third",
  });
  await buy(ctx, memberId, 1_000n);
  expect(await live()).toEqual([]);
  for (let visit = 0; visit < 3; visit += 1) await buy(ctx, memberId, 1_000n);
  expect(await live()).toHaveLength(1);
});

test("pieces on lines count one each, and leave in proportion", async () => {
  const own = await newBusiness({ welcome: null });
  const rewardId = await newReward(own);
  await newStamps(own, rewardId, { counts: "line", category: "coffee", needed: 10 });
  const guest = await newMember(own, "+380680009999");
  const line = (category: string, quantity: number) => ({
    itemId: null,
    name: category,
    category,
    quantity,
    amountMinor: 1_000n * BigInt(quantity),
  });
  const { operationId } = await buy(own, guest, 25_000n, { lines: [line("coffee", 23), line("cake", 2)] });
  const held = async () => (await entitlements(own, guest, { liveOnly: true })).length;
  const stamps = async () => (await stampRows(own, guest))[0]?.stamps;
  expect([await held(), await stamps()]).toEqual([2, 3]);
  const part = { operationId, key: null, staffId: null, locationId: null, source: "desk" as const };
  await refund(own, { ...part, partMinor: 12_500n });
  expect([await held(), await stamps()]).toEqual([1, 1]);
  await refund(own, { ...part, partMinor: null });
  expect([await held(), await stamps()]).toEqual([0, 0]);
});
