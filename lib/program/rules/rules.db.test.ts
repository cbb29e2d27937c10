/** Rules as they are kept: versions, moments, limits and budgets that hold whatever happens at once. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/access";
import {
  archiveRule,
  cancelScheduled,
  changeProgramme,
  forgetRuleUses,
  programme,
  rules,
  saveRule,
  undoTo,
  versions,
} from "@/lib/program";
import type { Bill } from "@/lib/program/model";
import { customer, operation, quote, record, refund } from "@/lib/sales";
import { asOwner } from "@/tests/support/database";
import { ruleOf } from "@/tests/support/rules";
import { at, days, NOON, newBusiness, newMember } from "@/tests/support/world";

let phone = 380_670_000_000;
const member = (ctx: Context) => newMember(ctx, `+${(phone += 1)}`);
const body = (change: Parameters<typeof ruleOf>[0]) => {
  const { id: _, ...rest } = ruleOf(change);
  return rest;
};
const extra = { is: "extra", bps: 1_000 } as const;

async function add(ctx: Context, change: Parameters<typeof ruleOf>[0], effectiveAt: Date | null = null) {
  const { version } = await programme(ctx);
  const put = [{ id: null, body: body(change) }];
  const changed = await changeProgramme(ctx, version, { put }, effectiveAt);
  return { ...changed, id: changed.ruleIds[0] ?? 0n };
}

const buy = async (ctx: Context, memberId: bigint, totalMinor = 10_000n, more: Partial<Bill> = {}) =>
  await record(ctx, {
    by: { memberId },
    receipt: { totalMinor, skipMinor: 0n, unredeemableMinor: 0n, points: 0n, cashMinor: null, number: null },
    key: null,
    staffId: null,
    locationId: more.locationId ?? null,
    source: "desk",
  });
const giveBack = async (ctx: Context, operationId: bigint, partMinor: bigint | null = null) =>
  await refund(ctx, { operationId, partMinor, key: null, staffId: null, locationId: null, source: "desk" });
const earned = async (ctx: Context, memberId: bigint) => (await buy(ctx, memberId)).price?.cashback;

describe("versions", () => {
  let ctx: Context;
  let memberId: bigint;
  beforeAll(async () => {
    ctx = await newBusiness();
    memberId = await member(ctx);
  });

  test("a purchase is priced under the version in force at its moment, and keeps it", async () => {
    const first = await add(at(ctx, days(NOON, 1)), { gives: extra });
    expect(await earned(at(ctx, NOON), memberId)).toBe(500n);
    const later = await buy(at(ctx, days(NOON, 2)), memberId);
    expect(later.price?.cashback).toBe(1_500n);
    const kept = await operation(ctx, later.operationId);
    expect(kept).toMatchObject({ programmeVersion: first.version, pointsEarned: 1_500n });
    await changeProgramme(at(ctx, days(NOON, 3)), first.version, { drop: [first.id] });
    expect(await earned(at(ctx, days(NOON, 4)), memberId)).toBe(500n);
    const back = await giveBack(at(ctx, days(NOON, 4)), later.operationId);
    expect(await operation(ctx, back.operationId)).toMatchObject({ pointsEarned: 1_500n });
  });

  test("a scheduled change comes at its moment, with what was changed meanwhile, and can be taken back", async () => {
    const now = at(ctx, days(NOON, 10));
    const scheduled = await add(now, { name: "Later", gives: extra }, days(NOON, 20));
    expect(await earned(at(ctx, days(NOON, 11)), memberId)).toBe(500n);
    // Another change now: the scheduled one is written anew on top of it.
    const { id } = await add(at(ctx, days(NOON, 12)), {
      name: "Now",
      gives: { is: "points", points: 7n, per: "bill" },
    });
    expect(await earned(at(ctx, days(NOON, 13)), memberId)).toBe(507n);
    expect(await earned(at(ctx, days(NOON, 21)), memberId)).toBe(1_507n);
    const { version, ...settings } = await programme(at(ctx, days(NOON, 14)));
    const { rules: _, ...plain } = settings;
    await changeProgramme(at(ctx, days(NOON, 14)), version, {
      settings: { ...plain, base: { ...plain.base, rateBps: 600 } } as never,
    });
    expect(await earned(at(ctx, days(NOON, 22)), memberId)).toBe(1_607n);
    const pending = await asOwner<{ version: number }>(
      "SELECT version FROM programme_version WHERE business_id = $1 AND cancelled_at IS NULL AND effective_at > $2",
      [ctx.business.id, days(NOON, 15)],
    );
    expect(pending).toHaveLength(1);
    await cancelScheduled(at(ctx, days(NOON, 15)), pending[0]!.version);
    expect(await earned(at(ctx, days(NOON, 23)), memberId)).toBe(607n);
    await expect(cancelScheduled(at(ctx, days(NOON, 16)), scheduled.version)).rejects.toThrow("not_found");
    expect(id).toBeGreaterThan(0n);
  });

  test("an older version is said again, rules and settings; what is stale is refused", async () => {
    const now = at(ctx, days(NOON, 30));
    const { version } = await programme(now);
    const { version: next } = await add(now, { gives: extra });
    await expect(changeProgramme(now, version, { drop: [1n] })).rejects.toThrow("stale");
    expect(await earned(now, memberId)).toBe(1_607n);
    const undone = await undoTo(at(ctx, days(NOON, 31)), next, version);
    expect(await earned(at(ctx, days(NOON, 32)), memberId)).toBe(607n);
    await undoTo(at(ctx, days(NOON, 33)), undone, next);
    expect(await earned(at(ctx, days(NOON, 34)), memberId)).toBe(1_607n);
    await undoTo(at(ctx, days(NOON, 35)), undone + 1, 1);
    expect(await earned(at(ctx, days(NOON, 36)), memberId)).toBe(500n);
    await expect(changeProgramme(at(ctx, days(NOON, 36)), undone + 2, { drop: [77n] })).rejects.toThrow(
      "not_found",
    );
  });
});

describe("limits", () => {
  let ctx: Context;
  beforeAll(async () => {
    ctx = await newBusiness();
  });

  test("of a day, a month and ever hold over purchases, and refunds give them back", async () => {
    const memberId = await member(ctx);
    const { id } = await add(ctx, { gives: extra, caps: { perDay: 1_500n, perMonth: 2_500n, timesEver: 4 } });
    const bought = [];
    const gave = [];
    for (const day of [0, 0, 0, 1, 2, 30, 31]) {
      const one = await buy(at(ctx, days(NOON, day)), memberId);
      bought.push(one);
      gave.push((one.price?.cashback ?? 0n) - 500n);
    }
    // Two a day at most 1,500; the month ends at 2,500; then one more time in April.
    expect(gave).toEqual([1_000n, 500n, 0n, 1_000n, 0n, 1_000n, 0n]);
    expect(bought[4]?.price?.because.at(-1)).toMatchObject({ code: "missed_limit", by: "perMonth" });
    expect(bought[6]?.price?.because.at(-1)).toMatchObject({ code: "missed_limit", by: "timesEver" });
    const first = bought[0]?.operationId ?? 0n;
    await giveBack(at(ctx, days(NOON, 31)), first, 2_500n);
    await giveBack(at(ctx, days(NOON, 31)), first, 1n);
    await giveBack(at(ctx, days(NOON, 31)), first);
    expect((await buy(at(ctx, days(NOON, 31)), memberId)).price?.cashback).toBe(1_500n);
    const uses = await asOwner<{ period: string; amount: string; times: number }>(
      "SELECT period, amount, times FROM rule_use WHERE rule_id = $1 AND period IN ('ever', 'month 2026-03') ORDER BY 1",
      [id],
    );
    expect(uses).toEqual([
      { period: "ever", amount: "3500", times: 4 },
      { period: "month 2026-03", amount: "1500", times: 2 },
    ]);
    // A year and more later only what was given ever is of use.
    const stopping = () => false;
    expect(await forgetRuleUses(at(ctx, days(NOON, 380)), stopping)).toBe(0);
    expect(await forgetRuleUses(at(ctx, days(NOON, 520)), stopping)).toBeGreaterThan(3);
    const left = await asOwner<{ period: string }>("SELECT period FROM rule_use WHERE rule_id = $1", [id]);
    expect(left).toEqual([{ period: "ever" }]);
    const { version } = await programme(ctx);
    await changeProgramme(ctx, version, { drop: [id] });
  });

  test("a budget is never overrun by purchases at once, is used to the end, and comes back with refunds", async () => {
    const members = [];
    for (let n = 0; n < 10; n += 1) members.push(await member(ctx));
    const budget = 9_100n;
    const { id } = await add(ctx, { gives: { is: "points", points: 700n, per: "bill" }, caps: { budget } });
    const used = async () =>
      (await asOwner<{ sum: string }>("SELECT sum(used) FROM rule_budget WHERE rule_id = $1", [id]))[0]?.sum;
    const given = async () =>
      (
        await asOwner<{ sum: string }>(
          "SELECT sum(amount - undone) FROM operation_effect WHERE kind = 'rule' AND ref = $1",
          [String(id)],
        )
      )[0]?.sum;
    // 20 purchases want 14,000 of 9,100.
    const bought = await Promise.all([...members, ...members].map((memberId) => buy(ctx, memberId)));
    expect(await used()).toBe(String(budget));
    expect(await given()).toBe(String(budget));
    const parts = bought.flatMap(({ operationId }, no) =>
      no % 2 ? [giveBack(ctx, operationId, 3_333n)] : [],
    );
    await Promise.all(parts);
    expect(await used()).toBe(await given());
    expect(BigInt((await used()) ?? 0)).toBeLessThan(budget);
    // What is used is believed for two seconds.
    const soon = at(ctx, new Date(NOON.getTime() + 3_000));
    await Promise.all(members.map((memberId) => buy(soon, memberId)));
    expect(await used()).toBe(String(budget));
    await Promise.all(bought.map(({ operationId }) => giveBack(ctx, operationId)));
    expect(await used()).toBe(await given());
    expect(BigInt((await used()) ?? 0)).toBeGreaterThanOrEqual(0n);
    const { version } = await programme(ctx);
    await changeProgramme(ctx, version, { drop: [id] });
  });
});

test("a quote and a recording agree by item, category and place; extras are kept with the purchase", async () => {
  const ctx = await newBusiness();
  const memberId = await member(ctx);
  await asOwner(
    `INSERT INTO item (business_id, id, kind, name, category, price_minor, created_at)
     VALUES ($1, 11, 'service', 'Cut', 'hair', 6000, now()), ($1, 12, 'good', 'Wax', NULL, 4000, now())`,
    [ctx.business.id],
  );
  const goods = { items: [], categories: ["hair"], isExcept: false };
  await add(ctx, { when: { goods, locations: [5n] }, gives: { is: "discount", bps: 5_000 } });
  await add(ctx, { name: "Early", when: { isPrepaid: true }, gives: extra });
  const lines = [
    { itemId: 11n, name: "Cut", quantity: 1, amountMinor: 6_000n },
    { itemId: 12n, name: "Wax", quantity: 1, amountMinor: 4_000n },
  ];
  const bill = { totalMinor: 10_000n, skipMinor: 0n, unredeemableMinor: 0n, points: 0n };
  const asked = {
    lines: lines.map((line) => ({ ...line, category: null })),
    locationId: 5n,
    isPrepaid: true,
  };
  const quoted = await quote(ctx, { by: { memberId }, ...bill, ...asked });
  expect(quoted.price).toMatchObject({ discountMinor: 3_000n, cashback: 350n + 700n });
  const recorded = await record(ctx, {
    by: { memberId },
    receipt: { ...bill, cashMinor: 7_000n, number: null },
    key: "one",
    staffId: null,
    locationId: 5n,
    source: "desk",
    lines,
    isPrepaid: true,
  });
  expect(recorded.price).toEqual(quoted.price);
  const kept = await asOwner<{ extras: unknown; category: string | null }>(
    `SELECT o.extras, l.category FROM operation o JOIN operation_line l ON l.operation_id = o.id AND l.business_id = o.business_id
     WHERE o.id = $1 ORDER BY l.no`,
    [recorded.operationId],
  );
  expect(kept).toEqual([
    { extras: { prepaid: true }, category: "hair" },
    { extras: { prepaid: true }, category: null },
  ]);
  await giveBack(ctx, recorded.operationId);
  expect(await customer(ctx, { memberId })).toMatchObject({ available: 0n, savedMinor: 0n });
});

test("rules are listed with their state and what they gave, checked before they are saved, found by what they name", async () => {
  const ctx = await newBusiness();
  const memberId = await member(ctx);
  const { version } = await programme(ctx);
  const gold = body({ name: "Gold", when: { tiers: ["gold"] }, gives: extra });
  const saved = await saveRule(ctx, version, null, gold);
  const ended = await saveRule(
    ctx,
    saved.version,
    null,
    body({ name: "Old", when: { dates: { from: null, to: "2026-03-09" } } }),
  );
  expect(ended.findings.map(({ code }) => code)).toEqual(["dates_passed"]);
  const wrong = body({ when: { tags: [9n] }, gives: extra });
  await expect(saveRule(ctx, ended.version, null, wrong)).rejects.toMatchObject({
    detail: { problem: "unknown_tags" },
  });
  const capped = await saveRule(
    ctx,
    ended.version,
    null,
    body({ name: "Spent", gives: { is: "points", points: 5n, per: "bill" }, caps: { budget: 5n } }),
  );
  await buy(ctx, memberId);
  const rows = await rules(ctx);
  expect(
    rows.map(({ rule, state, used, result }) => [rule.name, state, used, result.amount, result.members]),
  ).toEqual([
    ["Gold", "on", null, 0n, 0],
    ["Old", "ended", null, 0n, 0],
    ["Spent", "spent", 5n, 5n, 1],
  ]);
  await archiveRule(ctx, capped.version, saved.ruleId);
  expect((await rules(ctx)).map(({ rule }) => rule.name)).toEqual(["Old", "Spent"]);
  expect((await rules(ctx, true)).map(({ rule, state }) => [rule.name, state])).toEqual([
    ["Gold", "archived"],
  ]);
  const history = await versions(ctx);
  expect(history.rows.map((row) => row.rules.map(({ name, how }) => `${how} ${name}`))).toEqual([
    ["removed Gold"],
    ["added Spent"],
    ["added Old"],
    ["added Gold"],
    [],
  ]);
});
