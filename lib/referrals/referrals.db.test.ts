import { beforeEach, describe, expect, test } from "vitest";
import type { Context } from "@/lib/access";
import { lots } from "@/lib/ledger";
import { isWaiting } from "@/lib/ledger/model";
import { withBusiness } from "@/lib/platform/db";
import { drain } from "@/lib/platform/outbox";
import { join } from "@/lib/program";
import { NO_REFERRALS, type ReferralTerms } from "@/lib/program/schema";
import {
  ambassadors,
  countOpened,
  decideReview,
  friendsOf,
  funnel,
  ownInvitations,
  reviews,
  settleWaiting,
} from "@/lib/referrals";
import { customer, record, refund } from "@/lib/sales";
import { handlers } from "@/lib/wiring";
import { asOwner } from "@/tests/support/database";
import { at, days, NOON, newBusiness, newMember } from "@/tests/support/world";

let nextPhone = 380_670_000_000;
const phone = () => `+${(nextPhone += 1)}`;
const on = (rateBps: number) => ({ on: rateBps > 0, rateBps });
const TERMS: ReferralTerms = { ...NO_REFERRALS, levels: [on(500), on(200), on(100)] };

/** A line of members, each invited by the one before. */
async function line(ctx: Context, count: number): Promise<bigint[]> {
  const members: bigint[] = [];
  for (let i = 0; i < count; i += 1) members.push(await newMember(ctx, phone(), members.at(-1) ?? null));
  return members;
}
const news = async (ctx: Context) => await drain(handlers, () => ctx.now);
const buy = async (ctx: Context, memberId: bigint, totalMinor: bigint) => {
  const receipt = {
    totalMinor,
    points: 0n,
    skipMinor: 0n,
    unredeemableMinor: 0n,
    cashMinor: null,
    number: null,
  };
  const input = {
    by: { memberId },
    receipt,
    key: null,
    staffId: null,
    locationId: null,
    source: "uds" as const,
  };
  return (await record(ctx, input)).operationId;
};
const giveBack = async (ctx: Context, operationId: bigint, partMinor: bigint | null = null) =>
  await refund(ctx, { operationId, partMinor, key: null, staffId: null, locationId: null, source: "uds" });
const has = async (ctx: Context, memberId: bigint) => {
  const found = await customer(ctx, { memberId });
  return { available: found?.available, pending: found?.pending };
};
const points = async (ctx: Context, memberId: bigint) => (await has(ctx, memberId)).available;
const sums = async (memberId: bigint) =>
  (
    await asOwner<Record<string, string | number>>("SELECT * FROM referral_stats WHERE member_id = $1", [
      memberId,
    ])
  )[0];
const stateOf = async (memberId: bigint) =>
  (
    await asOwner<{ state: string; suspicions: string[] }>(
      "SELECT state, suspicions FROM referral WHERE member_id = $1",
      [memberId],
    )
  )[0];

let ctx: Context;
beforeEach(async () => {
  ctx = await newBusiness({ welcome: null, earnedDays: null, base: base(0), tiers: [], referral: TERMS });
});
function base(rateBps: number) {
  return {
    id: "base",
    name: "Base",
    rateBps,
    maxPointsBps: null,
    spentMinor: null,
    invited: null,
    visits: null,
    experience: null,
    keep: null,
    gift: null,
    perks: [],
  };
}

