import { beforeAll, expect, test } from "vitest";
import { dice } from "../../tests/support/buyers";
import { asOwner } from "../../tests/support/database";
import { at, newBusiness, newMember } from "../../tests/support/world";
import type { Context } from "../access";
import { drain } from "../platform/outbox";
import { record, refund } from "../sales";
import {
  beatOfMember,
  board,
  cellMembers,
  drawn,
  dueMembers,
  INSIGHTFUL,
  insightsDue,
  memberView,
  refreshInsights,
  seeAfter,
  setLimits,
} from ".";

const handlers = [{ name: "insights", types: INSIGHTFUL, handle: seeAfter }];
const DAY_MS = 86_400_000;
const START = Date.parse("2026-01-05T09:00:00Z");
const day = (count: number) => new Date(START + count * DAY_MS);

const buy = async (ctx: Context, memberId: bigint, totalMinor: bigint, itemId: bigint | null = null) =>
  (
    await record(ctx, {
      by: { memberId },
      receipt: {
        totalMinor,
        skipMinor: 0n,
        unredeemableMinor: 0n,
        points: 0n,
        cashMinor: null,
        number: null,
      },
      ...(itemId && { lines: [{ itemId, name: "Cut", quantity: 1, amountMinor: totalMinor }] }),
      key: null,
      staffId: null,
      locationId: null,
      source: "seed",
    })
  ).operationId;

const tell = (now: Date) => drain(handlers, () => now);

/** A salon of so many members who come by rhythms of their own for so many days, some purchases given back in part or whole. */
async function salon(seed: number, members: number, days: number): Promise<{ ctx: Context; ids: bigint[] }> {
  const next = dice(seed);
  const ctx = await newBusiness({}, day(-1));
  const item = BigInt(seed) + 1_000n;
  await asOwner(
    `INSERT INTO item (business_id, id, kind, name, category, price_minor, created_at) VALUES ($1, $2, 'service', 'Cut', 'Hair', 50000, $3)`,
    [String(ctx.business.id), String(item), day(-1)],
  );
  const ids: bigint[] = [];
  const plans: { on: number; id: bigint }[] = [];
  for (let i = 0; i < members; i += 1) {
    const id = await newMember(ctx, `+38067${String(seed * 1_000 + i).padStart(7, "0")}`);
    ids.push(id);
    const gap = 12 + next() * 40;
    for (let on = next() * days * 0.7; on < days; on += gap * (0.6 + next() * 0.8)) plans.push({ on, id });
  }
  plans.sort((a, b) => a.on - b.on);
  for (const [i, { on, id }] of plans.entries()) {
    const now = at(ctx, day(on));
    const total = BigInt(200 + Math.floor(next() * 800)) * 100n;
    const operationId = await buy(now, id, total, next() < 0.7 ? item : null);
    const fate = next();
    if (fate < 0.1)
      await refund(at(ctx, day(on + 0.01)), {
        ...GIVEN_BACK,
        operationId,
        partMinor: fate < 0.05 ? null : total / 3n,
      });
    if (i % 40 === 0) await tell(day(on + 0.02));
  }
  await tell(day(days));
  return { ctx: at(ctx, day(days)), ids };
}
const GIVEN_BACK = { key: null, staffId: null, locationId: null, source: "seed" as const };

const rows = (ctx: Context) =>
  asOwner<Record<string, unknown>>(
    `SELECT member_id, visit_days, first_on, last_on, spent_minor, repeat_spent_minor, gaps, own_gap_days, recency_score,
       frequency_score, monetary_score, rfm_cell, gap_days, due_on, p_alive, expected_30, expected_90, expected_365,
       value_30_minor, value_90_minor, value_365_minor
     FROM member_insight WHERE business_id = $1 ORDER BY member_id`,
    [String(ctx.business.id)],
  );
const rhythms = (ctx: Context) =>
  asOwner("SELECT * FROM member_rhythm WHERE business_id = $1 ORDER BY member_id, subject", [
    String(ctx.business.id),
  ]);

