/** Membership follows what happens and what time does; deciding everybody anew finds the same. */
import { beforeEach, expect, test } from "vitest";
import type { Context } from "@/lib/access";
import { addTag, editMember, joinHousehold, leaveHousehold, setTags } from "@/lib/members";
import { withBusiness } from "@/lib/platform/db";
import { publish } from "@/lib/platform/outbox";
import { record, refund } from "@/lib/sales";
import { asOwner } from "@/tests/support/database";
import { refusal } from "@/tests/support/doors";
import { hearing } from "@/tests/support/segment-news";
import { at, days, NOON, newBusiness, newMember } from "@/tests/support/world";
import {
  archiveSegment,
  checkDue,
  createSegment,
  listSegments,
  preview,
  rebuildDue,
  segmentById,
  segmentsOf,
  updateSegment,
  whyIn,
} from ".";
import type { EventLeaf, Leaf, Node, Rule } from "./model";

let ctx: Context;
let phone = 380_670_000_000;
let ears: ReturnType<typeof hearing>;

beforeEach(async () => {
  ctx = await newBusiness();
  ears = hearing();
});

const rule = (...nodes: Node[]): Rule => ({ version: 1, root: { kind: "all", nodes } });
const bought = (window: EventLeaf["window"], of: "did" | "did_not" = "did"): Leaf => ({
  kind: "event",
  event: "purchase",
  where: [],
  window,
  measure: { of },
});
const inSegment = (id: bigint, forDays: number | null = null): Leaf => ({
  kind: "segment",
  op: "in",
  segment: Number(id),
  forDays,
});
const SLEEPING = rule(bought({ in: "ever" }), bought({ in: "last", n: 30, unit: "day" }, "did_not"));

const member = async (now = ctx.now) => await newMember(at(ctx, now), `+${(phone += 1)}`);

async function buy(memberId: bigint, now: Date, totalMinor = 10_000n): Promise<bigint> {
  const receipt = {
    totalMinor,
    points: 0n,
    skipMinor: 0n,
    unredeemableMinor: 0n,
    cashMinor: null,
    number: null,
  };
  const done = await record(at(ctx, now), {
    by: { memberId },
    receipt,
    lines: [],
    key: null,
    staffId: null,
    locationId: null,
    source: "desk",
  });
  return done.operationId;
}

const settle = async (now: Date) => await ears.settle(now);
const names = async (memberId: bigint) => (await segmentsOf(ctx, memberId)).map(({ name }) => name);
const heard = () =>
  ears.news.map(({ type, memberId, payload }) => `${type} ${memberId} ${String(payload.segmentId)}`);

test("who buys enters, who gives everything back leaves; both are told, and counted by day", async () => {
  const id = await createSegment(ctx, { name: "Bought", rule: rule(bought({ in: "ever" })) });
  const ann = await member();
  const purchase = await buy(ann, NOON);
  await settle(NOON);
  expect(await names(ann)).toEqual(["Bought"]);
  await refund(at(ctx, days(NOON, 1)), {
    operationId: purchase,
    partMinor: null,
    key: null,
    staffId: null,
    locationId: null,
    source: "desk",
  });
  await settle(days(NOON, 1));
  expect(await names(ann)).toEqual([]);
  expect(await stays()).toEqual([
    { segment_id: String(id), member_id: String(ann), entered_at: NOON, left_at: days(NOON, 1) },
  ]);
  expect(heard()).toEqual([`segment.entered ${ann} ${id}`, `segment.left ${ann} ${id}`]);
  const segment = await segmentById(ctx, id);
  expect(segment?.size).toBe(0);
  expect(segment?.days).toEqual([
    { segmentId: id, day: "2026-03-10", size: 1, entered: 1, left: 0 },
    { segmentId: id, day: "2026-03-11", size: 0, entered: 0, left: 1 },
  ]);
});

test("time moves members on the day it should, without asking about the others", async () => {
  const ann = await member();
  const ben = await member();
  await buy(ann, NOON);
  await buy(ben, NOON);
  await settle(NOON);
  await createSegment(ctx, { name: "Sleeping", rule: SLEEPING });
  await rebuildDue(at(ctx, days(NOON, 6)));
  for (const day of [12, 18, 24]) await rebuildDue(at(ctx, days(NOON, day)));
  await buy(ben, days(NOON, 20));
  await settle(days(NOON, 20));
  await checkDue(days(NOON, 30));
  expect(await names(ann)).toEqual([]);
  // The 31st day begins at midnight in Kyiv, two hours before it does in UTC (and one hour more in summer).
  expect(await checkDue(new Date("2026-04-09T20:59:59Z"))).toBe(0);
  expect(await checkDue(new Date("2026-04-09T21:00:00Z"))).toBe(1);
  await settle(days(NOON, 31));
  expect(await names(ann)).toEqual(["Sleeping"]);
  expect(await names(ben)).toEqual([]);
  expect(heard().at(-1)).toMatch(`segment.entered ${ann}`);
});