describe("paying", () => {
  test("three levels get their shares, the fourth nothing; told twice, given once", async () => {
    const [a, b, c, d, e] = (await line(ctx, 5)) as [bigint, bigint, bigint, bigint, bigint];
    await news(ctx);
    await buy(ctx, e, 100_000n);
    const [event] = await asOwner<{ payload: object }>(
      "SELECT payload FROM outbox WHERE type = 'purchase.recorded' AND member_id = $1",
      [e],
    );
    await news(ctx);
    await asOwner(
      "INSERT INTO outbox (business_id, member_id, type, payload, at, due_at) VALUES ($1, $2, 'purchase.recorded', $3, $4, $4)",
      [ctx.business.id, e, event?.payload, ctx.now],
    );
    await news(ctx);
    expect(await Promise.all([a, b, c, d, e].map((id) => points(ctx, id)))).toEqual([
      0n,
      1_000n,
      2_000n,
      5_000n,
      0n,
    ]);
    expect(await sums(c)).toMatchObject({ joined: 1, far_joined: 1, points: "2000" });
    expect(await sums(d)).toMatchObject({ joined: 1, bought: 1 });
  });

  test("a circle of inviters ends where it meets itself, nobody earns on themselves", async () => {
    const [a, b] = (await line(ctx, 2)) as [bigint, bigint];
    await asOwner("UPDATE member SET inviter_id = $2 WHERE id = $1", [a, b]);
    await buy(ctx, b, 100_000n);
    await news(ctx);
    expect([await points(ctx, a), await points(ctx, b)]).toEqual([5_000n, 0n]);
  });

  test("both sides get their fixed points with the first purchase that reaches the least amount", async () => {
    const own = await newBusiness({
      welcome: null,
      base: base(0),
      tiers: [],
      referral: {
        ...NO_REFERRALS,
        invitationPoints: 20_000n,
        invitationMinMinor: 50_000n,
        friendJoinPoints: 3_000n,
        friendFirstPoints: 10_000n,
      },
    });
    const [a, b] = (await line(own, 2)) as [bigint, bigint];
    await news(own);
    expect([await points(own, a), await points(own, b)]).toEqual([0n, 3_000n]);
    await buy(own, b, 49_999n);
    await news(own);
    expect(await points(own, a)).toBe(0n);
    const first = await buy(own, b, 50_000n);
    await buy(own, b, 60_000n);
    await news(own);
    expect([await points(own, a), await points(own, b)]).toEqual([20_000n, 13_000n]);
    // Another purchase makes the friend count just as well.
    await giveBack(own, first);
    await news(own);
    expect([await points(own, a), await points(own, b)]).toEqual([20_000n, 13_000n]);
  });

  test("a blocked inviter gets nothing", async () => {
    const [a, b] = (await line(ctx, 2)) as [bigint, bigint];
    await asOwner("UPDATE member SET blocked_at = now() WHERE id = $1", [a]);
    await buy(ctx, b, 100_000n);
    await news(ctx);
    expect(await points(ctx, a)).toBe(0n);
  });
});

describe("refunding", () => {
  test("in any parts, told in any batches, it is as if the purchase had not happened", async () => {
    const own = await newBusiness({
      welcome: null,
      base: base(0),
      tiers: [],
      referral: { ...TERMS, invitationPoints: 20_000n, friendFirstPoints: 10_000n },
    });
    for (const parts of [[null], [1n, null], [33_333n, 10n, null], [50_000n, 49_999n, 1n]])
      for (const isTold of [true, false]) {
        const [a, b, c] = (await line(own, 3)) as [bigint, bigint, bigint];
        await buy(own, c, 77_777n);
        await news(own);
        const before = await Promise.all([sums(a), sums(b)]);
        const held = await Promise.all([a, b, c].map((id) => has(own, id)));
        const bought = await buy(own, c, 100_000n);
        if (isTold) await news(own);
        for (const part of parts) {
          await giveBack(own, bought, part);
          if (isTold) await news(own);
        }
        await news(own);
        expect(await Promise.all([a, b, c].map((id) => has(own, id)))).toEqual(held);
        expect(await Promise.all([sums(a), sums(b)])).toEqual(before);
      }
  }, 60_000);

  test("half a refund takes half the share; a friend's only purchase undone undoes the invitation, owed when spent", async () => {
    const own = await newBusiness({
      welcome: null,
      base: base(0),
      tiers: [],
      spendByPhone: true,
      maxPointsBps: 10_000,
      referral: { ...TERMS, invitationPoints: 20_000n },
    });
    const [a, b] = (await line(own, 2)) as [bigint, bigint];
    const bought = await buy(own, b, 100_000n);
    await news(own);
    expect(await points(own, a)).toBe(25_000n);
    const member = await customer(own, { memberId: a });
    await record(own, {
      by: { phone: member?.member.phone ?? "" },
      receipt: {
        totalMinor: 24_000n,
        points: 24_000n,
        skipMinor: 0n,
        unredeemableMinor: 0n,
        cashMinor: null,
        number: null,
      },
      key: null,
      staffId: null,
      locationId: null,
      source: "uds",
    });
    await giveBack(own, bought, 50_000n);
    await news(own);
    expect(await points(own, a)).toBe(25_000n - 24_000n - 2_500n);
    await giveBack(own, bought);
    await news(own);
    expect(await points(own, a)).toBe(-24_000n);
    expect(await sums(a)).toMatchObject({ bought: 0, points: "0", cash_minor: "0" });
    // A later first purchase counts again, once.
    await buy(own, b, 10_000n);
    await news(own);
    expect(await points(own, a)).toBe(-24_000n + 20_000n + 500n);
  });

  test("points that burned meanwhile are not owed", async () => {
    const own = await newBusiness({
      welcome: null,
      base: base(0),
      tiers: [],
      referral: { ...TERMS, days: 10 },
    });
    const [a, b] = (await line(own, 2)) as [bigint, bigint];
    const bought = await buy(own, b, 100_000n);
    await news(own);
    const late = at(own, days(NOON, 20));
    const { expireDue } = await import("@/lib/ledger");
    await expireDue(late.now);
    await giveBack(late, bought);
    await news(late);
    expect(await points(late, a)).toBe(0n);
  });
});