let ctx: Context;
let ids: bigint[];
beforeAll(async () => {
  ({ ctx, ids } = await salon(1, 45, 260));
}, 120_000);

test("purchases told one by one and everything counted at night come to the same", {
  timeout: 120_000,
}, async () => {
  await refreshInsights(ctx);
  const [told, toldRhythms] = [await rows(ctx), await rhythms(ctx)];
  expect(told.length).toBe(45);
  expect(told.filter((row) => row.p_alive !== null || row.expected_90 !== null).length).toBe(45);
  expect(toldRhythms.length).toBeGreaterThan(10);
  // After a purchase given back the same day, a member is counted and scored by the handler: to the very same row.
  for (const id of ids.slice(0, 5)) {
    const operationId = await buy(ctx, id, 10_000n);
    await refund(ctx, { ...GIVEN_BACK, operationId, partMinor: null });
  }
  await tell(day(261));
  expect(await rows(ctx)).toEqual(told);
  await asOwner("DELETE FROM member_insight WHERE business_id = $1", [String(ctx.business.id)]);
  await asOwner("DELETE FROM member_rhythm WHERE business_id = $1", [String(ctx.business.id)]);
  await refreshInsights(ctx, () => false, true);
  expect(await rows(ctx)).toEqual(told);
  expect(await rhythms(ctx)).toEqual(toldRhythms);
});

test("the facts are those of a count by hand", async () => {
  const own = await newBusiness({}, day(-1));
  const id = await newMember(own, "+380670009001");
  // Two purchases of one day are one visit; 23:30 in Kyiv is still that day.
  for (const [on, total] of [
    [0, 10_000n],
    [0.5, 20_000n],
    [10, 30_000n],
    [30, 40_000n],
    [60, 50_000n],
  ] as const)
    await buy(at(own, day(on)), id, total);
  const whole = await buy(at(own, day(61)), id, 70_000n);
  await refund(at(own, day(61.1)), { ...GIVEN_BACK, operationId: whole, partMinor: null });
  const part = await buy(at(own, day(90)), id, 60_000n);
  await refund(at(own, day(90.1)), { ...GIVEN_BACK, operationId: part, partMinor: 20_000n });
  await tell(day(91));
  expect((await rows(own))[0]).toMatchObject({
    visit_days: 5,
    spent_minor: "190000",
    repeat_spent_minor: "160000",
    gaps: 4,
    own_gap_days: 25,
    gap_days: 25,
    rfm_cell: null,
    p_alive: null,
  });
  await refreshInsights(at(own, day(91)));
  const view = await memberView(at(own, day(100)), id);
  expect(view).toMatchObject({ visits: 5, modelState: "too_little", cell: null, pAlive: null });
  // Without a model one's own past still stands beside the honest gap.
  expect(view?.outlooks[0]).toMatchObject({
    model: null,
    ownPast: { valueMinor: Math.round((160_000 / 100) * 30) },
  });
  expect(await beatOfMember(at(own, day(130)), id)).toMatchObject({
    gapDays: 25,
    lateDays: 15,
    state: "late",
  });
});

test("a purchase moves its member at once, without waiting for the night", async () => {
  const sleeper = (await rows(ctx)).find((row) => row.recency_score === 1);
  const id = BigInt(String(sleeper?.member_id));
  await buy(ctx, id, 50_000n);
  await tell(ctx.now);
  const after = (await rows(ctx)).find((row) => String(row.member_id) === String(id));
  expect(after?.recency_score).toBe(5);
  expect(after?.visit_days).toBe(Number(sleeper?.visit_days) + 1);
  const { squares } = await board(ctx);
  expect(squares.reduce((sum, { members }) => sum + members, 0)).toBe(45);
});

