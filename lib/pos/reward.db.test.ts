import { beforeAll, expect, test } from "vitest";
import type { Context } from "@/lib/access";
import { Stopping } from "@/lib/platform/jobs";
import { customer } from "@/lib/sales";
import { asOwner } from "@/tests/support/database";
import { newTill, type Till } from "@/tests/support/till";
import { at, newBusiness, newMember } from "@/tests/support/world";
import { REWARD_JOB, rewardMembers } from "./reward";

let ctx: Context;
let till: Till;
let [a, b] = [0n, 0n];

beforeAll(async () => {
  ctx = await newBusiness({}, new Date());
  till = await newTill(ctx);
  [a, b] = [await newMember(ctx, "+380501110001"), await newMember(ctx, "+380501110002")];
});

/** What lies in the queue, oldest first. */
const queued = async () =>
  (
    await asOwner<{ payload: unknown }>(
      `SELECT j.payload FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
       WHERE t.identifier = $1 ORDER BY j.id`,
      [REWARD_JOB],
    )
  ).map(({ payload }) => payload);
const run = async (payload: unknown, stopping = () => false) =>
  await rewardMembers(payload, stopping, new Date());
const points = async (memberId: bigint) => (await customer(at(ctx, new Date()), { memberId }))?.available;

test("each customer gets the points once, however often the job runs; strangers are passed over", async () => {
  const answered = await till.post("operations/reward", {
    points: 12.5,
    participants: [Number(a), String(b), String(a), 77],
    code: "For the long wait",
    silent: true,
  });
  expect(answered).toMatchObject({ status: 202, body: { accepted: "3" } });
  const [payload] = await queued();
  let asked = 0;
  await expect(run(payload, () => (asked += 1) > 1)).rejects.toBeInstanceOf(Stopping);
  expect([await points(a), await points(b)]).toEqual([12_50n, 0n]);
  await run(payload);
  await run(payload);
  expect([await points(a), await points(b)]).toEqual([12_50n, 12_50n]);
});

test("points below zero are taken, from whoever has them", async () => {
  await till.post("operations/reward", { points: "-10.009", participants: [Number(a)] });
  await run((await queued()).at(-1));
  expect(await points(a)).toBe(2_50n);
  await till.post("operations/reward", { points: -5, participants: [Number(a), Number(b)] });
  await run((await queued()).at(-1));
  expect([await points(a), await points(b)]).toEqual([2_50n, 7_50n]);
});

test("a repeated nonce queues nothing new; with another body it is a conflict", async () => {
  const body = { points: 1, participants: [Number(a)], nonce: "once" };
  const before = (await queued()).length;
  expect((await till.post("operations/reward", body)).status).toBe(202);
  expect(await till.post("operations/reward", body)).toMatchObject({ status: 202, body: { accepted: "1" } });
  expect((await queued()).length).toBe(before + 1);
  expect((await till.post("operations/reward", { ...body, points: 2 })).status).toBe(409);
});

test.each([
  [{ participants: [1] }],
  [{ points: 0, participants: [1] }],
  [{ points: "many", participants: [1] }],
  [{ points: 1 }],
  [{ points: 1, participants: [] }],
  [{ points: 1, participants: ["x"] }],
  [{ points: 1, participants: 5 }],
  [{ points: 1, participants: [1], comment: "y".repeat(1_001) }],
])("%j is refused", async (body) => {
  const answered = await till.post("operations/reward", body);
  expect(answered).toMatchObject({ status: 400, body: { errorCode: "badRequest" } });
});
