/** Many members are decided part by part: stopped anywhere it goes on there, and what happens meanwhile is right. */
import { beforeEach, expect, test } from "vitest";
import type { Context } from "@/lib/access";
import { addTag, setTags } from "@/lib/members";
import { newCrowd } from "@/tests/support/crowd";
import { asOwner } from "@/tests/support/database";
import { hearing } from "@/tests/support/segment-news";
import { NOON, newBusiness, newMember } from "@/tests/support/world";
import { createSegment, rebuildDue, segmentById, updateSegment } from "..";
import type { Rule } from "../model";
import { decideByParts, rebuildSegment } from "./rebuild";

let ctx: Context;
let ears: ReturnType<typeof hearing>;
let phone = 380_671_000_000;

beforeEach(async () => {
  ctx = await newBusiness();
  ears = hearing();
});

const EVERYBODY: Rule = { version: 1, root: { kind: "all", nodes: [] } };
const tagged = (tag: bigint): Rule => ({
  version: 1,
  root: { kind: "all", nodes: [{ kind: "set", field: "tags", test: { op: "any", values: [Number(tag)] } }] },
});
const untagged = (tag: bigint): Rule => ({
  version: 1,
  root: { kind: "all", nodes: [{ kind: "set", field: "tags", test: { op: "none", values: [Number(tag)] } }] },
});

const settle = async () => await ears.settle(NOON);
const heard = () => ears.news.map(({ type, memberId }) => `${type} ${memberId}`);

async function people(count: number): Promise<bigint[]> {
  const ids: bigint[] = [];
  for (let i = 0; i < count; i += 1) ids.push(await newMember(ctx, `+${(phone += 1)}`));
  await settle();
  return ids;
}

/** A segment as it is when its new rule was saved over many members, and nobody decided yet. */
async function asSaved(id: bigint, rule: Rule): Promise<void> {
  await asOwner(
    `UPDATE segment SET version = version + 1, rule = $2, build_after = 0, build_since = $3, build_told = false, build_done = 0,
       build_total = 9 WHERE id = $1`,
    [String(id), JSON.stringify(rule), NOON],
  );
}

const inside = async (id: bigint) =>
  (
    await asOwner<{ member_id: string; entered_at: Date }>(
      "SELECT member_id, entered_at FROM segment_member WHERE segment_id = $1 ORDER BY member_id",
      [String(id)],
    )
  ).map((row) => BigInt(row.member_id));

const after = (parts: number) => {
  let left = parts;
  return () => (left -= 1) < 0;
};

test("a rule over many members is saved at once, and the job finds who is in without telling anybody", async () => {
  // One more than a save decides by itself.
  await newCrowd(
    ctx,
    Array.from({ length: 20_001 }, (_, no) => BigInt(no + 1)),
  );
  const id = await createSegment(ctx, { name: "All", rule: EVERYBODY });
  const second = await createSegment(ctx, {
    name: "Of all",
    rule: {
      version: 1,
      root: { kind: "all", nodes: [{ kind: "segment", op: "in", segment: Number(id), forDays: null }] },
    },
  });
  expect(await segmentById(ctx, id)).toMatchObject({ size: 0, counting: { done: 0, total: 20_001 } });
  expect(await queued()).toEqual([id, second].map(String));
  await rebuildSegment(ctx, id, true);
  expect(await segmentById(ctx, id)).toMatchObject({ size: 20_001, counting: null });
  await rebuildSegment(ctx, second, true);
  expect(await segmentById(ctx, second)).toMatchObject({ size: 20_001, counting: null });
  expect((await segmentById(ctx, id))?.days).toMatchObject([{ size: 20_001, entered: 0, left: 0 }]);
  await settle();
  expect(heard()).toEqual([]);
  // Changed, those who are in are as they were until their part comes; the night finds nothing left to do.
  await updateSegment(ctx, { id, version: 1, name: "All", rule: untagged(await addTag(ctx, "VIP")) });
  expect(await segmentById(ctx, id)).toMatchObject({ size: 20_001, counting: { done: 0 } });
  expect(await rebuildDue(ctx)).toBe(1);
  expect(await segmentById(ctx, id)).toMatchObject({ size: 20_001, counting: null });
  expect(await rebuildDue(ctx)).toBe(0);
}, 60_000);

const queued = async () =>
  (
    await asOwner<{ id: string }>(
      `SELECT j.payload->>'segmentId' AS id FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
       WHERE t.identifier = 'segment_rebuild' AND j.payload->>'businessId' = $1 ORDER BY j.id`,
      [ctx.business.id.toString()],
    )
  ).map((row) => row.id);

test("stopped between two parts it goes on there; who was reached is told about, who was not comes in silently", async () => {
  const members = await people(9);
  const [first, , , , fifth] = members;
  const vip = await addTag(ctx, "VIP");
  const id = await createSegment(ctx, { name: "Group", rule: tagged(vip) });
  await setTags(ctx, members[8]!, [vip]);
  await settle();
  expect(heard()).toEqual([`segment.entered ${members[8]}`]);
  await asSaved(id, untagged(vip));
  expect(await decideByParts(ctx, id, after(1), 3)).toBe(false);
  expect(await inside(id)).toEqual([...members.slice(0, 3), members[8]]);
  expect(await segmentById(ctx, id)).toMatchObject({ counting: { done: 3, total: 9 }, size: 4 });
  expect(await queued()).toEqual([String(id)]);
  // One who was decided goes, one who was not is decided by the new rule: the first left, the second was never known to be elsewhere.
  await setTags(ctx, first!, [vip]);
  await setTags(ctx, fifth!, [vip]);
  await setTags(ctx, fifth!, []);
  await settle();
  expect(heard().slice(1)).toEqual([`segment.left ${first}`]);
  expect(await inside(id)).toEqual([members[1], members[2], fifth, members[8]]);
  await rebuildSegment(ctx, id, true);
  expect(await inside(id)).toEqual(members.slice(1, 8));
  expect(await segmentById(ctx, id)).toMatchObject({ counting: null, size: 7 });
  await settle();
  expect(heard()).toHaveLength(2);
  const before = await inside(id);
  await rebuildDue(ctx, () => false, true);
  expect(await inside(id)).toEqual(before);
});

test("a rule saved again while it is counted begins from the first member", async () => {
  const members = await people(6);
  const vip = await addTag(ctx, "VIP");
  const id = await createSegment(ctx, { name: "Group", rule: EVERYBODY });
  await asSaved(id, untagged(vip));
  await decideByParts(ctx, id, after(1), 2);
  await setTags(ctx, members[0]!, [vip]);
  await updateSegment(ctx, { id, version: 2, name: "Group", rule: tagged(vip) });
  expect(await inside(id)).toEqual([members[0]]);
  expect(await segmentById(ctx, id)).toMatchObject({ counting: null, version: 3, size: 1 });
});
