/** Everything the builder offers to begin a journey with begins one, from the very act that brings it about. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/access";
import { announceAvailable, expireDue, remindOfExpiry } from "@/lib/ledger";
import { addTag, noteInstalled, setTags } from "@/lib/members";
import { followLink, noteStep, sendDue } from "@/lib/messaging";
import { tokenOf } from "@/lib/messaging/link/token";
import { withBusiness } from "@/lib/platform/db";
import { drain } from "@/lib/platform/outbox";
import { confirmHold, giveReward, holdEntitlement } from "@/lib/program";
import { grant, refund } from "@/lib/sales";
import { archiveSegment, createSegment, segmentById } from "@/lib/segments";
import { handlers } from "@/lib/wiring";
import { asOwner } from "@/tests/support/database";
import { reachable, send } from "@/tests/support/messages";
import { buy, newReward } from "@/tests/support/rewards";
import { at, days, NOON, newBusiness, newMember } from "@/tests/support/world";
import { callIn, createJourney, goLive, journey, pauseBroken, turn } from ".";
import { EVENTS } from "./facts/model";
import type { Filter } from "./facts/schema";
import { type Definition, emptyDefinition, type Trigger } from "./schema";

let ctx: Context;
let phone = 380_660_000_000;
beforeAll(async () => {
  ctx = await newBusiness({ pendingDays: 2 });
  await asOwner(
    `INSERT INTO item (business_id, id, kind, name, category, price_minor, created_at)
     VALUES ($1, 905, 'service', 'Haircut', 'Hair', 40000, now())`,
    [ctx.business.id],
  );
});
const someone = async (inviter: bigint | null = null) => await newMember(ctx, `+${(phone += 1)}`, inviter);
const hear = async (now = NOON) => await drain(handlers, () => now);

async function start(triggers: Trigger[], change: Partial<Definition> = {}): Promise<bigint> {
  const definition: Definition = {
    ...emptyDefinition,
    controlBps: 0,
    triggers,
    steps: [{ kind: "task", id: "t", title: "Look" }],
    ...change,
  };
  const id = await createJourney(ctx, { kind: "journey", name: "Events", definition, preset: null });
  await goLive(ctx, { id, revision: 1, moves: false });
  return id;
}
/** Whom a journey let in, and what it knows of why. */
const entered = async (id: bigint) =>
  await asOwner<{ member_id: string; trigger: Record<string, unknown> }>(
    "SELECT member_id, trigger FROM journey_run WHERE journey_id = $1 ORDER BY id",
    [id],
  );
const HAIR = [{ itemId: 905n, name: "Haircut", quantity: 1, amountMinor: 40_000n }];
const OTHER = [{ itemId: null, name: "Wax", quantity: 1, amountMinor: 40_000n }];
const filter = (property: string, op: Filter["op"], value: Filter["value"]): Filter => ({
  property,
  op,
  value,
});

/** What to do to somebody so that an event happens to them; and a second time so that its filters say no. */
const ACTS: Readonly<
  Record<string, { where?: Filter[]; act: () => Promise<bigint>; not?: () => Promise<unknown> }>
