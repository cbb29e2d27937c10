/** The past played again: to the point with nothing changed, and otherwise as a draft would have had it. */
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { Context } from "@/lib/access";
import { changeProgramme, programme, simulate } from "@/lib/program";
import type { Rule } from "@/lib/program/model";
import { record, refund } from "@/lib/sales";
import { asOwner } from "@/tests/support/database";
import { ruleOf } from "@/tests/support/rules";
import { at, days, NOON, newBusiness, newMember } from "@/tests/support/world";

let ctx: Context;
let now: Context;
const body = (change: Parameters<typeof ruleOf>[0]) => {
  const { id: _, ...rest } = ruleOf(change);
  return rest;
};

/** Rules of every kind that has a memory, a place, goods or a limit. */
const RULES: Parameters<typeof ruleOf>[0][] = [
  {
    name: "a",
    when: { goods: { items: [], categories: ["hair"], isExcept: false } },
    gives: { is: "rate", bps: 900 },
  },
  {
    name: "b",
    when: { first: "day" },
    gives: { is: "points", points: 300n, per: "bill" },
    caps: { perMonth: 900n },
  },
  { name: "c", when: { visit: { is: "every", n: 3 } }, gives: { is: "discount", bps: 1_000 } },
  {
    name: "d",
    when: { locations: [2n] },
    gives: { is: "extra", bps: 500 },
    caps: { timesEver: 2, budget: 90_000n },
  },
  {
    name: "e",
    when: { isPrepaid: true },
    gives: { is: "times", bps: 20_000 },
    group: { name: "g", choose: "best" },
  },
  {
    name: "f",
    when: { first: "month" },
    gives: { is: "extra", bps: 400 },
    group: { name: "g", choose: "best" },
  },
  { name: "g", when: { tags: [77n] }, gives: { is: "share", bps: 9_000 } },
];

beforeAll(async () => {
  ctx = await newBusiness({ spendByPhone: true, welcome: null, firstPurchasePoints: 500n });
  await asOwner("INSERT INTO tag (business_id, id, name, created_at) VALUES ($1, 77, 'x', now())", [
    ctx.business.id,
  ]);
  await changeProgramme(ctx, 1, { put: RULES.map((rule) => ({ id: null, body: body(rule) })) });
  const members: string[] = [];
  for (let n = 0; n < 8; n += 1) {
    members.push(`+38050333000${n}`);
    const id = await newMember(ctx, `+38050333000${n}`);
    if (n % 3 === 0)
      await asOwner("INSERT INTO member_tag (business_id, member_id, tag_id) VALUES ($1, $2, 77)", [
        ctx.business.id,
        id,
      ]);
  }
  await play(members, 120);
  // A tag taken away later must not change what was.
  await asOwner("DELETE FROM member_tag WHERE business_id = $1", [ctx.business.id]);
  now = at(ctx, days(NOON, 60));
});

async function play(members: readonly string[], count: number): Promise<void> {
  const [thrown] = fc.sample(fc.infiniteStream(fc.nat(1_000_000)), { numRuns: 1, seed: 7 });
  const dice = (sides: number) => (thrown?.next().value ?? 0) % sides;
  const bought: bigint[] = [];
  for (let n = 0; n < count; n += 1) {
    const when = at(ctx, new Date(days(NOON, 1).getTime() + n * 9 * 3_600_000));
    if (n === 70)
      await changeProgramme(when, 2, {
        put: [{ id: null, body: body({ name: "late", gives: { is: "extra", bps: 100 } }) }],
      });
    if (dice(5) === 0 && bought.length > 0) {
      const partMinor = dice(3) === 0 ? null : BigInt(1 + dice(2_000));
      const asked = {
        operationId: bought[dice(bought.length)] ?? 0n,
        partMinor,
        key: null,
        staffId: null,
        locationId: null,
      };
      await refund(when, { ...asked, source: "desk" }).catch(() => {});
      continue;
    }
    const hair = BigInt(1_000 + dice(300_000));
    const rest = BigInt(dice(5_000));
    const lines = [{ itemId: null, name: "Cut", category: "hair", quantity: 1, amountMinor: hair }];
    const receipt = {
      totalMinor: hair + rest,
      skipMinor: rest / 3n,
      unredeemableMinor: 0n,
      cashMinor: null,
      number: null,
    };
    const sale = {
      by: { phone: members[dice(members.length)] ?? null },
      key: null,
      staffId: null,
      locationId: BigInt(1 + dice(2)),
      source: "uds" as const,
    };
    const isPrepaid = dice(3) === 0;
    const recorded = await record(when, {
      ...sale,
      receipt: { ...receipt, points: BigInt(dice(4) * 400) },
      lines,
      isPrepaid,
    }).catch(() => record(when, { ...sale, receipt: { ...receipt, points: 0n }, lines, isPrepaid }));
    bought.push(recorded.operationId);
  }
}