test("who asks about another segment follows it, also by how long somebody has been there", async () => {
  const first = await createSegment(ctx, { name: "A", rule: rule(bought({ in: "ever" })) });
  await createSegment(ctx, { name: "B", rule: rule(inSegment(first)) });
  await createSegment(ctx, { name: "C for 3 days", rule: rule(inSegment(first, 3)) });
  const ann = await member();
  await buy(ann, NOON);
  await settle(NOON);
  expect(await names(ann)).toEqual(["A", "B"]);
  await checkDue(days(NOON, 3));
  expect(await names(ann)).toEqual(["A", "B", "C for 3 days"]);
});

test("what one of a household pays counts at the others, as long as they share it", async () => {
  const [ann, ben] = [await member(), await member()];
  await createSegment(ctx, {
    name: "Big families",
    rule: rule({ kind: "number", field: "household_spent", test: { op: "at_least", value: 20_000 } }),
  });
  await joinHousehold(ctx, { memberId: ann, otherId: ben, name: null });
  await buy(ann, NOON, 20_000n);
  await settle(NOON);
  expect([await names(ann), await names(ben)]).toEqual([["Big families"], ["Big families"]]);
  await leaveHousehold(ctx, ben);
  await settle(NOON);
  expect([await names(ann), await names(ben)]).toEqual([[], []]);
});

test("tags, names and the tier are followed; who was erased leaves for good", async () => {
  const vip = await addTag(ctx, "VIP");
  await createSegment(ctx, {
    name: "Tagged",
    rule: rule({ kind: "set", field: "tags", test: { op: "any", values: [Number(vip)] } }),
  });
  await createSegment(ctx, {
    name: "Annas",
    rule: rule({ kind: "text", field: "name", test: { op: "starts", value: "анна" } }),
  });
  const ann = await member();
  await setTags(ctx, ann, [vip]);
  await editMember(ctx, {
    memberId: ann,
    name: "Анна",
    phone: null,
    email: null,
    birthDate: null,
    gender: null,
    note: null,
  });
  await settle(NOON);
  expect(await names(ann)).toEqual(["Annas", "Tagged"]);
  await withBusiness(ctx.business.id, (tx) =>
    publish(tx, { businessId: ctx.business.id, memberId: ann, type: "member.erased", payload: {}, at: NOON }),
  );
  await settle(NOON);
  expect(await names(ann)).toEqual([]);
  await rebuildDue(ctx, () => false, true);
  expect(await names(ann)).toEqual([]);
  // Nothing is remembered of who is no more.
  expect(await stays()).toEqual([]);
  expect((await listSegments(ctx)).map(({ size }) => size)).toEqual([0, 0]);
});

/** Always the same chance for the same seed. */
function chance(seed: number) {
  let state = seed;
  return (below: number) => (state = (state * 48_271) % 2_147_483_647) % below;
}

test.each([1, 2, 3])(
  "after any weeks, everybody decided anew is what was kept (seed %i)",
  async (seed) => {
    const roll = chance(seed * 7_919);
    const vip = await addTag(ctx, "VIP");
    const people: bigint[] = [];
    for (let i = 0; i < 12; i += 1) people.push(await member());
    await settle(NOON);
    const sleeping = await createSegment(ctx, { name: "Sleeping", rule: SLEEPING });
    const often = await createSegment(ctx, {
      name: "Often",
      rule: rule({
        kind: "event",
        event: "purchase",
        where: [{ prop: "amount", test: { op: "at_least", value: 20_000 } }],
        window: { in: "last", n: 14, unit: "day" },
        measure: { of: "count", test: { op: "at_least", value: 2 } },
      }),
    });
    await createSegment(ctx, {
      name: "Mixed",
      rule: {
        version: 1,
        root: {
          kind: "any",
          nodes: [
            inSegment(often, 5),
            {
              kind: "none",
              nodes: [
                inSegment(sleeping),
                { kind: "set", field: "tags", test: { op: "any", values: [Number(vip)] } },
              ],
            },
            {
              kind: "sequence",
              first: { event: "purchase", where: [] },
              op: "then_not",
              next: { event: "purchase", where: [] },
              days: 9,
              window: { in: "last", n: 2, unit: "month" },
            },
          ],
        },
      },
    });
    let now = NOON;
    for (let step = 0; step < 45; step += 1) {
      const before = now;
      now = new Date(now.getTime() + roll(48) * 3_600_000 + roll(3_600_000));
      // The night makes sure that what time will change is known a week ahead; it decides anew every fifth day.
      if (before.getUTCDate() !== now.getUTCDate()) await rebuildDue(at(ctx, now));
      const whom = people[roll(people.length)]!;
      const what = roll(10);
      if (what < 6) await buy(whom, now, BigInt(5_000 + roll(40_000)));
      else if (what < 7) await setTags(at(ctx, now), whom, roll(2) ? [vip] : []);
      await settle(now);
      await checkDue(now);
      await settle(now);
    }
    const before = await memberships();
    await rebuildDue(at(ctx, now), () => false, true);
    await settle(now);
    expect(await memberships()).toEqual(before);
    expect(before.length).toBeGreaterThan(0);
  },
  120_000,
);