> = {
  "purchase.recorded": {
    where: [filter("item", "is", "905"), filter("category", "is", "Hair"), filter("isFirst", "is", true)],
    act: async () => await bought(HAIR),
    not: async () => await bought(OTHER),
  },
  "purchase.refunded": {
    where: [filter("isFull", "is", true)],
    act: async () => await gaveBack(null),
    not: async () => await gaveBack(5_000n),
  },
  "member.joined": {
    where: [filter("invited", "is", false)],
    act: async () => await someone(),
    not: async () => await someone(await someone()),
  },
  "card.installed": {
    act: async () => {
      const id = await someone();
      const own = { ...ctx, actor: { kind: "member", id, personId: 1n } } as const;
      await noteInstalled(own, id);
      await noteInstalled(own, id);
      return id;
    },
  },
  "tier.changed": {
    where: [filter("isUp", "is", true), filter("tierAfter", "is", "silver")],
    act: async () => await bought(OTHER, 1_500_000n),
    not: async () => await bought(OTHER),
  },
  "points.granted": {
    where: [filter("points", "at_least", 5_000)],
    act: async () => await granted(5_000n),
    not: async () => await granted(100n),
  },
  "points.available": {
    act: async () => {
      await announceAvailable(NOON);
      const id = await bought(OTHER);
      await announceAvailable(days(NOON, 3));
      return id;
    },
  },
  "points.expiring": {
    where: [filter("days", "at_most", 3)],
    act: async () => {
      const id = await granted(5_000n, 4);
      await remindOfExpiry(at(ctx, days(NOON, 2)), [2]);
      return id;
    },
  },
  "points.expired": {
    act: async () => {
      const id = await granted(7_000n, 4);
      await expireDue(days(NOON, 10));
      return id;
    },
  },
  "referral.joined": {
    act: async () => {
      const id = await someone();
      await someone(id);
      return id;
    },
  },
  "referral.bought": {
    act: async () => {
      const id = await someone();
      const friend = await someone(id);
      await buy(ctx, friend, 20_000n);
      await buy(ctx, friend, 20_000n);
      return id;
    },
  },
  "entitlement.given": { act: async () => (await given()).memberId },
  "entitlement.used": {
    act: async () => {
      const { memberId, entitlementId } = await given();
      const hold = await holdEntitlement(ctx, { entitlementId, key: null, staffId: null, locationId: null });
      await confirmHold(ctx, hold.id);
      return memberId;
    },
  },
  "message.opened": { act: async () => await told((token) => noteStep(token, "opened", NOON)) },
  "message.clicked": { act: async () => await told((token) => followLink(token, NOON)) },
};

async function bought(lines: typeof HAIR | typeof OTHER, totalMinor = 40_000n): Promise<bigint> {
  const id = await someone();
  await buy(ctx, id, totalMinor, { lines });
  return id;
}
async function gaveBack(partMinor: bigint | null): Promise<bigint> {
  const id = await someone();
  const { operationId } = await buy(ctx, id, 20_000n);
  await refund(ctx, { operationId, partMinor, key: null, staffId: null, locationId: null, source: "desk" });
  return id;
}
async function granted(points: bigint, lives: number | null = null): Promise<bigint> {
  const id = await someone();
  await grant(ctx, { memberId: id, points, comment: null, key: null, source: "job" });
  if (lives !== null)
    await asOwner("UPDATE lot SET expires_at = $2 WHERE member_id = $1", [
      id,
      new Date("2026-03-14T22:00:00Z"),
    ]);
  return id;
}
async function given(): Promise<{ memberId: bigint; entitlementId: bigint }> {
  const memberId = await someone();
  const rewardId = await newReward(ctx);
  const gift = { memberId, rewardId, key: null, validDays: null, comment: null };
  return { memberId, entitlementId: (await giveReward(ctx, gift)).id };
}
async function told(react: (token: string) => Promise<unknown>): Promise<bigint> {
  const id = await reachable(ctx, undefined);
  const messageId = await send(ctx, id, { channels: ["inbox"] });
  await sendDue({ minters: {}, now: () => NOON });
  await react(tokenOf({ businessId: ctx.business.id, messageId }));
  return id;
}

test("every event on the list is tried here", () =>
  expect(Object.keys(ACTS).toSorted()).toEqual(EVENTS.map(({ type }) => type).toSorted()));

describe("begins with", () => {
  test.each(Object.entries(ACTS))("%s", async (type, { where = [], act, not }) => {
    await hear();
    const id = await start([{ kind: "event", match: { type, where } }]);
    const passedOver = await not?.();
    await hear(days(NOON, 11));
    const others = (await entered(id)).map((run) => run.member_id);
    expect(others).not.toContain(String(passedOver));
    const memberId = await act();
    await hear(days(NOON, 11));
    await hear(days(NOON, 11));
    const came = (await entered(id)).map((run) => run.member_id);
    expect(came.filter((one) => one === memberId.toString())).toHaveLength(1);
    await turn(ctx, id, "stop");
  });

  test("a friend by their first name, and nothing more of them", async () => {
    const id = await start([{ kind: "event", match: { type: "referral.bought", where: [] } }]);
    const inviter = await someone();
    const friend = await someone(inviter);
    await asOwner("UPDATE member_profile SET name = 'Oleh Bondar' WHERE member_id = $1", [friend]);
    await buy(ctx, friend, 20_000n);
    await hear();
    expect(await entered(id)).toMatchObject([
      { member_id: inviter.toString(), trigger: { friendName: "Oleh" } },
    ]);
    await turn(ctx, id, "stop");
  });
});

