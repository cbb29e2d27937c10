/** Tiers that count within a window and what rewards took off bills: played again they come out as they were. */
import { expect, test } from "vitest";
import type { Context } from "@/lib/access";
import { giveReward, holdEntitlement, programme, simulate } from "@/lib/program";
import { startingProgramme } from "@/lib/program/schema";
import { record, refund } from "@/lib/sales";
import type { Qualifying } from "@/lib/tiers/model";
import { asOwner } from "@/tests/support/database";
import { newReward } from "@/tests/support/rewards";
import { at, days, NOON, newBusiness, newMember } from "@/tests/support/world";

const STEP_HOURS = 11;
const PURCHASES = 110;
const names = { base: "Base", silver: "Silver", gold: "Gold" };
const { tiers: started } = startingProgramme(names);
const tiers = started.map((tier, no) => ({
  ...tier,
  rateBps: 800 + 600 * no,
  spentMinor: 60_000n * BigInt(no + 1),
  visits: null,
  invited: null,
}));
const kinds: readonly Qualifying[] = [
  { window: { kind: "rolling", days: 9 }, graceDays: 2, downgrade: "step" },
  { window: { kind: "month" }, graceDays: 0, downgrade: "full" },
];

async function lived(ctx: Context): Promise<Context> {
  const coupon = await newReward(ctx, { name: "Off", effect: { kind: "percent", bps: 1_500 } });
  const voucher = await newReward(ctx, { name: "Voucher", effect: { kind: "amount", minor: 2_345n } });
  const members: bigint[] = [];
  for (let n = 0; n < 4; n += 1) members.push(await newMember(ctx, `+38050444000${n}`));
  const bought: bigint[] = [];
  for (let n = 0; n < PURCHASES; n += 1) {
    const when = at(ctx, new Date(days(NOON, 1).getTime() + n * STEP_HOURS * 3_600_000));
    // Some come all the time, some in bursts, so that tiers are reached and lost.
    const memberId = members[(n % 7) % 4 === 3 ? 3 : Math.floor(n / 9) % 3] ?? 0n;
    const place = { staffId: null, locationId: null };
    const brings = n % 4 === 0 ? { holds: [] as bigint[] } : undefined;
    if (brings)
      for (const rewardId of n % 8 === 0 ? [coupon, voucher] : [coupon]) {
        const { id } = await giveReward(when, {
          memberId,
          rewardId,
          validDays: null,
          comment: null,
          key: null,
        });
        brings.holds.push((await holdEntitlement(when, { entitlementId: id, key: null, ...place })).id);
      }
    const receipt = {
      totalMinor: BigInt(9_000 + ((n * 7_919) % 31_000)),
      skipMinor: 0n,
      unredeemableMinor: 0n,
    };
    const { operationId } = await record(when, {
      by: { memberId },
      receipt: { ...receipt, points: 0n, cashMinor: null, number: null },
      key: null,
      source: "desk",
      ...place,
      ...(brings && { brings }),
    });
    bought.push(operationId);
    if (n % 6 !== 5) continue;
    const asked = {
      operationId: bought[n - (n % 5)] ?? 0n,
      partMinor: n % 12 === 5 ? 3_333n : null,
      key: null,
    };
    await refund(when, { ...asked, ...place, source: "desk" });
  }
  return at(ctx, days(NOON, 55));
}

test.each(kinds)("nothing changed is what was: %o", async (qualifying) => {
  const ctx = await newBusiness({ tiers, qualifying, welcome: null, firstPurchasePoints: 0n });
  const now = await lived(ctx);
  const [seen] = await asOwner<{ tiers: number; downs: number; off: number }>(
    `SELECT (SELECT count(DISTINCT tier_id)::int FROM operation WHERE business_id = $1) AS tiers,
       (SELECT count(*)::int FROM tier_change WHERE business_id = $1 AND NOT is_up) AS downs,
       (SELECT count(*)::int FROM operation WHERE business_id = $1 AND because @> '[{"code":"reward_off"}]') AS off`,
    [ctx.business.id],
  );
  expect(seen?.tiers).toBeGreaterThan(1);
  expect(seen?.downs).toBeGreaterThan(0);
  expect(seen?.off).toBeGreaterThan(20);
  for (const draft of [null, {}])
    for (const length of [90, 30]) {
      const result = await simulate(now, { draft, days: length, marginBps: 0 });
      expect(result).toMatchObject({ refused: 0, touched: { members: 0, bills: 0 }, moves: [] });
      expect(result?.would).toEqual(result?.did);
      expect(result?.did.discountMinor).toBeGreaterThan(0n);
    }
  // A ladder nobody climbs leaves everybody below; one of all times keeps everybody above.
  const { version: _v, rules: _r, ...settings } = await programme(now);
  const run = async (change: Partial<typeof settings>) =>
    await simulate(now, { draft: { settings: { ...settings, ...change } as never }, days: 90, marginBps: 0 });
  const steep = await run({ tiers: tiers.map((tier) => ({ ...tier, spentMinor: 9_000_000n })) });
  expect(steep?.would.issued).toBeLessThan(steep?.did.issued ?? 0n);
  const ever = await run({ qualifying: { window: { kind: "ever" }, graceDays: 0, downgrade: "full" } });
  expect(ever?.would.issued).toBeGreaterThan(ever?.did.issued ?? 0n);
});
