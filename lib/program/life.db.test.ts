/** Tiers and deadlines as purchases, refunds and jobs make them, in the database. */
import { beforeAll, describe, expect, test } from "vitest";
import { addStaff, type Context } from "@/lib/access";
import { booksOf, expireDue, lots, remindOfExpiry } from "@/lib/ledger";
import { drain } from "@/lib/platform/outbox";
import { confirmEarned, customer, record, refund } from "@/lib/sales";
import { stoodOf } from "@/lib/sales/model";
import { endGivenTier, giveTier, outlook, tierMoves } from "@/lib/tiers";
import { handlers } from "@/lib/wiring";
import { asOwner } from "@/tests/support/database";
import { at, days, NOON, newBusiness, newMember } from "@/tests/support/world";
import { effectOf, programme, requalify, saveProgramme, settleDue } from "./index";
import { startingProgramme } from "./schema";

let nextPhone = 380_670_000_000;
const phone = () => `+${(nextPhone += 1)}`;
const start = startingProgramme({ base: "Base", silver: "Silver", gold: "Gold" });
const [silver, gold] = [start.tiers[0]!, start.tiers[1]!];
const none = { spentMinor: null, visits: null, invited: null, experience: null };
const visiting = [
  { ...silver, ...none, visits: 2, keep: { ...none, visits: 1 }, gift: { points: 5_000n, days: 7 } },
  { ...gold, ...none, visits: 4, keep: { ...none, visits: 3 }, gift: { points: 9_000n, days: null } },
];
const rolling = { window: { kind: "rolling", days: 30 }, graceDays: 5, downgrade: "full" } as const;

async function buy(ctx: Context, by: string, totalMinor = 10_000n) {
  const receipt = {
    totalMinor,
    points: 0n,
    skipMinor: 0n,
    unredeemableMinor: 0n,
    cashMinor: null,
    number: null,
  };
  const input = {
    by: { phone: by },
    receipt,
    key: null,
    staffId: null,
    locationId: null,
    source: "uds",
  } as const;
  return (await record(ctx, input)).operationId;
}
const undo = (ctx: Context, operationId: bigint, partMinor: bigint | null = null) =>
  refund(ctx, { operationId, partMinor, key: null, staffId: null, locationId: null, source: "uds" });
const tell = async (now: Date) => await drain(handlers, () => now);
async function see(ctx: Context, memberId: bigint) {
  const found = await customer(ctx, { memberId });
  if (!found) throw new Error("the member was just made");
  return found;
}
const moved = async (ctx: Context, memberId: bigint) =>
  (await tierMoves(ctx, memberId)).map(({ tierAfter, reason }) => `${tierAfter} ${reason}`).toReversed();