describe("segments", () => {
  const tagged = async (tag: bigint) =>
    await createSegment(ctx, {
      name: `Tag ${tag}`,
      rule: {
        version: 1,
        root: {
          kind: "all",
          nodes: [{ kind: "set", field: "tags", test: { op: "any", values: [Number(tag)] } }],
        },
      },
    } as never);

  test("entered and left begin journeys; a segment in use is not taken away, and its user is named", async () => {
    const tag = await addTag(ctx, "Quiet");
    const segmentId = await tagged(tag);
    const on = (what: "entered" | "left"): Trigger => ({
      kind: "segment",
      segmentId: segmentId.toString(),
      on: what,
    });
    const [came, went] = [await start([on("entered")]), await start([on("left")])];
    const id = await someone();
    await setTags(ctx, id, [tag]);
    await hear();
    await setTags(ctx, id, []);
    await hear();
    await hear();
    const members = [id.toString()];
    expect((await entered(came)).map((run) => run.member_id)).toEqual(members);
    expect((await entered(went)).map((run) => run.member_id)).toEqual(members);
    await expect(archiveSegment(ctx, segmentId)).rejects.toMatchObject({ code: "in_use" });
    expect((await segmentById(ctx, segmentId))?.uses).toHaveLength(2);
    await turn(ctx, came, "stop");
    await turn(ctx, went, "stop");
    await archiveSegment(ctx, segmentId);
  });

  test("what is gone all the same pauses the journey with its reason; it goes on when it is back", async () => {
    const tag = await addTag(ctx, "Loud");
    const segmentId = await tagged(tag);
    const id = await start([{ kind: "segment", segmentId: segmentId.toString(), on: "entered" }]);
    await asOwner("UPDATE segment SET archived_at = now() WHERE id = $1", [segmentId]);
    expect(await pauseBroken(NOON)).toBe(1);
    expect(await journey(ctx, id)).toMatchObject({ state: "paused", reason: "segment_gone" });
    expect(await pauseBroken(NOON)).toBe(0);
    await expect(turn(ctx, id, "resume")).rejects.toMatchObject({ code: "invalid" });
    await asOwner("UPDATE segment SET archived_at = NULL WHERE id = $1", [segmentId]);
    await turn(ctx, id, "resume");
    expect(await journey(ctx, id)).toMatchObject({ state: "live", reason: null });
    await turn(ctx, id, "stop");
  });
});

test("somebody who waits does not hold up the news of others when a step's tag is gone", async () => {
  const tag = await addTag(ctx, "Brief");
  const id = await start([{ kind: "event", match: { type: "member.joined", where: [] } }], {
    steps: [
      {
        kind: "await",
        id: "w",
        match: { type: "purchase.recorded", where: [] },
        timeout: { amount: 5, unit: "days" },
        happened: [{ kind: "tag", id: "t", tagId: tag.toString(), add: true }],
        timedOut: [],
      },
    ],
  });
  const memberId = await someone();
  await hear();
  await asOwner(
    "UPDATE journey_run SET step = 'w', waiting = 'purchase.recorded', due_at = $2 WHERE journey_id = $1",
    [id, days(NOON, 5)],
  );
  await asOwner("DELETE FROM tag WHERE business_id = $1 AND id = $2", [ctx.business.id, tag]);
  await buy(ctx, memberId, 20_000n);
  await hear();
  expect(await journey(ctx, id)).toMatchObject({
    state: "paused",
    reason: "tag_gone",
    states: { active: 1 },
  });
  const waiting = "SELECT count(*)::int AS n FROM outbox WHERE business_id = $1 AND attempts > 0";
  expect(await asOwner(waiting, [ctx.business.id])).toEqual([{ n: 0 }]);
});

test("a call's key stands for its body", async () => {
  const id = await start([{ kind: "api" }]);
  const call = { journeyId: id, memberId: await someone(), key: "order-7", properties: { order: 7 } };
  expect(await callIn(ctx, call)).toBe("entered");
  expect(await callIn(ctx, call)).toBe("entered");
  await expect(callIn(ctx, { ...call, properties: { order: 8 } })).rejects.toMatchObject({
    code: "nonce_conflict",
  });
  expect(await withBusiness(ctx.business.id, async () => await entered(id))).toHaveLength(1);
});
