/** Buying, giving, selling and taking back: points, stock and limits, also when many want the last one at once. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/access";
import { archiveItem, saveItem } from "@/lib/catalog";
import { lots } from "@/lib/ledger";
import {
  buyReward,
  entitlements,
  giveReward,
  rewards,
  sellReward,
  shop,
  withdrawEntitlement,
} from "@/lib/program";
import { customer, grant, operations } from "@/lib/sales";
import { asOwner } from "@/tests/support/database";
import { newReward } from "@/tests/support/rewards";
import { at, days, NOON, newBusiness, newMember } from "@/tests/support/world";

let ctx: Context;
let phones = 380_670_000_000;

beforeAll(async () => {
  ctx = await newBusiness({ welcome: null });
});

async function rich(points = 20_000n) {
  const memberId = await newMember(ctx, `+${(phones += 1)}`);
  await grant(ctx, { memberId, points, comment: null, key: null, source: "seed" });
  return memberId;
}
const available = async (memberId: bigint) => (await customer(ctx, { memberId }))?.available;
const stockOf = async (id: bigint) => (await rewards(ctx)).find((each) => each.id === id)?.stock;

describe("buying with points", () => {
  test("takes the points, gives the thing once for its key, and says why", async () => {
    const memberId = await rich();
    const rewardId = await newReward(ctx, { stock: 5 });
    const first = await buyReward(ctx, { memberId, rewardId, key: "k-1" });
    const again = await buyReward(ctx, { memberId, rewardId, key: "k-1" });
    expect(again.id).toBe(first.id);
    expect(await available(memberId)).toBe(15_000n);
    expect(await stockOf(rewardId)).toBe(4);
    expect(first).toMatchObject({ source: "bought", uses: 1, used: 0, pricePoints: 5_000n });
    const [operation] = await operations(ctx, { memberId, limit: 1 });
    expect(operation?.because[0]).toMatchObject({ code: "reward_bought", reward: "Coffee", points: "5000" });
    await expect(buyReward(ctx, { memberId: await rich(), rewardId, key: "k-1" })).rejects.toThrow(
      "nonce_conflict",
    );
  });

  test("says what stands in the way", async () => {
    const memberId = await rich(100n);
    const asked = async (change: Parameters<typeof newReward>[1]) =>
      await buyReward(ctx, { memberId, rewardId: await newReward(ctx, change), key: null });
    await expect(asked({})).rejects.toThrow("insufficient_points");
    await expect(asked({ pricePoints: null })).rejects.toThrow("reward_not_now");
    await expect(asked({ startsOn: "2027-01-01" })).rejects.toThrow("reward_not_now");
    await expect(asked({ endsOn: "2026-03-09" })).rejects.toThrow("reward_not_now");
    await expect(asked({ tierIds: ["gold"], pricePoints: 1n })).rejects.toThrow("reward_not_for_you");
    await expect(asked({ segmentId: 7n, pricePoints: 1n })).rejects.toThrow("reward_not_for_you");
    await expect(asked({ stock: 0, pricePoints: 1n })).rejects.toThrow("reward_sold_out");
    await asked({ endsOn: "2026-03-10", pricePoints: 1n });
  });

  test("is for a group's members only, who alone see it", async () => {
    const [inside, outside] = [await rich(), await rich()];
    const rewardId = await newReward(ctx, { segmentId: 11n, name: "For us" });
    await asOwner("INSERT INTO segment_member VALUES ($1, 11, $2, now())", [ctx.business.id, inside]);
    const names = async (memberId: bigint) =>
      (await shop(ctx, memberId)).map(({ reward }) => reward.name).filter((name) => name === "For us");
    expect([await names(inside), await names(outside)]).toEqual([["For us"], []]);
    await buyReward(ctx, { memberId: inside, rewardId, key: null });
  });

  test("stops at the member's limit until its time has passed", async () => {
    const memberId = await rich();
    const rewardId = await newReward(ctx, { limitCount: 1, limitDays: 7, pricePoints: 100n });
    await buyReward(ctx, { memberId, rewardId, key: null });
    await expect(buyReward(ctx, { memberId, rewardId, key: null })).rejects.toThrow("reward_limit");
    await buyReward(at(ctx, days(NOON, 8)), { memberId, rewardId, key: null });
  });

  test("never sells more than there is, nor more than one may have", async () => {
    const rewardId = await newReward(ctx, { stock: 3, pricePoints: 100n });
    const many = await Promise.all(Array.from({ length: 8 }, () => rich()));
    const sold = await Promise.allSettled(
      many.map((memberId) => buyReward(ctx, { memberId, rewardId, key: null })),
    );
    expect(sold.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
    expect(await stockOf(rewardId)).toBe(0);

    const limited = await newReward(ctx, { limitCount: 1, pricePoints: 100n });
    const [memberId = 0n] = many;
    const own = await Promise.allSettled(
      Array.from({ length: 6 }, () => buyReward(ctx, { memberId, rewardId: limited, key: null })),
    );
    expect(own.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});

describe("taking back", () => {
  test("returns the points to the lots they came from and the piece to the stock", async () => {
    const memberId = await rich();
    const rewardId = await newReward(ctx, { stock: 1 });
    const before = await lots(ctx, memberId);
    const { id } = await buyReward(ctx, { memberId, rewardId, key: null });
    expect(await withdrawEntitlement(ctx, id)).toEqual({ points: 5_000n });
    expect(await lots(ctx, memberId)).toEqual(before);
    expect(await stockOf(rewardId)).toBe(1);
    await expect(withdrawEntitlement(ctx, id)).rejects.toThrow("entitlement_used");
    expect((await entitlements(ctx, memberId)).map(({ withdrawnAt }) => withdrawnAt)).toEqual([NOON]);
  });

  test("revives points whose lot ran out meanwhile", async () => {
    const memberId = await rich();
    const { id } = await buyReward(ctx, {
      memberId,
      rewardId: await newReward(ctx, { validDays: null }),
      key: null,
    });
    const later = at(ctx, days(NOON, 500));
    expect(await withdrawEntitlement(later, id)).toEqual({ points: 5_000n });
    expect((await customer(later, { memberId }))?.available).toBe(5_000n);
  });
});

test("a gift lives as long as whoever gives it says; a package is sold with its uses", async () => {
  const memberId = await rich();
  const rewardId = await newReward(ctx, { uses: 10, priceMinor: 90_000n, pricePoints: null });
  const gift = await giveReward(ctx, { memberId, rewardId, key: null, validDays: 3, comment: "Sorry" });
  expect(gift).toMatchObject({
    source: "gift",
    comment: "Sorry",
    expiresAt: new Date("2026-03-13T22:00:00Z"),
  });
  const sold = await sellReward(ctx, { memberId, rewardId, key: null });
  expect(sold).toMatchObject({ source: "sold", uses: 10, priceMinor: 90_000n, pricePoints: null });
  const noSale = await newReward(ctx);
  await expect(sellReward(ctx, { memberId, rewardId: noSale, key: null })).rejects.toThrow("reward_not_now");
});

test("a thing is one of the catalogue only while that sells it", async () => {
  const item = async (owner: Context) =>
    await saveItem(owner, { id: null, kind: "good", name: "Flat white", category: null, priceMinor: 8_000n });
  const [own, foreign] = [await item(ctx), await item(await newBusiness())];
  const id = await newReward(ctx, { itemId: own });
  expect((await rewards(ctx)).find((each) => each.id === id)?.itemId).toBe(own);
  await expect(newReward(ctx, { itemId: foreign })).rejects.toMatchObject({ code: "not_found" });
  await expect(archiveItem(ctx, own, true)).rejects.toMatchObject({ code: "in_use" });
  await newReward(ctx, { id });
  await archiveItem(ctx, own, true);
  await expect(newReward(ctx, { id, itemId: own })).rejects.toMatchObject({ code: "not_found" });
});
