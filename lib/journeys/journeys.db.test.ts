/** Journeys on a real database: from the event to the message, exactly once, whatever happens to those who carry it out. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/access";
import { grant, record } from "@/lib/sales";
import { newCrowd } from "@/tests/support/crowd";
import { asOwner } from "@/tests/support/database";
import { pass, say } from "@/tests/support/journeys";
import { at, days, NOON, newBusiness, newMember } from "@/tests/support/world";
import {
  advanceDue,
  callIn,
  createJourney,
  finishTask,
  goLive,
  journey,
  lookAfter,
  openTasks,
  people,
  report,
  saveDraft,
  turn,
} from ".";
import { type Definition, emptyDefinition, type Step, type Trigger } from "./schema";

let ctx: Context;
beforeAll(async () => {
  ctx = await newBusiness();
});

const joined: Trigger = { kind: "event", match: { type: "member.joined", where: [] } };
const wait = (id: string, amount: number): Step => ({
  kind: "wait",
  id,
  until: { kind: "duration", duration: { amount, unit: "days" } },
});
const drawn = (change: Partial<Definition>): Definition => ({
  ...emptyDefinition,
  controlBps: 0,
  triggers: [joined],
  ...change,
});

async function start(
  definition: Definition,
  kind: "journey" | "campaign" = "journey",
  on = ctx,
): Promise<bigint> {
  const id = await createJourney(on, { kind, name: "Test", definition, preset: null });
  await goLive(on, { id, revision: 1, moves: false });
  return id;
}
let phone = 380_670_000_000;
const someone = async (on = ctx) => {
  phone += 1;
  return await newMember(on, `+${phone}`);
};
const said = async (id: bigint) =>
  await asOwner<{
    member_id: string;
    source_step: string;
    variables: unknown;
    source_variant: string | null;
  }>(
    "SELECT member_id, source_step, variables, source_variant FROM message WHERE source_id = $1 ORDER BY id",
    [id.toString()],
  );
const buy = async (
  on: Context,
  memberId: bigint,
  totalMinor = 10_000n,
  lines?: Parameters<typeof record>[1]["lines"],
) =>
  await record(on, {
    by: { memberId },
    receipt: { totalMinor, points: 0n, skipMinor: 0n, unredeemableMinor: 0n, cashMinor: null, number: null },
    ...(lines ? { lines } : {}),
    key: null,
    staffId: null,
    locationId: null,
    source: "desk",
  });

describe("a welcome journey", () => {
  test("greets who joins, waits, and speaks again only to who did not come", async () => {
    const id = await start(
      drawn({
        steps: [
          say("hi"),
          {
            kind: "await",
            id: "w",
            match: { type: "purchase.recorded", where: [] },
            timeout: { amount: 3, unit: "days" },
            happened: [{ kind: "points", id: "p", points: 5_000, days: 5 }],
            timedOut: [say("again", "We miss you"), { kind: "task", id: "t", title: "Call them" }],
          },
        ],
      }),
    );
    const [comes, stays] = [await someone(), await someone()];
    await pass(NOON);
    await pass(NOON);
    expect(await said(id)).toHaveLength(2);
    await buy(at(ctx, days(NOON, 1)), comes);
    await pass(days(NOON, 2));
    await pass(days(NOON, 4));
    await pass(days(NOON, 9));
    const again = (await said(id)).filter((one) => one.source_step === "again");
    expect(again.map((one) => one.member_id)).toEqual([stays.toString()]);
    const [given] = await asOwner(
      "SELECT sum(points_earned)::int AS points FROM operation WHERE kind = 'grant' AND member_id = $1",
      [comes],
    );
    expect(given).toEqual({ points: 5_000 });
    const [task] = await openTasks(ctx);
    expect(task).toMatchObject({
      memberId: stays,
      title: "Call them",
      name: expect.stringContaining("Member"),
    });
    await finishTask(ctx, task?.id ?? 0n);
    expect(await openTasks(ctx)).toEqual([]);
    const there = await people(ctx, { id, step: null, state: null, before: null });
    const codes = there
      .map((one) => one.because.map((passed) => passed.code))
      .toSorted((a, b) => b.length - a.length);
    expect(codes).toEqual([
      ["message", "timed_out", "message", "task"],
      ["message", "happened", "points"],
    ]);
    await turn(ctx, id, "stop");
  });
});

test("a purchase from a category begins it; another does not, and the words know what was bought", async () => {
  await asOwner(
    "INSERT INTO item (business_id, id, kind, name, category, price_minor, created_at) VALUES ($1, 901, 'service', 'Haircut', 'Hair', 40000, now())",
    [ctx.business.id],
  );
  const id = await start(
    drawn({
      triggers: [
        {
          kind: "event",
          match: { type: "purchase.recorded", where: [{ property: "category", op: "is", value: "Hair" }] },
        },
      ],
      reentry: { mode: "always", days: 1, restart: true },
      steps: [wait("w", 7), say("colour")],
    }),
  );
  const [hair, other] = [await someone(), await someone()];
  await buy(ctx, hair, 40_000n, [{ itemId: 901n, name: "Haircut", quantity: 1, amountMinor: 40_000n }]);
  await buy(ctx, other);
  await pass(NOON);
  // Once more within the week: the week begins anew.
  await buy(at(ctx, days(NOON, 5)), hair, 40_000n, [
    { itemId: 901n, name: "Haircut", quantity: 1, amountMinor: 40_000n },
  ]);
  await pass(days(NOON, 5));
  await pass(days(NOON, 8));
  expect(await said(id)).toEqual([]);
  await pass(days(NOON, 12));
  expect(await said(id)).toMatchObject([
    { member_id: hair.toString(), variables: { item: "Haircut", itemCategory: "Hair" } },
  ]);
  await turn(ctx, id, "stop");
});

test("workers side by side, and one that dies in the middle, say everything once", async () => {
  const on = await newBusiness();
  await newCrowd(
    on,
    Array.from({ length: 1_000 }, (_, no) => 5_000_001n + BigInt(no)),
  );
  const audience: Trigger = { kind: "schedule", schedule: { kind: "now" }, audience: { kind: "all" } };
  const id = await start(
    drawn({ triggers: [audience], steps: [say("a"), wait("w", 1), say("b")] }),
    "campaign",
    on,
  );
  await lookAfter(() => NOON);
  // A worker that dies loses its transaction: the same as a batch that is rolled back.
  let calls = 0;
  const dying = async () =>
    await advanceDue(() => {
      calls += 1;
      if (calls > 6) throw new Error("killed");
      return NOON;
    }).catch(() => 0);
  await Promise.all([advanceDue(() => NOON), advanceDue(() => NOON), dying()]);
  await advanceDue(() => NOON);
  await Promise.all([advanceDue(() => days(NOON, 2)), advanceDue(() => days(NOON, 2))]);
  const [counted] = await asOwner(
    "SELECT count(*)::int AS all, count(DISTINCT (member_id, source_step))::int AS once FROM message WHERE source_id = $1",
    [id.toString()],
  );
  expect(counted).toEqual({ all: 2_000, once: 2_000 });
  const shown = await journey(on, id);
  expect(shown.states).toEqual({ done: 1_000 });
  expect(shown.steps.find((step) => step.step === "a")).toMatchObject({ passed: 1_000, here: 0 });
  await lookAfter(() => days(NOON, 3));
  expect((await journey(on, id)).state).toBe("done");
});

describe("a journey that runs", () => {
  test("paused, nobody moves; resumed, they go on; drained, nobody enters and it ends empty", async () => {
    const id = await start(drawn({ steps: [wait("w", 1), say("m")] }));
    await someone();
    await pass(NOON);
    await turn(ctx, id, "pause");
    await pass(days(NOON, 2));
    expect(await said(id)).toEqual([]);
    await turn(at(ctx, days(NOON, 2)), id, "resume");
    await pass(days(NOON, 2));
    expect(await said(id)).toHaveLength(1);
    await turn(at(ctx, days(NOON, 2)), id, "drain");
    await someone();
    await pass(days(NOON, 2));
    await pass(days(NOON, 3));
    expect(await journey(ctx, id)).toMatchObject({ state: "done", states: { done: 1 } });
    await expect(turn(ctx, id, "pause")).rejects.toMatchObject({ code: "in_use" });
  });

  test.each([
    [true, "new"],
    [false, "old"],
  ])("a new version: people in flight move (%s) or finish theirs", async (moves, expected) => {
    const id = await start(drawn({ steps: [wait("w", 1), say("m", "old")] }));
    await someone();
    await pass(NOON);
    const changed = drawn({ steps: [wait("w", 1), say("m", "new")] });
    const { revision, problems } = await saveDraft(ctx, {
      id,
      revision: 1,
      name: "Test",
      definition: changed,
    });
    expect(problems.filter((problem) => problem.isError)).toEqual([]);
    await goLive(ctx, { id, revision, moves });
    await expect(
      saveDraft(ctx, { id, revision: 1, name: "Test", definition: changed }),
    ).rejects.toMatchObject({ code: "stale" });
    await pass(days(NOON, 2));
    const [row] = await asOwner<{ title: string }>(
      "SELECT c.content #>> '{locales,en,title}' AS title FROM message m JOIN message_content c ON c.id = m.content_id WHERE m.source_id = $1",
      [id.toString()],
    );
    expect(row?.title).toBe(expected);
    await turn(ctx, id, "stop");
  });

  test("a template that was deleted meanwhile pauses it with the reason, and nobody is lost", async () => {
    await asOwner(
      "INSERT INTO template (business_id, id, name, purpose, kind, version, created_at) VALUES ($1, 77, 'T', 'marketing', 'news', 1, now())",
      [ctx.business.id],
    );
    await asOwner(
      "INSERT INTO template_version (business_id, template_id, version, content, created_at) VALUES ($1, 77, 1, '{}', now())",
      [ctx.business.id],
    );
    const step: Step = { ...say("m"), templateId: "77", content: null } as Step;
    const id = await start(drawn({ steps: [wait("w", 1), step] }));
    await someone();
    await pass(NOON);
    await asOwner("UPDATE template SET archived_at = now() WHERE business_id = $1 AND id = 77", [
      ctx.business.id,
    ]);
    await pass(days(NOON, 2));
    expect(await journey(ctx, id)).toMatchObject({
      state: "paused",
      reason: "template_gone",
      states: { active: 1 },
    });
    await asOwner("UPDATE template SET archived_at = NULL WHERE business_id = $1 AND id = 77", [
      ctx.business.id,
    ]);
    await turn(at(ctx, days(NOON, 2)), id, "resume");
    await pass(days(NOON, 2));
    expect(await said(id)).toHaveLength(1);
    await turn(ctx, id, "stop");
  });
});

test("a journey with problems does not go live", async () => {
  const id = await createJourney(ctx, {
    kind: "journey",
    name: "Bad",
    preset: null,
    definition: drawn({ steps: [] }),
  });
  await expect(goLive(ctx, { id, revision: 1, moves: false })).rejects.toMatchObject({ code: "invalid" });
});

test("a birthday, a first purchase and burning points begin on their day, once", async () => {
  const on = await newBusiness();
  const trigger = (one: Trigger) => drawn({ triggers: [one], steps: [say("m")] });
  const morning = 10;
  const birthday = await start(
    trigger({ kind: "date", date: "birthday", offsetDays: -3, hour: morning }),
    "journey",
    on,
  );
  const first = await start(
    trigger({ kind: "date", date: "first_purchase", offsetDays: 0, hour: morning }),
    "journey",
    on,
  );
  const burning = await start(
    trigger({ kind: "expiring", days: 7, hour: morning, leastPoints: 100 }),
    "journey",
    on,
  );
  const member = await someone(on);
  await someone(on);
  await asOwner("UPDATE member_profile SET birth_date = '1990-03-14' WHERE member_id = $1", [member]);
  await asOwner("UPDATE member_stats SET first_at = '2025-03-11T12:00:00Z' WHERE member_id = $1", [member]);
  // Ends with 18 March: the first instant of the 19th in Kyiv.
  await grant(on, { memberId: member, points: 500n, comment: null, key: null, source: "job" });
  await asOwner("UPDATE lot SET expires_at = '2026-03-18T22:00:00Z' WHERE member_id = $1", [member]);
  for (const hour of [0, 12, 24, 25, 36]) await pass(new Date(NOON.getTime() + hour * 3_600_000));
  for (const id of [birthday, first, burning]) expect(await said(id), String(id)).toHaveLength(1);
});

test("a call from outside lets a member in, and the same key only once", async () => {
  const id = await start(
    drawn({
      triggers: [{ kind: "api" }],
      steps: [say("m")],
      reentry: { mode: "always", days: 1, restart: false },
    }),
  );
  const memberId = await someone();
  const call = { journeyId: id, memberId, key: "order-1", properties: {} };
  expect(await callIn(ctx, call)).toBe("entered");
  expect(await callIn(ctx, call)).toBe("entered");
  expect(await callIn(ctx, { ...call, key: "order-2" })).toBe("under_way");
  await pass(NOON);
  expect(await said(id)).toHaveLength(1);
  await expect(callIn(ctx, { ...call, memberId: 5n, key: "x" })).rejects.toMatchObject({ code: "not_found" });
  await turn(ctx, id, "stop");
});

test("a campaign with a control group: dealt as asked, stopped in the middle, gone on with, and its report", async () => {
  const on = await newBusiness();
  await newCrowd(
    on,
    Array.from({ length: 1_000 }, (_, no) => ((6_000_001n + BigInt(no)) << 12n) + BigInt((no + 1) % 5)),
  );
  const audience: Trigger = { kind: "schedule", schedule: { kind: "now" }, audience: { kind: "all" } };
  const id = await start(
    drawn({ triggers: [audience], controlBps: 2_000, steps: [say("a")] }),
    "campaign",
    on,
  );
  await lookAfter(() => NOON);
  await turn(on, id, "pause");
  await advanceDue(() => NOON);
  expect(await said(id)).toEqual([]);
  await turn(on, id, "resume");
  // Frozen at the start: who joins now is not among them.
  await someone(at(on, days(NOON, 1)));
  await pass(days(NOON, 1));
  const { control = 0, done = 0 } = (await journey(on, id)).states;
  expect(control + done).toBe(1_000);
  expect(control).toBeGreaterThan(150);
  expect(control).toBeLessThan(250);
  expect(await said(id)).toHaveLength(done);
  const reached = await asOwner<{ member_id: string }>(
    "SELECT member_id FROM journey_run WHERE journey_id = $1 AND state = 'done' ORDER BY id LIMIT 60",
    [id],
  );
  for (const one of reached) await buy(at(on, days(NOON, 2)), BigInt(one.member_id));
  const found = await report(at(on, days(NOON, 20)), id);
  expect(found.treated).toMatchObject({ n: done, visited: 60, visits: 60, revenue: 6_000, open: 0 });
  expect(found.control).toMatchObject({ n: control, visited: 0 });
  expect(found.visits.verdict).toEqual({ code: "more" });
  expect(found.revenue.total.amount).toBeCloseTo(6_000, 6);
  expect(found.deliveries).toMatchObject([{ step: "a", queued: done }]);
  expect(found.overlaps).toEqual([]);
});
