/** Holding, confirming, releasing, and what a refund does to it. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/access";
import {
  confirmHold,
  entitlements,
  giveReward,
  holdEntitlement,
  releaseHold,
  undoUse,
  withdrawEntitlement,
} from "@/lib/program";
import { operation, quote, refund } from "@/lib/sales";
import { buy, newReward } from "@/tests/support/rewards";
import { at, days, NOON, newBusiness, newMember } from "@/tests/support/world";

let ctx: Context;
let memberId: bigint;
const plain = { key: null, staffId: null, locationId: null };
const minutes = (count: number) => new Date(NOON.getTime() + count * 60_000);

beforeAll(async () => {
  ctx = await newBusiness({ welcome: null });
  memberId = await newMember(ctx, "+380671110001");
});

const gift = async (change: Parameters<typeof newReward>[1] = {}) => {
  const rewardId = await newReward(ctx, change);
  return await giveReward(ctx, { memberId, rewardId, key: null, validDays: null, comment: null });
};
const hold = async (entitlementId: bigint, when: Context = ctx) =>
  await holdEntitlement(when, { ...plain, entitlementId });
const now = async (id: bigint, when: Context = ctx) =>
  (await entitlements(when, memberId)).find((each) => each.id === id);

describe("a hold", () => {
  test("sets the only use aside; confirmed, it is used, again and again the same", async () => {
    const { id } = await gift();
    const held = await hold(id);
    expect(await now(id)).toMatchObject({ held: 1, used: 0 });
    await expect(hold(id)).rejects.toThrow("entitlement_used");
    await confirmHold(ctx, held.id);
    await confirmHold(ctx, held.id);
    expect(await now(id)).toMatchObject({ held: 0, used: 1 });
    await expect(releaseHold(ctx, held.id)).rejects.toThrow("entitlement_used");
  });

  test("lets go by itself after ten minutes, or when released", async () => {
    const { id } = await gift();
    const first = await hold(id);
    const later = at(ctx, minutes(10));
    await expect(confirmHold(later, first.id)).rejects.toThrow("hold_expired");
    const second = await hold(id, later);
    await releaseHold(later, second.id);
    await releaseHold(later, second.id);
    expect(await now(id, later)).toMatchObject({ held: 0, used: 0 });
  });

  test("is one for its key, and ten at once never hold more than there is", async () => {
    const { id } = await gift({ uses: 3 });
    const keyed = { ...plain, entitlementId: id, key: "hold-key-1" };
    const [one, two] = await Promise.all([holdEntitlement(ctx, keyed), holdEntitlement(ctx, keyed)]);
    expect(one.id).toBe(two.id);
    const more = await Promise.allSettled(Array.from({ length: 10 }, () => hold(id)));
    expect(more.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
  });

  test("is refused for what ran out or was withdrawn", async () => {
    const { id } = await gift({ validDays: 1 });
    await expect(hold(id, at(ctx, days(NOON, 3)))).rejects.toThrow("entitlement_expired");
    await withdrawEntitlement(ctx, id);
    await expect(hold(id)).rejects.toThrow("not_found");
  });
});

describe("with a purchase", () => {
  test("takes money off, is used by it, and comes back with the last of it", async () => {
    const { id } = await gift({ effect: { kind: "percent", bps: 2_000 }, name: "A fifth off", validDays: 1 });
    const { id: holdId } = await hold(id);
    const brings = { holds: [holdId] };
    const bill = { totalMinor: 10_000n, skipMinor: 0n, unredeemableMinor: 0n, points: 0n };
    const quoted = await quote(ctx, { by: { memberId }, ...bill, brings });
    expect(quoted.price).toMatchObject({ discountMinor: 2_000n, cashMinor: 8_000n, cashback: 400n });
    const { operationId } = await buy(ctx, memberId, 10_000n, { brings });
    expect(await operation(ctx, operationId)).toMatchObject({ discountMinor: 2_000n, cashMinor: 8_000n });
    expect(await now(id)).toMatchObject({ used: 1, held: 0 });
    const later = at(ctx, days(NOON, 20));
    const back = { operationId, key: null, staffId: null, locationId: null, source: "desk" as const };
    await refund(later, { ...back, partMinor: 5_000n });
    expect(await now(id, later)).toMatchObject({ used: 1 });
    await refund(later, { ...back, partMinor: null });
    expect(await now(id, later)).toMatchObject({
      used: 0,
      expiresAt: days(new Date("2026-04-13T21:00:00Z"), 0),
    });
  });

  test("amounts come off before percents, never more than the bill", async () => {
    const [tenth, hundred] = [
      await gift({ effect: { kind: "percent", bps: 1_000 } }),
      await gift({ effect: { kind: "amount", minor: 5_000n } }),
    ];
    const holds = [(await hold(tenth.id)).id, (await hold(hundred.id)).id];
    const bill = { skipMinor: 0n, unredeemableMinor: 0n, points: 0n };
    const asked = async (totalMinor: bigint, ids: bigint[]) =>
      (await quote(ctx, { by: { memberId }, totalMinor, ...bill, brings: { holds: ids } })).price;
    expect((await asked(15_000n, holds)).discountMinor).toBe(6_000n);
    expect((await asked(15_000n, holds.toReversed())).discountMinor).toBe(6_000n);
    expect(await asked(3_000n, holds)).toMatchObject({ discountMinor: 3_000n, cashMinor: 0n, cashback: 0n });
  });

  test("a hold past its time or somebody else's stops the purchase", async () => {
    const { id } = await gift();
    const { id: holdId } = await hold(id);
    const other = await newMember(ctx, "+380671110099");
    await expect(buy(ctx, other, 1_000n, { brings: { holds: [holdId] } })).rejects.toThrow("not_found");
    const later = at(ctx, minutes(11));
    await expect(buy(later, memberId, 1_000n, { brings: { holds: [holdId] } })).rejects.toThrow(
      "hold_expired",
    );
  });

  test("a use confirmed for a purchase recorded before goes with its refund", async () => {
    const { id } = await gift({ uses: 2 });
    const { operationId } = await buy(ctx, memberId, 2_000n);
    const { id: holdId } = await hold(id);
    await confirmHold(ctx, holdId, operationId);
    await expect(undoUse(ctx, id)).rejects.toThrow("not_found");
    const back = { operationId, partMinor: null, key: null, staffId: null, locationId: null };
    await refund(ctx, { ...back, source: "desk" });
    expect(await now(id)).toMatchObject({ used: 0 });
    const again = await hold(id);
    await expect(confirmHold(ctx, again.id, operationId)).rejects.toThrow("refund_of_refund");
  });
});

test("a visit counted by mistake is taken back", async () => {
  const { id } = await gift({ uses: 10 });
  await confirmHold(ctx, (await hold(id)).id);
  await undoUse(ctx, id);
  expect(await now(id)).toMatchObject({ used: 0 });
});