describe("waiting for a visit", () => {
  const active = {
    welcome: null,
    base: base(0),
    tiers: [],
    referral: { ...TERMS, activeDays: 30, days: null },
  };
  const waiting = async (own: Context, id: bigint) =>
    (await lots(own, id)).filter(isWaiting).reduce((sum, lot) => sum + lot.remaining, 0n);

  test("who never bought waits; the next purchase unlocks, its refund locks again", async () => {
    const own = await newBusiness(active);
    const [a, b] = (await line(own, 2)) as [bigint, bigint];
    await buy(own, b, 100_000n);
    await news(own);
    expect(await has(own, a)).toEqual({ available: 0n, pending: 0n });
    expect(await waiting(own, a)).toBe(5_000n);
    const visit = await buy(own, a, 1_000n);
    await news(own);
    expect(await points(own, a)).toBe(5_000n);
    await giveBack(own, visit);
    await news(own);
    expect([await points(own, a), await waiting(own, a)]).toEqual([0n, 5_000n]);
  });

  test("the night has points of a guest gone too long wait; asking nothing frees them all", async () => {
    const own = await newBusiness(active);
    const [a, b] = (await line(own, 2)) as [bigint, bigint];
    await buy(own, a, 1_000n);
    await buy(own, b, 100_000n);
    await news(own);
    expect(await points(own, a)).toBe(5_000n);
    expect(await settleWaiting(at(own, days(NOON, 30)))).toBe(0);
    const late = at(own, days(NOON, 31));
    expect(await settleWaiting(late)).toBe(1);
    expect(await settleWaiting(late)).toBe(0);
    expect([await points(late, a), await waiting(late, a)]).toEqual([0n, 5_000n]);
    // What waits is taken back like anything else.
    await giveBack(
      late,
      (
        await asOwner<{ id: string }>("SELECT id FROM operation WHERE member_id = $1 AND kind = 'purchase'", [
          b,
        ])
      ).map(({ id }) => BigInt(id))[0] ?? 0n,
      50_000n,
    );
    await news(late);
    expect(await waiting(late, a)).toBe(2_500n);
    await asOwner(
      "UPDATE programme_version SET settings = jsonb_set(settings::jsonb, '{referral,activeDays}', 'null') WHERE business_id = $1",
      [own.business.id],
    );
    await asOwner("UPDATE programme_version SET version = 2 WHERE business_id = $1", [own.business.id]);
    expect(await settleWaiting(late)).toBe(1);
    expect(await points(late, a)).toBe(2_500n);
  });
});

