import { beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/access";
import { COUNTED, countDays, recountDays } from "@/lib/analytics";
import { drain } from "@/lib/platform/outbox";
import { effectOf, programme, requalify, saveProgramme, versions } from "@/lib/program";
import { type ProgrammeSettings, programmeSettings } from "@/lib/program/schema";
import { customer, record, refund } from "@/lib/sales";
import { asOwner } from "@/tests/support/database";
import { at, days, NOON, newBusiness, newMember } from "@/tests/support/world";

let ctx: Context;
let later: Context;
let members: bigint[];

const buy = async (memberId: bigint, totalMinor: bigint, when: Date) => {
  const receipt = {
    totalMinor,
    skipMinor: 0n,
    unredeemableMinor: 0n,
    points: 0n,
    cashMinor: null,
    number: null,
  };
  const plain = { key: null, staffId: null, locationId: null, source: "desk" as const };
  const recorded = await record(at(ctx, when), { ...plain, by: { memberId }, receipt });
  return recorded.operationId;
};
const draftWith = async (change: Partial<ProgrammeSettings>): Promise<ProgrammeSettings> => {
  const { version: _, ...settings } = await programme(ctx);
  return programmeSettings.parse({ ...settings, ...change });
};
const tiersOf = async () =>
  Promise.all(members.map(async (memberId) => (await customer(later, { memberId }))?.tierId));

beforeAll(async () => {
  ctx = await newBusiness({ welcome: null });
  members = [];
  for (let n = 1; n <= 4; n += 1) members.push(await newMember(ctx, `+38050000000${n}`));
  // 12,000 lifts the first to silver (from 10,000); the others stay below.
  const bills = [1_200_000n, 600_000n, 300_000n];
  for (const [index, total] of bills.entries()) await buy(members[index] ?? 0n, total, days(NOON, index + 1));
  const gone = await buy(members[3] ?? 0n, 500_000n, days(NOON, 4));
  await refund(at(ctx, days(NOON, 5)), {
    operationId: gone,
    partMinor: null,
    key: null,
    staffId: null,
    locationId: null,
    source: "desk",
  });
  later = at(ctx, days(NOON, 50));
  await recountDays(later);
  await drain([{ name: "days", types: COUNTED, handle: countDays }], () => later.now);
});

describe("the effect of a draft", () => {
  test("of no change is no change", async () => {
    const effect = await effectOf(later, await draftWith({}));
    expect(effect).toMatchObject({ basedOn: 1, changes: [], moves: [], members: 4 });
    const [month, quarter] = effect.past;
    expect(month).toMatchObject({ days: 30, purchases: 0, looked: 0 });
    expect(quarter).toMatchObject({ days: 90, purchases: 3, looked: 3, refused: 0 });
    expect(quarter?.would).toEqual(quarter?.did);
    // 5 % of 12,000 + 6,000 + 3,000, all earned on base.
    expect(quarter?.did).toEqual({ points: 105_000n, discountMinor: 0n, paid: 0n });
  });

  test("counts who changes tier and prices the past on the new one", async () => {
    const { tiers } = await programme(ctx);
    const lowered = tiers.map((tier) => (tier.id === "silver" ? { ...tier, spentMinor: 500_000n } : tier));
    const effect = await effectOf(later, await draftWith({ tiers: lowered }));
    expect(effect.moves).toEqual([{ from: "Base", to: "Silver", members: 1, up: true }]);
    expect(effect.past[1]?.would.points).toBe(60_000n + 42_000n + 15_000n);
    expect(effect.changes).toEqual([
      { code: "tierSpent", tier: "Silver", unit: "money", from: 1_000_000n, to: 500_000n },
    ]);
  });

  test("says what a discount, a limit and a removed tier do", async () => {
    const draft = await draftWith({ policy: "discount", receiptLimitMinor: 1_000_000n, tiers: [] });
    const effect = await effectOf(later, draft);
    expect(effect.moves).toEqual([{ from: "Silver", to: "Base", members: 1, up: false }]);
    expect(effect.past[1]).toMatchObject({ refused: 1, would: { points: 0n, discountMinor: 45_000n } });
    expect(effect.example.next).toEqual([
      expect.objectContaining({ tier: "Base", discountMinor: 5_000n, earns: 0n }),
    ]);
  });
});

test("saving tells the worker, who puts members on their new tiers once", async () => {
  const { tiers } = await programme(ctx);
  const goals = { silver: 590_000n, gold: 600_000n } as const;
  const lowered = tiers.map((tier) => ({ ...tier, spentMinor: goals[tier.id as keyof typeof goals] }));
  await saveProgramme(ctx, 1, await draftWith({ tiers: lowered }));
  await expect(saveProgramme(ctx, 1, await draftWith({}))).rejects.toThrow("stale");
  expect(await requalify(later)).toBe(2);
  expect(await tiersOf()).toEqual(["gold", "gold", "base", "base"]);
  expect(await requalify(later)).toBe(0);
  const told = await asOwner<{ type: string }>(
    "SELECT type FROM outbox WHERE type IN ('programme.saved', 'tier.changed') AND business_id = $1 ORDER BY id",
    [String(ctx.business.id)],
  );
  expect(told.map(({ type }) => type)).toEqual(["programme.saved", "tier.changed", "tier.changed"]);
  const history = await versions(ctx);
  expect(history.rows.map(({ version, changes }) => [version, changes.length])).toEqual([
    [2, 2],
    [1, 0],
  ]);
});