const memberships = async () =>
  await asOwner("SELECT segment_id, member_id FROM segment_member WHERE business_id = $1 ORDER BY 1, 2", [
    ctx.business.id,
  ]);

const stays = async () =>
  await asOwner(
    "SELECT segment_id, member_id, entered_at, left_at FROM segment_stay WHERE business_id = $1 ORDER BY id",
    [ctx.business.id],
  );

test("who leaves because the rule was changed or the night found it is remembered, too", async () => {
  const vip = await addTag(ctx, "VIP");
  const tagged = rule({ kind: "set", field: "tags", test: { op: "any", values: [Number(vip)] } });
  const id = await createSegment(ctx, { name: "Everybody", rule: rule() });
  const [ann, ben] = [await member(), await member()];
  await setTags(ctx, ann, [vip]);
  await settle(NOON);
  await updateSegment(at(ctx, days(NOON, 1)), { id, version: 1, name: "Tagged", rule: tagged });
  const left = (who: bigint, after: number) => ({
    segment_id: String(id),
    member_id: String(who),
    entered_at: NOON,
    left_at: days(NOON, after),
  });
  expect(await stays()).toEqual([left(ben, 1)]);
  await asOwner("DELETE FROM member_tag WHERE member_id = $1", [String(ann)]);
  await rebuildDue(at(ctx, days(NOON, 2)), () => false, true);
  expect(await stays()).toEqual([left(ben, 1), left(ann, 2)]);
});

test("a circle, a segment that is not there, a taken name and an old version are refused", async () => {
  const a = await createSegment(ctx, { name: "A", rule: rule() });
  const b = await createSegment(ctx, { name: "B", rule: rule(inSegment(a)) });
  expect(await refusal(createSegment(ctx, { name: "a", rule: rule() }))).toBe("name_taken");
  await expect(createSegment(ctx, { name: "C", rule: rule(inSegment(99n)) })).rejects.toMatchObject({
    fields: { "rule.root.nodes.0.segment": ["unknown_segment"] },
  });
  const edit = { id: a, version: 1, name: "A" };
  await expect(updateSegment(ctx, { ...edit, rule: rule(inSegment(b)) })).rejects.toMatchObject({
    fields: { "rule.root.nodes.0.segment": ["circle"] },
  });
  await expect(updateSegment(ctx, { ...edit, rule: rule(inSegment(a)) })).rejects.toMatchObject({
    fields: { "rule.root.nodes.0.segment": ["circle"] },
  });
  expect(await updateSegment(ctx, { ...edit, rule: SLEEPING })).toBe(2);
  expect(await refusal(updateSegment(ctx, { ...edit, rule: rule() }))).toBe("stale");
});

test("what is in use is not taken away, and says who uses it", async () => {
  const a = await createSegment(ctx, { name: "A", rule: rule() });
  const b = await createSegment(ctx, {
    name: "B",
    rule: rule({ kind: "segment", op: "in", segment: Number(a), forDays: null }),
  });
  const uses = [{ kind: "segment", ref: String(b), name: "B" }];
  await expect(archiveSegment(ctx, a)).rejects.toMatchObject({
    code: "in_use",
    detail: { of: "segment", count: 1, uses: JSON.stringify(uses) },
  });
  expect((await segmentById(ctx, a))?.uses).toEqual(uses);
  expect((await listSegments(ctx)).find(({ id }) => id === a)?.uses).toEqual(uses);
  await archiveSegment(ctx, b);
  await archiveSegment(ctx, a);
  expect(await segmentById(ctx, a)).toBeUndefined();
});

test("a preview counts and shows some; why says what was seen; a question called off stops", async () => {
  const ann = await member();
  await buy(ann, NOON);
  await member();
  const found = await preview(ctx, rule(bought({ in: "last", n: 7, unit: "day" })));
  expect(found).toMatchObject({ count: 1, sample: [{ id: ann }], between: null });
  const id = await createSegment(ctx, { name: "A", rule: SLEEPING });
  expect(await whyIn(ctx, id, ann)).toEqual({
    isIn: false,
    verdicts: [
      { path: "root", holds: false, seen: null },
      { path: "root.nodes.0", holds: true, seen: 1 },
      { path: "root.nodes.1", holds: false, seen: 1 },
    ],
  });
  expect(await refusal(preview(ctx, SLEEPING, AbortSignal.abort()))).toBe("too_slow");
});