describe("tiers within a window", () => {
  let ctx: Context;
  beforeAll(async () => {
    ctx = await newBusiness({ tiers: visiting, qualifying: rolling, welcome: null });
  });

  test("rise in the purchase, fall by the job after the grace, and each move has a row", async () => {
    const by = phone();
    const memberId = await newMember(ctx, by);
    await buy(ctx, by);
    await buy(at(ctx, days(NOON, 1)), by);
    expect((await see(ctx, memberId)).tierId).toBe("silver");
    // The last visit stops counting on day 31; five days of grace; then base.
    await settleDue(days(NOON, 33));
    const waiting = await see(at(ctx, days(NOON, 33)), memberId);
    expect([waiting.tierId, waiting.life?.graceUntil !== null]).toEqual(["silver", true]);
    await settleDue(days(NOON, 40));
    expect((await see(ctx, memberId)).tierId).toBe("base");
    expect(await moved(ctx, memberId)).toEqual(["silver purchase", "base window"]);
    expect(await settleDue(days(NOON, 40))).toBe(0);
  });

  test("a purchase judges what is due before it is priced", async () => {
    const by = phone();
    const memberId = await newMember(ctx, by);
    await buy(ctx, by);
    await buy(ctx, by);
    const id = await buy(at(ctx, days(NOON, 60)), by);
    expect(await asOwner("SELECT tier_id FROM operation WHERE id = $1", [id])).toEqual([{ tier_id: "base" }]);
    expect((await see(at(ctx, days(NOON, 60)), memberId)).life?.figures.visits).toBe(1);
  });

  test("a refund undoes the rise and takes the gift back, spent or not", async () => {
    const by = phone();
    const memberId = await newMember(ctx, by);
    await buy(ctx, by);
    const second = await buy(at(ctx, days(NOON, 1)), by);
    await tell(days(NOON, 1));
    const gifts = async () => (await lots(ctx, memberId)).filter(({ kind }) => kind === "tier_gift");
    expect((await gifts()).map(({ remaining }) => remaining)).toEqual([5_000n]);
    await undo(at(ctx, days(NOON, 2)), second, 4_000n);
    expect((await see(ctx, memberId)).tierId).toBe("silver");
    await undo(at(ctx, days(NOON, 2)), second);
    await tell(days(NOON, 2));
    expect((await see(ctx, memberId)).tierId).toBe("base");
    expect(await gifts()).toEqual([]);
    // Reached again, the gift is given again: as if the refunded purchase had never been.
    await buy(at(ctx, days(NOON, 3)), by);
    await tell(days(NOON, 3));
    await tell(days(NOON, 3));
    expect((await gifts()).map(({ remaining }) => remaining)).toEqual([5_000n]);
    expect(await moved(ctx, memberId)).toEqual(["silver purchase", "base refund", "silver purchase"]);
  });

  test("who jumps over a tier gets its gift too, once however often", async () => {
    const by = phone();
    const memberId = await newMember(ctx, by);
    for (let visit = 0; visit < 4; visit += 1) await buy(ctx, by);
    await tell(NOON);
    const points = (await lots(ctx, memberId))
      .filter(({ kind }) => kind === "tier_gift")
      .map((lot) => lot.remaining);
    expect(new Set(points)).toEqual(new Set([5_000n, 9_000n]));
    expect(points).toHaveLength(2);
  });

  test("the outlook says what is left to the next tier, and what keeps this one by when", async () => {
    const by = phone();
    const memberId = await newMember(ctx, by);
    await buy(ctx, by);
    await buy(at(ctx, days(NOON, 4)), by);
    const later = at(ctx, days(NOON, 5));
    const view = await outlook(later, await programme(ctx), stoodOf(await see(later, memberId)));
    expect(view.next).toMatchObject({ tier: { id: "gold" }, visitsLeft: 2 });
    expect(view.keeping).toMatchObject({ visitsLeft: 1, isGrace: false });
    expect(view.keeping?.by.toISOString()).toBe("2026-04-12T21:00:00.000Z");
  });

  test("a tier given by hand holds to its day and leaves what was earned", async () => {
    const by = phone();
    const memberId = await newMember(ctx, by);
    const { id } = await addStaff(ctx, {
      name: "Olha",
      email: null,
      role: "manager",
      externalId: null,
      locationId: null,
    });
    const staff: Context = { ...ctx, actor: { kind: "staff", id, role: "manager", name: "Olha" } };
    const ladder = await programme(ctx);
    const input = { memberId, tierId: "gold", until: "2026-03-20", comment: "A friend of the house" };
    await giveTier(staff, ladder, input);
    await buy(ctx, by);
    expect((await see(ctx, memberId)).tierId).toBe("gold");
    await settleDue(new Date("2026-03-20T23:00:00Z"));
    expect((await see(ctx, memberId)).tierId).toBe("base");
    const [ended, given] = await tierMoves(ctx, memberId);
    expect([given?.reason, given?.staffName, ended?.reason]).toEqual(["given", "Olha", "given_end"]);
    await giveTier(staff, ladder, { ...input, until: "2026-05-01" });
    await endGivenTier(staff, ladder, memberId);
    expect((await see(ctx, memberId)).tierId).toBe("base");
    await expect(endGivenTier(staff, ladder, memberId)).rejects.toThrow("not_found");
    const cashier: Context = { ...staff, actor: { kind: "staff", id, role: "cashier", name: "Olha" } };
    await expect(giveTier(cashier, ladder, input)).rejects.toThrow("forbidden");
  });

  test("another window is told before it is saved, and judged after", async () => {
    const own = await newBusiness({ tiers: visiting, qualifying: rolling, welcome: null });
    const by = phone();
    const memberId = await newMember(own, by);
    await buy(own, by);
    await buy(own, by);
    const later = at(own, days(NOON, 15));
    const { version, ...now } = await programme(own);
    const draft = {
      ...now,
      tiers: [...now.tiers],
      qualifying: { ...rolling, window: { kind: "month" } as const },
    };
    const april = at(own, new Date("2026-04-02T10:00:00Z"));
    expect((await effectOf(april, draft)).moves).toEqual([
      { from: "Silver", to: "Base", members: 1, up: false },
    ]);
    expect((await effectOf(later, draft)).moves).toEqual([]);
    await saveProgramme(april, version, draft);
    expect(await requalify(april)).toBe(1);
    expect((await see(april, memberId)).tierId).toBe("base");
    expect(await moved(own, memberId)).toEqual(["silver purchase", "base programme"]);
  });
});

