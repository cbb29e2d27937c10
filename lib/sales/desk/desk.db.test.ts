import { beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/access";
import { addLocation, addStaff } from "@/lib/access";
import { showCode } from "@/lib/members";
import { changeProgramme, giveReward, programme, rules, saveProgramme, sellCertificate } from "@/lib/program";
import {
  deskCode,
  deskFind,
  deskGuest,
  deskQuote,
  deskRecord,
  deskRefund,
  deskSetting,
  deskToday,
  grant,
  record,
} from "@/lib/sales";
import { asOwner } from "@/tests/support/database";
import { newReward } from "@/tests/support/rewards";
import { ruleOf } from "@/tests/support/rules";
import { days, NOON, newBusiness, newMember } from "@/tests/support/world";

let system: Context;
let desk: Context;
let locationId: bigint;
let nextPhone = 380_660_000_000;
const phone = () => `+${(nextPhone += 1)}`;
let keys = 0;
const key = () => `desk-key-${(keys += 1)}`;

beforeAll(async () => {
  system = await newBusiness();
  ({ id: locationId } = await addLocation(system, { name: "Centre", address: null }));
  const { id } = await addStaff(system, {
    name: "Kateryna",
    email: null,
    role: "cashier",
    externalId: null,
    locationId,
  });
  desk = { ...system, actor: { kind: "staff", id, role: "cashier", name: "Kateryna" } };
});

/** A member with 200 points, and the code they show. */
async function withPoints() {
  const memberId = await newMember(system, phone());
  await grant(system, { memberId, points: 20_000n, comment: null, key: null, source: "seed" });
  return { memberId, code: (await showCode(system, memberId)).code };
}

const sale = (by: { code: string } | { phone: string }, totalMinor: bigint, points = 0n) => ({
  by,
  totalMinor,
  points,
  cashMinor: totalMinor - points,
  receiptNumber: null,
});

describe("a quote", () => {
  test("offers the bill without points, with most, and as chosen", async () => {
    const { code } = await withPoints();
    const { none, most, chosen } = await deskQuote(desk, {
      by: { code },
      totalMinor: 50_000n,
      points: 5_000n,
    });
    expect(none).toMatchObject({ cashMinor: 50_000n, points: 0n, earned: 2_500n });
    expect(most).toMatchObject({ cashMinor: 35_000n, points: 15_000n, earned: 1_750n });
    expect(chosen).toMatchObject({ cashMinor: 45_000n, points: 5_000n, earned: 2_250n });
  });

  test("offers no points to who is found by phone or by name", async () => {
    const { memberId } = await withPoints();
    const offered = await deskQuote(desk, { by: { memberId }, totalMinor: 50_000n, points: null });
    expect(offered.guest.maySpend).toBe(false);
    expect(offered.most).toEqual(offered.none);
    const spending = deskQuote(desk, { by: { memberId }, totalMinor: 50_000n, points: 100n });
    await expect(spending).rejects.toThrow("points_not_permitted");
  });

  test("prices a phone nobody has as a first purchase, and makes no member", async () => {
    const by = { phone: phone() };
    const { guest, none } = await deskQuote(desk, { by, totalMinor: 1_200_000n, points: 0n });
    expect(guest).toMatchObject({ memberId: null, visits: 0 });
    expect(none.reaches).toBe("Silver");
    expect((await deskGuest(desk, by)).memberId).toBeNull();
  });
});

describe("a sale", () => {
  test("is what was confirmed, once for its key, and names the tier reached", async () => {
    const by = { phone: phone() };
    const [input, once] = [sale(by, 1_200_000n), key()];
    const first = await deskRecord(desk, input, once);
    expect(first).toMatchObject({ reached: "Silver", replayed: false });
    expect(first.operation).toMatchObject({ staffName: "Kateryna", locationName: "Centre", source: "desk" });
    const again = await deskRecord(desk, input, once);
    expect(again).toMatchObject({ replayed: true, operation: { id: first.operation.id } });
  });

  test("is refused when it would cost something else than was shown", async () => {
    const own = await newBusiness();
    const { id } = await addStaff(own, {
      name: "Cashier",
      email: null,
      role: "cashier",
      externalId: null,
      locationId: null,
    });
    const cashier: Context = { ...own, actor: { kind: "staff", id, role: "cashier", name: "Cashier" } };
    const { version, ...settings } = await programme(own);
    const shown = sale({ phone: phone() }, 10_000n);
    await saveProgramme(own, version, { ...settings, policy: "discount", tiers: [...settings.tiers] });
    await expect(deskRecord(cashier, shown, key())).rejects.toThrow("checksum");
  });

  test("is for people: a till or a job is turned away", async () => {
    await expect(deskRecord(system, sale({ phone: phone() }, 100n), key())).rejects.toThrow("forbidden");
    await expect(deskSetting(system)).rejects.toThrow("forbidden");
  });
});

test("a refund gives back and takes back, and answers what the member has then", async () => {
  const { code } = await withPoints();
  const { operation } = await deskRecord(desk, sale({ code }, 50_000n, 15_000n), key());
  const back = await deskRefund(desk, { operationId: operation.id, partMinor: 25_000n }, key());
  expect(back.operation).toMatchObject({ cashMinor: 17_500n, pointsSpent: 7_500n, pointsEarned: 875n });
  expect(back.guest.available).toBe(5_000n + 1_750n + 7_500n - 875n);
});

test("today is today's, and of one's own location", async () => {
  const elsewhere = await newMember(system, phone());
  const receipt = {
    totalMinor: 700n,
    skipMinor: 0n,
    unredeemableMinor: 0n,
    points: 0n,
    cashMinor: null,
    number: null,
  };
  const by = { memberId: elsewhere };
  const other = await record(system, {
    by,
    receipt,
    key: null,
    staffId: null,
    locationId: null,
    source: "uds",
  });
  const { operation } = await deskRecord(desk, sale({ phone: phone() }, 900n), key());
  const ids = (await deskToday(desk)).map(({ id }) => id);
  expect(ids).toContain(operation.id);
  expect(ids).not.toContain(other.operationId);
  expect(await deskToday({ ...desk, now: days(NOON, 1) })).toEqual([]);
});

describe("what a guest holds", () => {
  test("is found by its code, set aside once, taken off the bill with its lines, and another's is not theirs", async () => {
    const { memberId } = await withPoints();
    const stranger = await newMember(system, phone());
    const rewardId = await newReward(system, { name: "Ten off", effect: { kind: "amount", minor: 1_000n } });
    const held = await giveReward(system, { memberId, rewardId, validDays: null, comment: null, key: null });
    expect(await deskFind(desk, held.code.toLowerCase())).toEqual({ memberId });
    await expect(deskCode(desk, { memberId: stranger, code: held.code }, key())).rejects.toThrow(
      "code_unknown",
    );
    const once = key();
    const shown = await deskCode(desk, { memberId, code: held.code }, once);
    expect(await deskCode(desk, { memberId, code: held.code }, once)).toEqual(shown);
    const holds = shown.is === "entitlement" ? [shown.hold.id] : [];
    await asOwner(
      `INSERT INTO item (business_id, id, kind, name, category, price_minor, created_at)
       VALUES ($1, 71, 'service', 'Cut', 'hair', 6000, now())`,
      [system.business.id],
    );
    expect((await deskSetting(desk)).items).toMatchObject([
      { id: 71n, category: "hair", priceMinor: 6_000n },
    ]);
    const { version } = await programme(system);
    const { id: _, ...hair } = ruleOf({
      name: "Hair",
      when: { goods: { items: [], categories: ["hair"], isExcept: false } },
      gives: { is: "points", points: 700n, per: "bill" },
    });
    await changeProgramme(system, version, { put: [{ id: null, body: hair }] });
    const lines = [{ itemId: 71n, name: "Cut", quantity: 1, amountMinor: 6_000n }];
    const bill = { by: { memberId }, totalMinor: 10_000n, points: 0n, lines, holds };
    const { none } = await deskQuote(desk, bill);
    expect(none).toMatchObject({ discountMinor: 1_000n, cashMinor: 9_000n });
    expect(none.because.map(({ code }) => code)).toEqual(
      expect.arrayContaining(["reward_off", "rule_points"]),
    );
    const { operation } = await deskRecord(desk, { ...bill, cashMinor: 9_000n, receiptNumber: null }, key());
    expect(operation).toMatchObject({ discountMinor: 1_000n, pointsEarned: none.earned });
    await changeProgramme(system, version + 1, { drop: [(await rules(system))[0]?.rule.id ?? 0n] });
  });

  test("a certificate on nobody's card says so, and pays for whoever is named", async () => {
    const { memberId } = await withPoints();
    const terms = { amountMinor: 3_000n, validDays: null, greeting: null };
    const { code } = await sellCertificate(system, { ...terms, memberId: null }, null);
    expect(await deskFind(desk, code)).toEqual({ memberId: null });
    expect(await deskCode(desk, { memberId, code }, key())).toMatchObject({
      is: "certificate",
      balanceMinor: 3_000n,
    });
    await expect(deskFind(desk, "E-0123456789AB")).rejects.toThrow("code_unknown");
  });
});