const run = (draft: Parameters<typeof simulate>[1]["draft"], length = 90) =>
  simulate(now, { draft, days: length, marginBps: 4_000 });

test("with nothing changed it is what was, to the point, over the whole past and over a part of it", async () => {
  for (const length of [90, 45, 30]) {
    const result = await run(null, length);
    expect(result?.purchases).toBeGreaterThan(20);
    expect(result).toMatchObject({ refused: 0, touched: { members: 0, bills: 0 }, moves: [], share: 1 });
    expect(result?.would).toEqual(result?.did);
    expect(result?.margin.would).toBe(result?.margin.did);
  }
});

test("what it says was is what the books say", async () => {
  const [sums] = await asOwner<{ issued: string; spent: string; discount: string; cash: string }>(
    `SELECT sum(CASE kind WHEN 'purchase' THEN points_earned ELSE -points_earned END) AS issued,
       sum(CASE kind WHEN 'purchase' THEN points_spent ELSE -points_spent END) AS spent,
       sum(CASE kind WHEN 'purchase' THEN discount_minor ELSE -discount_minor END) AS discount,
       sum(CASE kind WHEN 'purchase' THEN cash_minor ELSE -cash_minor END) AS cash
     FROM operation WHERE business_id = $1 AND kind IN ('purchase', 'refund')`,
    [ctx.business.id],
  );
  expect((await run(null))?.did).toEqual({
    issued: BigInt(sums?.issued ?? 0),
    spent: BigInt(sums?.spent ?? 0),
    discountMinor: BigInt(sums?.discount ?? 0),
    cashMinor: BigInt(sums?.cash ?? 0),
  });
});

test("a draft changes what it says it changes, within its limits", async () => {
  const give: Rule = ruleOf({
    name: "new",
    gives: { is: "points", points: 1_000n, per: "bill" },
    caps: { timesEver: 1 },
  });
  const { version: _v, rules: _r, ...settings } = await programme(now);
  const base = await run({});
  const more = await run({ put: [{ id: null, body: body(give) }] });
  expect((more?.would.issued ?? 0n) - (base?.would.issued ?? 0n)).toBeGreaterThan(6n * 900n);
  expect((more?.would.issued ?? 0n) - (base?.would.issued ?? 0n)).toBeLessThanOrEqual(8n * 1_000n);
  const tiers = settings.tiers.map((tier) => ({ ...tier, spentMinor: 100_000n }));
  const easy = await run({ settings: { ...settings, tiers } });
  expect(easy?.moves.reduce((sum, { members }) => sum + members, 0)).toBeGreaterThan(0);
  expect(easy?.touched.members).toBeGreaterThan(0);
  const strict = await run({ settings: { ...settings, receiptLimitMinor: 100_000n } as never });
  expect(strict?.refused).toBeGreaterThan(0);
});

test("it tells how far it is, and stops when asked", async () => {
  const seen: [number, number][] = [];
  await simulate(now, { draft: null, days: 90, marginBps: 0 }, (done, total) => seen.push([done, total]));
  expect(seen.at(-1)?.[0]).toBe(seen.at(-1)?.[1]);
  expect(
    await simulate(
      now,
      { draft: null, days: 90, marginBps: 0 },
      () => {},
      () => true,
    ),
  ).toBeUndefined();
  await expect(run(null, 366)).rejects.toThrow("invalid");
});