describe("points with deadlines", () => {
  const ends = async (ctx: Context, memberId: bigint) =>
    (await lots(ctx, memberId)).map(
      ({ kind, expiresAt }) => `${kind} ${expiresAt?.toISOString().slice(0, 10) ?? "never"}`,
    );

  test("a visit moves them all, an undone visit moves them back, in any order", async () => {
    const expiry = { ...start.expiry, kind: "inactive" as const };
    const ctx = await newBusiness({ tiers: [], expiry, earnedDays: 30, welcome: null });
    const by = phone();
    const memberId = await newMember(ctx, by);
    await buy(ctx, by);
    const second = await buy(at(ctx, days(NOON, 10)), by);
    const third = await buy(at(ctx, days(NOON, 20)), by);
    expect(await ends(ctx, memberId)).toEqual(["purchase 2026-04-29"]);
    await undo(at(ctx, days(NOON, 21)), second);
    expect(await ends(ctx, memberId)).toEqual(["purchase 2026-04-29"]);
    await undo(at(ctx, days(NOON, 21)), third);
    expect(await ends(ctx, memberId)).toEqual(["purchase 2026-04-09"]);
    expect((await see(at(ctx, days(NOON, 22)), memberId)).available).toBe(500n);
    await expireDue(days(NOON, 40));
    expect((await see(at(ctx, days(NOON, 40)), memberId)).available).toBe(0n);
  });

  test("the first purchase keeps the welcome, and no longer when nothing is left of it", async () => {
    const welcome = { points: 3_000n, days: 5, kept: { days: 90 } };
    const ctx = await newBusiness({ tiers: [], earnedDays: null, welcome });
    const by = phone();
    const memberId = await newMember(ctx, by);
    await asOwner(
      `INSERT INTO lot (business_id, member_id, id, kind, available_at, expires_at, remaining)
       VALUES ($1, $2, $3, 'welcome', $4, $5, 0)`,
      [ctx.business.id, memberId, memberId, NOON, new Date("2026-03-15T22:00:00Z")],
    );
    await asOwner("UPDATE lot SET remaining = 3000 WHERE member_id = $1", [memberId]);
    await asOwner("UPDATE member_stats SET points = 3000 WHERE member_id = $1", [memberId]);
    await asOwner(
      `INSERT INTO transfer (business_id, member_id, id, lot_id, at, debit, credit, points, reason)
       VALUES ($1, $2, $2, $2, $3, 'issued', 'member', 3000, 'give')`,
      [ctx.business.id, memberId, NOON],
    );
    const first = await buy(ctx, by);
    const second = await buy(ctx, by);
    const welcomeEnds = async () => (await ends(ctx, memberId)).filter((text) => text.startsWith("welcome"));
    expect(await welcomeEnds()).toEqual(["welcome 2026-06-08"]);
    await undo(ctx, first);
    expect(await welcomeEnds()).toEqual(["welcome 2026-06-08"]);
    await undo(ctx, second);
    expect(await welcomeEnds()).toEqual(["welcome 2026-03-15"]);
  });

  test("points wait for a confirmation, begin with it once, and live from then", async () => {
    const ctx = await newBusiness({ tiers: [], earnedDays: 30, confirmEarned: true, welcome: null });
    const by = phone();
    const memberId = await newMember(ctx, by);
    const first = await buy(ctx, by);
    const second = await buy(ctx, by);
    expect(await see(ctx, memberId)).toMatchObject({ available: 0n, pending: 1_000n });
    const later = at(ctx, days(NOON, 3));
    expect(await confirmEarned(later, first)).toBe(500n);
    expect(await confirmEarned(later, first)).toBe(0n);
    expect(await see(later, memberId)).toMatchObject({ available: 500n, pending: 500n });
    expect(await ends(ctx, memberId)).toEqual(["purchase 2026-04-12", "purchase never"]);
    await undo(later, first);
    await undo(later, second);
    expect(await see(later, memberId)).toMatchObject({ available: 0n, pending: 0n });
    const plain = await newBusiness({ welcome: null });
    const other = await buy(plain, phone());
    await expect(confirmEarned(plain, other)).rejects.toThrow("nothing_waiting");
  });

  test("are told of before they end, once for each end and number of days, a missed night included", async () => {
    const ctx = await newBusiness({ tiers: [], earnedDays: 20, welcome: null });
    const by = phone();
    await newMember(ctx, by);
    await buy(ctx, by);
    const told = async (night: number) => await remindOfExpiry(at(ctx, days(NOON, night)), [3]);
    expect(await told(16)).toBe(0);
    expect(await told(18)).toBe(1);
    expect([await told(17), await told(18)]).toEqual([0, 0]);
  });
});

test("the books are sound after all of it", async () => {
  expect(await booksOf(asOwner)).toEqual([]);
});