test("moves between nights are counted once, however often the night runs", async () => {
  const later = at(ctx, day(300));
  await refreshInsights(later);
  await refreshInsights(later);
  const { moves, history } = await board(later);
  expect(moves.length).toBeGreaterThan(0);
  const days = new Set(history.map(({ day: on }) => on));
  const sizes = (on: string) =>
    Object.fromEntries(history.filter((one) => one.day === on).map(({ cell, members }) => [cell, members]));
  const [last] = [...days].toReversed();
  expect(Object.values(sizes(last ?? "")).reduce((sum, n) => sum + n, 0)).toBe(45);
  // What a cell had, less who left, and who came, is what it has.
  const before = [...days].at(-2);
  if (before !== undefined)
    for (const cell of new Set([...Object.keys(sizes(before)), ...Object.keys(sizes(last ?? ""))])) {
      const sum = (side: "from" | "to") =>
        moves.filter((move) => move[side] === cell).reduce((all, { members }) => all + members, 0);
      expect((sizes(before)[cell] ?? 0) - sum("from") + sum("to"), cell).toBe(sizes(last ?? "")[cell] ?? 0);
    }
});

test("lists hold who is due, and a cell its members with the most valuable first", async () => {
  const later = at(ctx, day(262));
  const { counts, rows: overdue } = await dueMembers(later, "overdue", 0);
  expect(overdue.length).toBe(Math.min(50, counts.overdue));
  expect(overdue.every(({ dueOn }) => dueOn !== null && dueOn < "2026-09-24")).toBe(true);
  const [some] = (await board(later)).squares;
  const cell = some?.cell ?? "lost";
  const { rows: inside, hasMore } = await cellMembers(later, cell, 0);
  expect(hasMore).toBe(false);
  const values = inside.map(({ value365Minor }) => Number(value365Minor));
  expect(values).toEqual(values.toSorted((a, b) => b - a));
});

test("charts are drawn, and the held-out days stand beside the prediction", async () => {
  const { cohorts, gaps, bills, holdout, totals } = await drawn(ctx);
  const bought = await asOwner<{ n: number }>(
    `SELECT count(DISTINCT (member_id, date_trunc('month', at AT TIME ZONE 'Europe/Kyiv')))::int AS n FROM operation
     WHERE business_id = $1 AND kind = 'purchase' AND state = 'normal' AND at < $2`,
    [String(ctx.business.id), day(259)],
  );
  expect(cohorts.reduce((sum, { members }) => sum + members, 0)).toBeGreaterThanOrEqual(bought[0]?.n ?? 0);
  expect(gaps.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(30);
  expect(bills.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(30);
  expect(holdout?.customers).toBeGreaterThan(20);
  expect(totals?.model.visits).toHaveLength(3);
});

test("the owner's limits hold instead of fifths, and are asked for again when taken back", async () => {
  const limits = {
    recency: [10, 20, 30, 40],
    frequency: [1, 2, 3, 4],
    monetary: [10_000, 20_000, 30_000, 40_000],
  } as const;
  await setLimits(ctx, {
    recency: [...limits.recency],
    frequency: [...limits.frequency],
    monetary: [...limits.monetary],
  });
  await refreshInsights(at(ctx, day(301)));
  expect((await board(ctx)).cutoffs).toEqual(limits);
  expect((await rows(ctx)).every((row) => Number(row.visit_days) < 5 || row.frequency_score === 5)).toBe(
    true,
  );
  await setLimits(ctx, null);
  await refreshInsights(at(ctx, day(302)));
  expect((await board(ctx)).cutoffs).not.toEqual(limits);
});

test("a night is due once a day, after four in the morning where the business is", async () => {
  const due = (iso: string) => insightsDue(at(ctx, new Date(iso)));
  const night = at(ctx, new Date("2026-12-01T05:00:00Z"));
  await refreshInsights(night);
  expect(await due("2026-12-01T20:00:00Z")).toBe(false);
  expect(await due("2026-12-02T01:30:00Z")).toBe(false); // 3:30 in Kyiv
  expect(await due("2026-12-02T02:30:00Z")).toBe(true);
  expect(await insightsDue(await newBusiness({}, day(0)))).toBe(true);
});

test("nobody's insights are seen from another business", async () => {
  const other = await newBusiness({}, day(0));
  expect(await memberView(other, ids[0] ?? 0n)).toBeUndefined();
  expect((await board(other)).squares).toEqual([]);
  await refreshInsights(other);
  expect((await drawn(other)).totals?.customers).toBe(0);
});
