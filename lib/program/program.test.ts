import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plain } from "../kernel/json";
import { nextTier, qualify } from "../tiers/model";
import { type Bill, type Programme, price, type Standing } from "./model";
import { programmeSettings, startingProgramme, toProgramme } from "./schema";

const NOW = new Date("2026-03-10T10:00:00Z");
const ZONE = "Europe/Kyiv";
const names = { base: "Base", silver: "Silver", gold: "Gold" };
const programme = (change: Partial<Programme> = {}): Programme => ({
  version: 1,
  ...startingProgramme(names),
  ...change,
});
const standing = (change: Partial<Standing> = {}): Standing => ({
  tierId: "base",
  available: 0n,
  isFirst: false,
  ...change,
});
const bill = (change: Partial<Bill> = {}): Bill => ({
  totalMinor: 10_000n,
  skipMinor: 0n,
  unredeemableMinor: 0n,
  points: 0n,
  ...change,
});
const base = (rateBps: number) => ({ base: { ...programme().base, rateBps } });

function priced(p: Programme, s: Standing, b: Bill) {
  const result = price(p, s, b, NOW, ZONE);
  if (!result.ok) throw new Error(result.problem);
  return result.price;
}

describe("points policy", () => {
  test("100 = 50 + 50, and cashback on the money part alone", () => {
    const p = programme({ maxPointsBps: 5_000 });
    const result = priced(p, standing({ available: 9_000n }), bill({ points: 5_000n }));
    expect(result).toMatchObject({ cashMinor: 5_000n, points: 5_000n, cashback: 250n, discountMinor: 0n });
  });
  test.each([
    [{ skipMinor: 4_000n }, 300n], // (100 - 40) * 5 %
    [{ skipMinor: 10_000n }, 0n],
    [{ totalMinor: 10n }, 1n], // 0.5 hundredths round up
    [{ totalMinor: 9n }, 0n],
    [{ totalMinor: 0n }, 0n],
  ])("%o earns %s", (change, cashback) =>
    expect(priced(programme(), standing(), bill(change)).cashback).toBe(cashback),
  );

  test("points pay at most the tier's share of the redeemable part, rounded down", () => {
    const rich = standing({ available: 1_000_000n });
    expect(priced(programme(), rich, bill({ points: null })).points).toBe(3_000n);
    expect(priced(programme(), rich, bill({ points: null, unredeemableMinor: 5_001n })).points).toBe(1_499n); // 49.99 * 30 %
    const tier = { ...programme().base, maxPointsBps: 10_000 };
    expect(priced(programme({ base: tier }), rich, bill({ points: null })).cashMinor).toBe(0n);
  });
  test("owed points pay nothing and forbid nothing else", () => {
    expect(priced(programme(), standing({ available: -500n }), bill({ points: null }))).toMatchObject({
      points: 0n,
      maxPoints: 0n,
    });
  });
});

describe("discount policy", () => {
  const p = programme({ policy: "discount", maxPointsBps: 5_000, ...base(1_000) });
  test("total 100 at 10 % with 40 points leaves 50 in cash", () => {
    const result = priced(p, standing({ available: 9_000n }), bill({ points: 4_000n }));
    expect(result).toMatchObject({ discountMinor: 1_000n, cashMinor: 5_000n, cashback: 0n, grants: [] });
  });
  test("the skipped part gets no discount; the cap is counted after the discount", () => {
    const rich = standing({ available: 1_000_000n });
    expect(priced(p, rich, bill({ skipMinor: 5_000n }))).toMatchObject({
      discountMinor: 500n,
      cashMinor: 9_500n,
    });
    expect(priced(p, rich, bill({ points: null })).points).toBe(4_500n);
    expect(priced(p, rich, bill({ points: null, unredeemableMinor: 5_000n })).points).toBe(2_250n);
  });
});

describe("refusals", () => {
  test.each([
    ["over_receipt_limit", programme({ receiptLimitMinor: 9_999n }), bill()],
    ["skip_over_total", programme(), bill({ skipMinor: 10_001n })],
    ["unredeemable_over_total", programme(), bill({ unredeemableMinor: 10_001n })],
    ["insufficient_points", programme(), bill({ points: 1_001n })],
    ["points_over_limit", programme({ maxPointsBps: 500 }), bill({ points: 501n })],
  ])("%s", (problem, p, b) =>
    expect(price(p, standing({ available: 1_000n }), b, NOW, ZONE)).toMatchObject({ ok: false, problem }),
  );
});

