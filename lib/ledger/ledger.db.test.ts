import { beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/access";
import { announceAvailable, expireDue, movements } from "@/lib/ledger";
import { drain } from "@/lib/platform/outbox";
import { customer, record, refund } from "@/lib/sales";
import { handlers } from "@/lib/wiring";
import { asOwner } from "@/tests/support/database";
import { at, days, NOON, newBusiness, newMember } from "@/tests/support/world";

let ctx: Context;
const buy = (when: Context, phone: string, totalMinor: bigint) => {
  const receipt = {
    totalMinor,
    points: 0n,
    skipMinor: 0n,
    unredeemableMinor: 0n,
    cashMinor: null,
    number: null,
  };
  return record(when, { by: { phone }, receipt, key: null, staffId: null, locationId: null, source: "uds" });
};
const news = (type: string) =>
  asOwner<{ member_id: string; payload: Record<string, unknown> }>(
    "SELECT member_id, payload FROM outbox WHERE business_id = $1 AND type = $2 ORDER BY id",
    [ctx.business.id, type],
  );

beforeAll(async () => {
  ctx = await newBusiness({ pendingDays: 3, earnedDays: 10 });
});

describe("the jobs of the clock", () => {
  test("pending points are told once when they begin, and only they", async () => {
    await announceAvailable(NOON);
    await buy(ctx, "+380501110001", 100_000n);
    expect(await announceAvailable(days(NOON, 1))).toBe(0);
    expect(await announceAvailable(days(NOON, 4))).toBe(1);
    expect(await announceAvailable(days(NOON, 5))).toBe(0);
    expect((await news("points.available")).map((one) => one.payload)).toEqual([{ points: 5_000 }]);
  });

  test("expired points go to breakage once, as a movement the member sees", async () => {
    const late = days(NOON, 20);
    expect(await expireDue(late)).toBeGreaterThan(0);
    expect(await expireDue(late)).toBe(0);
    const seen = await customer(at(ctx, late), { phone: "+380501110001" });
    expect(seen).toMatchObject({ available: 0n, pending: 0n });
    const [last] = await movements(ctx, seen?.member.id ?? 0n);
    expect(last).toMatchObject({ reason: "expire", points: -5_000n });
  });

  test("a stop between two members leaves the rest for the next run", async () => {
    for (const end of ["2", "3", "4"]) await buy(ctx, `+38050111000${end}`, 100_000n);
    let asked = 0;
    expect(await expireDue(days(NOON, 20), () => (asked += 1) > 1)).toBe(1);
    expect(await expireDue(days(NOON, 20))).toBe(2);
  });
});

describe("the outbox", () => {
  test("two workers side by side handle each event once, a member's in order", async () => {
    const own = await newBusiness();
    for (let turn = 0; turn < 12; turn += 1)
      await buy(own, `+3805022200${String(turn % 4).padStart(2, "0")}`, 1_000n);
    const seen: { member: bigint | null; id: bigint }[] = [];
    const spy = {
      name: "spy",
      types: ["purchase.recorded"],
      handle: async (
        _tx: unknown,
        businessId: bigint,
        events: readonly { id: bigint; memberId: bigint | null }[],
      ) => {
        if (businessId === own.business.id)
          for (const { id, memberId } of events) seen.push({ id, member: memberId });
      },
    };
    await Promise.all([drain([spy], () => days(NOON, 30)), drain([spy], () => days(NOON, 30))]);
    // One of them may have found all shards taken and gone to sleep: what is left waits for the next look.
    await drain([spy], () => days(NOON, 30));
    expect(seen.length).toBe(12);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(12);
    for (const one of Map.groupBy(seen, ({ member }) => member).values())
      expect(one.map(({ id }) => id)).toEqual(one.map(({ id }) => id).toSorted((a, b) => (a < b ? -1 : 1)));
  });

  test("an event that fails is tried again later and holds back its member's next ones alone", async () => {
    const own = await newBusiness();
    await buy(own, "+380503330001", 1_000n);
    await buy(own, "+380503330001", 2_000n);
    await buy(own, "+380503330002", 3_000n);
    const totals: number[] = [];
    let broken = true;
    const moody = {
      name: "moody",
      types: ["purchase.recorded"],
      handle: async (
        _tx: unknown,
        businessId: bigint,
        events: readonly { payload: Readonly<Record<string, unknown>> }[],
      ) => {
        if (businessId !== own.business.id) return;
        for (const { payload } of events) {
          if (broken && payload.totalMinor === 1_000) throw new Error("not today");
          totals.push(Number(payload.totalMinor));
        }
      },
    };
    await drain([moody], () => NOON);
    expect(totals.at(-1)).toBe(3_000);
    expect(totals).not.toContain(2_000);
    broken = false;
    totals.length = 0;
    await drain([moody], () => NOON);
    expect(totals).toEqual([]); // its time has not come
    await drain([moody], () => new Date(NOON.getTime() + 60_000));
    expect(totals).toEqual([1_000, 2_000]);
  });

  test("a friend's purchase counts at the inviter, and no longer when it is wholly refunded", async () => {
    const own = await newBusiness();
    const inviter = await newMember(own, "+380504440001");
    await newMember(own, "+380504440002", inviter);
    const { operationId } = await buy(own, "+380504440002", 1_000n);
    await drain(handlers, () => days(NOON, 1));
    expect(await customer(own, { memberId: inviter })).toMatchObject({ invited: 1, effectiveInvited: 1 });
    await refund(own, {
      operationId,
      partMinor: null,
      key: null,
      staffId: null,
      locationId: null,
      source: "uds",
    });
    await drain(handlers, () => days(NOON, 1));
    expect((await customer(own, { memberId: inviter }))?.effectiveInvited).toBe(0);
  });
});
