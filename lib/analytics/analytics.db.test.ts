import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { asOwner } from "../../tests/support/database";
import { systemContext } from "../access";
import type { Business } from "../access/model";
import { addDays, dayOf } from "../kernel/time";
import { expireDue } from "../ledger";
import { enrol } from "../members";
import { withBusiness } from "../platform/db";
import { drain } from "../platform/outbox";
import { saveProgramme } from "../program";
import { startingProgramme } from "../program/schema";
import { grant, record, refund } from "../sales";
import { COUNTED, countDays, dashboard, recountDays } from ".";

const handlers = [{ name: "days", types: COUNTED, handle: countDays }];
const START = Date.parse("2026-01-05T10:00:00Z");
const HOUR_MS = 3_600_000;

const business = (id: bigint, zone: string): Business => ({
  id,
  name: "Test",
  slug: `test-${id}`,
  joinCode: `join${id}`,
  currency: "UAH",
  locale: "en",
  zone,
  accent: "#0c6b58",
  ratePerSecond: 50,
  rateBurst: 200,
});
const at = (hours: number) => new Date(START + hours * HOUR_MS);
const on = (own: Business, hours: number) => systemContext(own, "test", at(hours));

async function open(own: Business): Promise<bigint[]> {
  await asOwner(
    `INSERT INTO business (id, name, slug, join_code, currency, locale, zone, accent, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [String(own.id), own.name, own.slug, own.joinCode, own.currency, own.locale, own.zone, own.accent, at(0)],
  );
  const ctx = on(own, 0);
  const names = { base: "Base", silver: "Silver", gold: "Gold" };
  await saveProgramme(ctx, 0, { ...startingProgramme(names), earnedDays: 3, spendByPhone: true });
  return await withBusiness(own.id, async (tx) => {
    const made: bigint[] = [];
    for (const phone of ["+380670000001", "+380670000002", "+380670000003"])
      made.push(await enrol(tx, ctx, { ...NOBODY, phone }));
    return made;
  });
}

const NOBODY = {
  personId: null,
  inviterId: null,
  source: "test",
  name: null,
  phone: null,
  email: null,
  birthDate: null,
  gender: null,
};

type Step =
  | { do: "buy"; member: number; total: number; points: number }
  | { do: "refund"; of: number; share: number }
  | { do: "grant"; member: number; points: number }
  | { do: "expire" | "drain" | "recount" };
const step: fc.Arbitrary<Step & { hours: number }> = fc
  .oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant("buy" as const),
        member: fc.nat(2),
        total: fc.integer({ min: 1, max: 90_000 }),
        points: fc.nat(2_000),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant("refund" as const),
        of: fc.nat(20),
        share: fc.integer({ min: 1, max: 100 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant("grant" as const),
        member: fc.nat(2),
        points: fc.integer({ min: -3_000, max: 9_000 }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constantFrom("expire" as const, "drain" as const, "recount" as const) }),
    },
  )
  .chain((one) => fc.integer({ min: 1, max: 30 }).map((hours) => ({ ...one, hours })));

/** A step that the rules refuse (too few points, nothing left to refund) changes nothing and is part of life. */
async function act(own: Business, members: readonly bigint[], bought: bigint[], one: Step, hours: number) {
  const ctx = on(own, hours);
  const plain = { key: null, staffId: null, locationId: null, source: "seed" as const };
  switch (one.do) {
    case "buy": {
      const by = { phone: `+38067000000${one.member + 1}` };
      const receipt = {
        totalMinor: BigInt(one.total),
        skipMinor: 0n,
        unredeemableMinor: 0n,
        points: BigInt(one.points),
        cashMinor: null,
        number: null,
      };
      bought.push((await record(ctx, { ...plain, by, receipt })).operationId);
      return;
    }
    case "refund": {
      const operationId = bought[one.of % Math.max(1, bought.length)];
      if (operationId === undefined) return;
      const partMinor = one.share > 80 ? null : BigInt(one.share);
      await refund(ctx, { ...plain, operationId, partMinor });
      return;
    }
    case "grant":
      await grant(ctx, {
        memberId: members[one.member] ?? 0n,
        points: BigInt(one.points),
        comment: null,
        key: null,
        source: "seed",
      });
      return;
    case "expire":
      await expireDue(ctx.now);
      return;
    case "drain":
      await drain(handlers, () => ctx.now);
      return;
    case "recount":
      await recountDays(ctx);
  }
}

const rollups = (own: Business) =>
  asOwner<Record<string, unknown>>("SELECT * FROM business_day WHERE business_id = $1 ORDER BY day", [
    String(own.id),
  ]);
const alive = (rows: Record<string, unknown>[]) =>
  rows.filter((row) =>
    Object.entries(row).some(([key, value]) => !/^(business_id|day)$/.test(key) && String(value) !== "0"),
  );

let next = 1_000n;
beforeAll(async () => {
  next = 1_000n;
});

test("counting events and recounting from what happened agree, in any order, in any zone", {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 40 }),
      fc.constantFrom("Europe/Kyiv", "America/Los_Angeles", "Asia/Kathmandu"),
      async (steps, zone) => {
        next += 1n;
        const own = business(next, zone);
        const members = await open(own);
        const bought: bigint[] = [];
        let hours = 1;
        for (const one of steps) {
          hours += one.hours;
          await act(own, members, bought, one, hours).catch((error: unknown) => {
            if (!(error instanceof Error) || error.name !== "Refused") throw error;
          });
        }
        await drain(handlers, () => at(hours));
        const counted = alive(await rollups(own));
        await recountDays(on(own, hours));
        expect(alive(await rollups(own))).toEqual(counted);
        const { outstanding, members: enrolled } = await dashboard(on(own, hours), "month");
        const [held] = await asOwner<{ points: string }>(
          "SELECT sum(points)::text AS points FROM member_stats WHERE business_id = $1",
          [String(own.id)],
        );
        expect([outstanding, enrolled]).toEqual([BigInt(held?.points ?? "0"), 3]);
      },
    ),
    { numRuns: 20 },
  );
});

test("a span is compared with the same span before, on the business's calendar", async () => {
  const own = business(5_000n, "Europe/Kyiv");
  const members = await open(own);
  const bought: bigint[] = [];
  // Monday 23:30 in Kyiv is still Monday there, whatever the day elsewhere.
  for (const hours of [11.5, 12.5, 24 * 7 + 1])
    await act(own, members, bought, { do: "buy", member: 0, total: 10_000, points: 0 }, hours);
  await act(own, members, bought, { do: "refund", of: 0, share: 100 }, 24 * 7 + 2);
  await drain(handlers, () => at(24 * 7 + 3));
  const seen = await dashboard(on(own, 24 * 7 + 3), "week");
  expect(seen.range).toEqual({ from: "2026-01-12", to: "2026-01-12" });
  expect(seen.rangeBefore).toEqual({ from: "2026-01-05", to: "2026-01-05" });
  expect(seen.before).toMatchObject({
    purchases: 1,
    returning: 0,
    revenueMinor: 10_000n,
    averageBillMinor: 10_000n,
  });
  expect(seen.now).toMatchObject({ purchases: 1, returning: 1, revenueMinor: 0n, returningShare: 1 });
  expect(dayOf(at(12.5), own.zone)).toBe(addDays("2026-01-05", 1));
});
