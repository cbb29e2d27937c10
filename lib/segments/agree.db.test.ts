/** The compiler, the evaluator and a naive oracle answer the same for random rules over random lives, at random moments. */
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "@/lib/access";
import { withBusiness } from "@/lib/platform/db";
import { isIn } from "@/tests/support/segment-oracle";
import { rule } from "@/tests/support/segment-rules";
import { BEGINS, clear, type Life, populate, SPAN_DAYS } from "@/tests/support/segment-world";
import { newBusiness } from "@/tests/support/world";
import { decide } from "./decide/model";
import { needsOf } from "./decide/needs/model";
import { loadFacts } from "./facts/store";
import { nodesOf, type Rule } from "./rule/model";
import { ruleSchema } from "./rule/schema";
import { askMembers, membersOfRule } from "./store";

const MEMBERS = 40;
const DAY = 86_400_000;
let ctx: Context;
let lives: Life[];

beforeAll(async () => {
  ctx = await newBusiness();
  lives = await populate(ctx.business.id, MEMBERS, 20_261);
});
afterAll(async () => await clear(ctx.business.id));

const moments = fc
  .record({
    day: fc.integer({ min: SPAN_DAYS, max: SPAN_DAYS + 400 }),
    ms: fc.constantFrom(0, 1, 79_200_000, 79_199_999, 43_200_000),
  })
  .map(({ day, ms }) => BEGINS + day * DAY + ms);

const byId = (a: number, b: number) => a - b;
const hasDice = (one: Rule) => nodesOf(one.root).some((node) => node.kind === "random");

/** A quarter of all, by a range of ids. */
function middle() {
  const ids = lives.map(({ id }) => id).toSorted(byId);
  return { after: BigInt(ids[MEMBERS / 4] ?? 0), to: BigInt(ids[MEMBERS / 2] ?? 0) };
}

async function answers(one: Rule, now: number) {
  const { id, zone } = ctx.business;
  const asked = { businessId: id, now: new Date(now), zone, whom: "all", wantsNext: false } as const;
  return await withBusiness(id, async (tx) => ({
    bySql: (await membersOfRule(tx, one, asked)).map(Number).toSorted(byId),
    ofPart: (await membersOfRule(tx, one, { ...asked, whom: middle() })).map(Number).toSorted(byId),
    ofFew: (
      await askMembers(tx, one, { ...asked, whom: { ids: lives.slice(0, 9).map((life) => life.id) } })
    ).map((each) => ({ ...each, memberId: Number(each.memberId) })),
    loaded: await loadFacts(
      tx,
      id,
      lives.map((life) => BigInt(life.id)),
      needsOf([one]),
    ),
  }));
}

test("one SQL statement, one evaluator and the oracle agree", async () => {
  await fc.assert(
    fc.asyncProperty(rule, moments, async (random, now) => {
      const one = ruleSchema.parse(JSON.parse(JSON.stringify(random)));
      const { zone } = ctx.business;
      const { bySql, ofPart, ofFew, loaded } = await answers(one, now);
      const { after, to } = middle();
      expect(ofPart).toEqual(bySql.filter((id) => id > Number(after) && id <= Number(to)));
      const decided = new Map(loaded.map(({ facts }) => [facts.memberId, decide(one, facts, now, zone)]));
      const byEvaluator = [...decided]
        .filter(([, { isIn: held }]) => held)
        .map(([id]) => id)
        .toSorted(byId);
      expect(bySql).toEqual(byEvaluator);
      for (const { memberId, isIn: held } of ofFew) expect(held).toBe(decided.get(memberId)?.isIn);
      if (hasDice(one)) return;
      const byOracle = lives
        .filter((life) => isIn(one, life, now, zone))
        .map((life) => life.id)
        .toSorted(byId);
      expect(byEvaluator).toEqual(byOracle);
    }),
    { numRuns: Number(process.env.SEGMENT_RUNS ?? 250) },
  );
}, 300_000);

test("nothing changes by time alone before the check that was named", async () => {
  await fc.assert(
    fc.asyncProperty(
      rule,
      moments,
      fc.array(fc.integer({ min: 1, max: 500 * DAY }), { minLength: 12, maxLength: 12 }),
      async (one, now, steps) => {
        const { zone } = ctx.business;
        const { ofFew, loaded } = await answers(one, now);
        for (const { facts } of loaded) {
          const { isIn: held, checkAt } = decide(one, facts, now, zone);
          const bySql = ofFew.find(({ memberId }) => memberId === facts.memberId);
          expect(checkAt ?? now + 1).toBeGreaterThan(now);
          if (bySql) expect(bySql.nextAt === null || bySql.nextAt.getTime() > now).toBe(true);
          const later = [...steps.map((step) => now + step), ...(checkAt === null ? [] : [checkAt])];
          for (const at of later) {
            if (decide(one, facts, at, zone).isIn === held) continue;
            expect(checkAt, `it changed by ${new Date(at).toISOString()}`).not.toBeNull();
            expect(checkAt).toBeLessThanOrEqual(at);
            if (bySql) expect(bySql.nextAt?.getTime() ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(at);
          }
        }
      },
    ),
    { numRuns: Number(process.env.SEGMENT_RUNS ?? 60) },
  );
}, 300_000);
