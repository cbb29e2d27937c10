/** The whole CDNOW sample through the verbs: in, in again without a trace, and out as if it had never been. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { asOwner } from "../../../tests/support/database";
import { bring, members, one, post, purchases } from "../../../tests/support/imports";
import { buy } from "../../../tests/support/rewards";
import { newBusiness, newMember } from "../../../tests/support/world";
import type { Context } from "../../access";
import { recountDays } from "../../analytics";
import { refreshInsights } from "../../insights";
import { refund } from "../../sales";
import { createSegment } from "../../segments";
import type { Group } from "../../segments/model";
import * as integrations from "..";
import type { Run } from "./model";

const FILE = readFileSync("tests/fixtures/cdnow/cdnow_sample.txt");
const MAPPING = { columns: { external: 1, date: 2, total: 4 }, hasHeader: false };

const FROM_OFFICE = { key: null, staffId: null, locationId: null, source: "office" } as const;

/** Everything a business says of its customers, less when it was last worked out. */
async function standing(ctx: Context): Promise<Record<string, object[]>> {
  const ask = (columns: string, table: string) =>
    asOwner<object>(`SELECT ${columns} FROM ${table} WHERE business_id = $1 ORDER BY 1, 2`, [
      String(ctx.business.id),
    ]);
  return {
    members: await ask("id, source, created_at", "member"),
    stats: await ask(
      "member_id, visits, cash_spent_minor, points, tier_id, first_at, last_at",
      "member_stats",
    ),
    operations: await ask("id, kind, state, member_id, at, total_minor, is_first, source", "operation"),
    lots: await ask("member_id, id, remaining", "lot"),
    transfers: await ask("member_id, id, points", "transfer"),
    days: await ask("day, purchases, total_minor, new_members", "business_day"),
    insights: await ask("member_id, visit_days, first_on, last_on, spent_minor", "member_insight"),
    months: await ask("cohort, month, members, spent_minor", "insight_cohort"),
    segments: await ask("segment_id, member_id", "segment_member"),
  };
}

const countOf = (table: string, where: string) =>
  `SELECT count(*) AS n FROM ${table} WHERE business_id = $1 AND ${where}`;

async function undo(ctx: Context, id: bigint, leaves = false): Promise<Run> {
  await integrations.undoImport(ctx, id, leaves);
  await integrations.runImport(ctx, id);
  return await integrations.findImport(ctx, id);
}

test("CDNOW comes in, is seen everywhere, comes in twice without a trace, and goes without one", async () => {
  const ctx = await newBusiness();
  await buy(ctx, await newMember(ctx, "+380501110001"), 15_000n);
  const root: Group = {
    kind: "all",
    nodes: [{ kind: "number", field: "visits", test: { op: "at_least", value: 2 } }],
  };
  await createSegment(ctx, { name: "Came back", rule: { version: 1, root } });
  await refreshInsights(ctx, undefined, true);
  await recountDays(ctx);
  const before = await standing(ctx);
  const id = await bring(ctx, "purchases", FILE, MAPPING);
  const read = await integrations.findImport(ctx, id);
  expect(read).toMatchObject({ state: "checked", report: { lines: 6919, rows: 6919, bad: 0 } });
  expect(await purchases(ctx)).toBe(1);
  const done = await post(ctx, id);
  expect(done).toMatchObject({ state: "done", report: { done: 6919, same: 0, newMembers: 2357 } });
  expect(done.report.bookedSum).toBe(read.report.sum);
  expect(await members(ctx)).toBe(2358);
  expect(await one(countOf("operation", "is_first AND source = 'import'"), ctx)).toBe(2357);
  // The till's own one still waits to be told.
  expect(await one("SELECT sum(purchases) AS n FROM business_day WHERE business_id = $1", ctx)).toBe(6919);
  expect(await one(countOf("member_insight", "p_alive IS NOT NULL"), ctx)).toBe(2358);
  expect(
    await one("SELECT sum(members) AS n FROM insight_cohort WHERE business_id = $1", ctx),
  ).toBeGreaterThan(4000);
  expect(await one(countOf("segment_member", "true"), ctx)).toBeGreaterThan(1000);
  // A history that was brought in starts nobody's journey.
  expect(await one(countOf("outbox", "type LIKE 'segment.%'"), ctx)).toBe(0);
  const twice = await post(ctx, await bring(ctx, "purchases", FILE, MAPPING));
  expect(twice.report).toMatchObject({ done: 0, same: 6919, newMembers: 0 });
  expect([await members(ctx), await purchases(ctx)]).toEqual([2358, 6920]);
  const [bill] = await asOwner<{ id: string; member_id: string }>(
    "SELECT id, member_id FROM operation WHERE business_id = $1 AND source = 'import' AND total_minor > 2000 LIMIT 1",
    [String(ctx.business.id)],
  );
  // What has since happened to one of its purchases keeps all of it, until it is told to leave that one.
  const operationId = BigInt(bill?.id ?? 0);
  await refund(ctx, { operationId, partMinor: 1_000n, ...FROM_OFFICE });
  const refused = await undo(ctx, id);
  expect(refused).toMatchObject({
    state: "done",
    report: { blocked: { refunded: 1, spent: 0, members: [bill?.member_id] } },
  });
  expect(await integrations.blockedBy(ctx, refused)).toHaveLength(1);
  expect(await purchases(ctx)).toBe(6920);
  const rest = await undo(ctx, id, true);
  expect(rest).toMatchObject({ state: "undone", report: { undone: 6918, kept: 1, gone: 2356 } });
  expect([await members(ctx), await purchases(ctx)]).toEqual([2, 2]);
  expect(before.members).toHaveLength(1);
});

test("an import that is taken back leaves the business as it was before, with another import in between", async () => {
  const ctx = await newBusiness();
  const half = FILE.toString("utf8").split("\n");
  const early = half.filter((_, no) => no % 2 === 0).join("\n");
  await buy(ctx, await newMember(ctx, "+380501110001"), 15_000n);
  await post(ctx, await bring(ctx, "purchases", early, MAPPING));
  const before = await standing(ctx);
  const id = await bring(ctx, "purchases", FILE, MAPPING);
  const { report } = await post(ctx, id);
  expect(report.done).toBeGreaterThan(3_000);
  expect(report.done).toBeLessThan(4_000);
  expect(await purchases(ctx)).toBe(6920);
  expect(await undo(ctx, id)).toMatchObject({ state: "undone", report: { undone: report.done, kept: 0 } });
  const after = await standing(ctx);
  for (const [what, rows] of Object.entries(before)) expect([what, after[what]]).toEqual([what, rows]);
});