describe("guards", () => {
  const enter = async (email: string, inviteCode: string | null, device: string | null = null) => {
    const [person] = await asOwner<{ id: string }>(
      "INSERT INTO person (id, locale, created_at) VALUES (nextval('id_low') + 1000000, 'uk', now()) RETURNING id",
    );
    const personId = BigInt(person?.id ?? 0);
    if (device) await asOwner("INSERT INTO person_device VALUES ($1, $2, now())", [device, personId]);
    const by: Context = { ...ctx, actor: { kind: "person", id: personId } };
    const who = { personId, name: null, phone: null, email, birthDate: null, gender: null };
    const trace = { device, network: "net" };
    const { memberId } = await join(by, { ...who, inviteCode, source: "join", trace });
    return memberId;
  };
  const codeOf = async (id: bigint) =>
    (await withBusiness(ctx.business.id, (tx) => tx.member.findFirst({ where: { id } })))?.inviteCode ?? "";

  test("one mailbox, or one telephone, twice is held: nothing is paid, the friend counts for nothing", async () => {
    const a = await enter("olena.k@gmail.com", null, "tablet");
    const code = await codeOf(a);
    const b = await enter("olenak+2@gmail.com", code);
    const c = await enter("somebody@ukr.net", code, "tablet");
    await buy(ctx, b, 100_000n);
    await buy(ctx, c, 100_000n);
    await news(ctx);
    expect(await stateOf(b)).toEqual({ state: "held", suspicions: ["same_email"] });
    expect(await stateOf(c)).toEqual({ state: "held", suspicions: ["same_device"] });
    expect(await points(ctx, a)).toBe(0n);
    expect((await customer(ctx, { memberId: a }))?.effectiveInvited).toBe(0);
  });

  test("accepted, what waited is given less what was refunded meanwhile; turned down, nothing ever is", async () => {
    const a = await enter("ira.m@gmail.com", null);
    const code = await codeOf(a);
    const b = await enter("iram+1@gmail.com", code);
    const c = await enter("iram+2@gmail.com", code);
    await news(ctx);
    const d = await enter("third@ukr.net", await codeOf(b));
    const bought = await buy(ctx, b, 100_000n);
    await buy(ctx, c, 100_000n);
    await buy(ctx, d, 100_000n);
    await giveBack(ctx, bought, 50_000n);
    await news(ctx);
    const { rows } = await reviews(ctx);
    expect(rows.map((row) => [row.memberId, row.points])).toEqual([
      [b, 2_500n + 2_000n],
      [c, 5_000n],
    ]);
    // The friend of the friend under review is nobody's fault: their own inviter is paid.
    expect(await points(ctx, b)).toBe(5_000n);
    await decideReview(ctx, { memberId: b, accept: true, reason: "two sisters" });
    expect(await points(ctx, a)).toBe(4_500n);
    await expect(decideReview(ctx, { memberId: b, accept: false, reason: "late" })).rejects.toThrow("stale");
    await decideReview(ctx, { memberId: c, accept: false, reason: "one person" });
    await buy(ctx, c, 100_000n);
    await giveBack(ctx, bought);
    await news(ctx);
    expect(await points(ctx, a)).toBe(2_000n);
    expect((await customer(ctx, { memberId: a }))?.effectiveInvited).toBe(0);
    const audits = await asOwner(
      "SELECT action FROM audit WHERE action LIKE 'referral.%' AND business_id = $1",
      [ctx.business.id],
    );
    expect(audits).toEqual([{ action: "referral.accept" }, { action: "referral.reject" }]);
  });

  test("an opened link counts once a day for a browser, and leads from opened to joined to bought", async () => {
    const a = await enter("opener@example.org", null);
    const code = await codeOf(a);
    const open = async (device: string, when = ctx) =>
      await countOpened(ctx.business, code, { device, network: null }, when.now);
    await open("one");
    await open("one");
    await open("two");
    await open("one", at(ctx, days(NOON, 1)));
    const b = await enter("friend@example.org", code);
    await buy(ctx, b, 10_000n);
    await news(ctx);
    expect(await sums(a)).toMatchObject({ opened: 3, joined: 1, bought: 1, cash_minor: "10000" });
    expect(await funnel(at(ctx, days(NOON, 1)), 30)).toEqual({ opened: 3, joined: 1, bought: 1 });
    const own: Context = { ...ctx, actor: { kind: "member", id: a, personId: 1n } };
    expect(await ownInvitations(own, a)).toMatchObject({
      opened: 3,
      points: 500n,
      waiting: 0n,
      friends: [{ id: b, state: "bought", points: 500n }],
    });
    await expect(ownInvitations(own, b)).rejects.toThrow("forbidden");
    const { rows } = await ambassadors(ctx, { sort: "cash", after: null });
    expect(rows).toMatchObject([{ memberId: a, cashMinor: 10_000n }]);
    expect((await friendsOf(ctx, { inviterId: a, before: null })).rows).toMatchObject([{ memberId: b }]);
  });

  test("more than the hour allows from one inviter is held, the first ones are not", async () => {
    const a = await enter("busy@example.org", null);
    const code = await codeOf(a);
    const friends: bigint[] = [];
    for (let i = 0; i < 7; i += 1) friends.push(await enter(`guest${i}@example.org`, code));
    await news(ctx);
    // News of different people comes in any order: whoever is counted after the fifth is looked at.
    const states = await Promise.all(friends.map(stateOf));
    const held = states.filter((row) => row?.state === "held");
    expect(held.map((row) => row?.suspicions)).toEqual([["many_from_inviter"], ["many_from_inviter"]]);
  });
});