describe("when points start and end", () => {
  test("they live to the end of their last day there", () => {
    const [grant] = priced(programme({ earnedDays: 14 }), standing(), bill()).grants;
    expect(grant?.availableAt).toEqual(NOW);
    expect(grant?.expiresAt?.toISOString()).toBe("2026-03-24T22:00:00.000Z"); // all of the 24th
  });
  test("pending ones start with a day, and their life is counted from it", () => {
    const [grant] = priced(programme({ pendingDays: 20, earnedDays: 1 }), standing(), bill()).grants;
    expect(grant?.availableAt.toISOString()).toBe("2026-03-29T21:00:00.000Z"); // summer time by then
    expect(grant?.expiresAt?.toISOString()).toBe("2026-03-31T21:00:00.000Z");
  });
  test("the first purchase has its own points, once", () => {
    const p = programme({ firstPurchasePoints: 5_000n });
    expect(priced(p, standing({ isFirst: true }), bill()).grants.map((grant) => grant.points)).toEqual([
      500n,
      5_000n,
    ]);
    expect(priced(p, standing(), bill()).grants.map((grant) => grant.points)).toEqual([500n]);
  });
});

const bills = fc
  .record({
    total: fc.bigInt(0n, 10_000_000n),
    skip: fc.nat(100),
    unredeemable: fc.nat(100),
    points: fc.option(fc.bigInt(0n, 100_000n)),
  })
  .map(({ total, skip, unredeemable, points }) =>
    bill({
      totalMinor: total,
      skipMinor: (total * BigInt(skip)) / 100n,
      unredeemableMinor: (total * BigInt(unredeemable)) / 100n,
      points,
    }),
  );

test("any bill that has a price adds up, pays nobody more than it is worth, and says why", () =>
  fc.assert(
    fc.property(
      bills,
      fc.bigInt(-10_000n, 200_000n),
      fc.constantFrom("points", "discount"),
      fc.nat(10_000),
      fc.nat(10_000),
      (b, available, policy, rateBps, maxPointsBps) => {
        const p = programme({ policy, maxPointsBps, ...base(rateBps) });
        const result = price(p, standing({ available }), b, NOW, ZONE);
        if (!result.ok) return;
        const { discountMinor, cashMinor, points, maxPoints, cashback, because } = result.price;
        expect(discountMinor + cashMinor + points).toBe(b.totalMinor);
        for (const amount of [discountMinor, cashMinor, points, cashback]) expect(amount >= 0n).toBe(true);
        expect(points <= maxPoints && (available <= 0n ? points === 0n : points <= available)).toBe(true);
        expect(cashback <= cashMinor).toBe(true);
        expect(because.some((reason) => reason.code === "points_paid")).toBe(points > 0n);
        // What is asked for as "as many as allowed" is accepted when asked for by number.
        expect(price(p, standing({ available }), { ...b, points: maxPoints }, NOW, ZONE).ok).toBe(true);
      },
    ),
  ));

describe("tiers", () => {
  const p = programme();
  test("the best tier reached counts, by money or by friends", () => {
    const friends = { ...p.tiers[1]!, id: "friends", name: "Friends", spentMinor: null, invited: 3 };
    expect(qualify(p, { cashSpentMinor: 999_999n, visits: 0, effectiveInvited: 0 }).id).toBe("base");
    expect(qualify(p, { cashSpentMinor: 1_000_000n, visits: 0, effectiveInvited: 0 }).id).toBe("silver");
    const wider = { ...p, tiers: [...p.tiers, friends] };
    expect(qualify(wider, { cashSpentMinor: 0n, visits: 0, effectiveInvited: 3 }).id).toBe("friends");
  });
  test("what is left to the next is said in money and as a share", () => {
    const next = nextTier(p.base, p, { cashSpentMinor: 250_000n, visits: 0, effectiveInvited: 0 });
    expect(next).toMatchObject({
      tier: { id: "silver" },
      moneyLeftMinor: 750_000n,
      invitedLeft: null,
      progress: 0.25,
    });
    expect(
      nextTier(p.tiers[1]!, p, { cashSpentMinor: 9_000_000n, visits: 9, effectiveInvited: 0 }),
    ).toBeUndefined();
  });
});

describe("settings", () => {
  test("are stored and read back the same", () => {
    expect(toProgramme(1, JSON.parse(JSON.stringify(plain(startingProgramme(names)))))).toEqual(programme());
  });
  test("with tiers that cannot be told apart or reached are refused with codes", () => {
    const silver = startingProgramme(names).tiers[0]!;
    const broken = { ...startingProgramme(names), tiers: [silver, { ...silver, spentMinor: null }] };
    const codes = programmeSettings.safeParse(broken).error?.issues.map((issue) => issue.message);
    expect(codes).toEqual(["tier_id_repeated", "tier_name_repeated", "tier_without_threshold"]);
  });
});
