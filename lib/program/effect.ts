import "server-only";
import { type Context, require } from "../access";
import { firstIdAt } from "../kernel/ids";
import { addDays, dayOf, startOfDay } from "../kernel/time";
import { withBusiness } from "../platform/db";
import { type Ladder, qualify, THRESHOLDS, tierById } from "../tiers/model";
import { type Change, changesBetween, type Warning, warningsOf } from "./changes";
import { programmeIn } from "./index";
import { type Programme, price } from "./model";
import { movesUnder } from "./moves";
import type { ProgrammeSettings } from "./schema";
import * as store from "./store";

/** Beyond this many recent purchases a sample spread over the days is priced instead of all. */
const PURCHASES_MAX = 3_000;
const SLICES = 300;
const PAST_DAYS = [30, 90] as const;
const PAST_DAYS_MAX = 90;
const EXAMPLE_MINOR = 100_000n;

/** What purchases cost the business: points given, discount, and points taken as payment, in hundredths. */
export type Cost = { readonly points: bigint; readonly discountMinor: bigint; readonly paid: bigint };

/** A bill of 1,000 on one tier: paid in money, and paid with as many points as the bill takes. */
export type Example = {
  readonly tierId: string;
  readonly tier: string;
  readonly discountMinor: bigint;
  readonly earns: bigint;
  readonly maxPoints: bigint;
};

export type Effect = {
  readonly basedOn: number;
  readonly changes: readonly Change[];
  readonly warnings: readonly Warning[];
  /** Members who would stand on another tier, by tier now and then; names as each programme writes them. */
  readonly moves: readonly {
    readonly from: string;
    readonly to: string;
    readonly members: number;
    readonly up: boolean;
  }[];
  /** Members ever enrolled, as the daily sums have it. */
  readonly members: number;
  /** Recent purchases as they were and as they would have been. `looked` < `purchases`: a sample, scaled up. */
  readonly past: readonly {
    readonly days: number;
    readonly purchases: number;
    readonly looked: number;
    /** Purchases the new receipt limit would have turned away, of those looked at. */
    readonly refused: number;
    readonly did: Cost;
    readonly would: Cost;
  }[];
  readonly example: {
    readonly totalMinor: bigint;
    readonly now: readonly Example[];
    readonly next: readonly Example[];
  };
};

/**
 * What putting a draft in force would do, before it is saved; writes nothing.
 *
 * Shape: tiers are counted over all members in one pass; purchases of the last 30 and 90 days that were not wholly refunded are
 * priced by the evaluator the till uses, paid with the points they were paid with as far as the draft lets them. A member's
 * past tier is kept unless the draft moves the member: then the purchase is priced on the new one.
 */
export async function effectOf(ctx: Context, draft: ProgrammeSettings): Promise<Effect> {
  require(ctx, "programme:read");
  const { id, zone } = ctx.business;
  return await withBusiness(id, async (tx) => {
    const current = await programmeIn(tx, id, ctx.now);
    const next: Programme = {
      version: current.version + 1,
      ...draft,
      ...(current.rules && { rules: current.rules }),
    };
    // Most changes leave the ladder alone, and then nobody needs to be looked at.
    const counts = sameLadder(current, next) ? [] : await movesUnder(tx, ctx, current, next);
    const today = dayOf(ctx.now, zone);
    const since = startOfDay(addDays(today, 1 - PAST_DAYS_MAX), zone);
    const totals = await store.purchasesSince(
      tx,
      id,
      PAST_DAYS.map((days) => addDays(today, 1 - days)),
    );
    const past = await store.pastPurchases(tx, id, {
      from: firstIdAt(since),
      to: firstIdAt(ctx.now),
      limit: PURCHASES_MAX,
      slices: SLICES,
    });
    const priced = past.rows.map((row) => ({ row, would: repriced(current, next, row, zone) }));
    return {
      basedOn: current.version,
      changes: changesBetween(current, next),
      warnings: warningsOf(next),
      moves: movesOf(current, next, counts),
      members: await store.membersEver(tx, id),
      past: PAST_DAYS.map((days, index) => {
        const from = startOfDay(addDays(today, 1 - days), zone);
        const seen = priced.filter(({ row }) => row.at >= from);
        return pastOf(days, past.complete ? seen.length : (totals[index] ?? 0), seen);
      }),
      example: { totalMinor: EXAMPLE_MINOR, now: examples(current, ctx), next: examples(next, ctx) },
    };
  });
}

/** Whether both qualify everybody alike: the same tiers in the same order, reached and kept by the same figures. */
export function sameLadder(current: Ladder, next: Ladder): boolean {
  const text = ({ base, tiers, qualifying, experience }: Ladder) =>
    JSON.stringify(
      {
        qualifying,
        experience,
        rungs: [base, ...tiers].map(({ id, rateBps, keep, ...tier }) => [
          id,
          rateBps,
          THRESHOLDS.map((name) => tier[name]),
          keep && THRESHOLDS.map((name) => keep[name]),
        ]),
      },
      (_key, value) => (typeof value === "bigint" ? value.toString() : value),
    );
  return text(current) === text(next);
}

function movesOf(current: Programme, next: Programme, counts: readonly store.Move[]): Effect["moves"] {
  return counts
    .map(({ from, to, members }) => ({
      from: tierById(current.base, current.tiers, from),
      to: tierById(next.base, next.tiers, to),
      members,
    }))
    .filter(({ from, to }) => from.id !== to.id)
    .map(({ from, to, members }) => ({
      from: from.name,
      to: to.name,
      members,
      up: to.rateBps >= from.rateBps,
    }))
    .toSorted((a, b) => b.members - a.members);
}

/** The cost of a past purchase under the draft, or nothing when the draft would have turned it away. */
function repriced(
  current: Programme,
  next: Programme,
  row: store.PastPurchase,
  zone: string,
): Cost | undefined {
  const moved = qualify(next, row);
  const tierId = moved.id === qualify(current, row).id ? row.tierId : moved.id;
  const result = price(
    next,
    { tierId, available: row.pointsSpent, isFirst: row.isFirst },
    { ...row, points: null },
    row.at,
    zone,
  );
  if (!result.ok) return undefined;
  const points = result.price.grants.reduce((sum, grant) => sum + grant.points, 0n);
  return { points, discountMinor: result.price.discountMinor, paid: result.price.points };
}

function pastOf(
  days: number,
  total: number,
  seen: readonly { row: store.PastPurchase; would: Cost | undefined }[],
): Effect["past"][number] {
  const purchases = Math.max(total, seen.length);
  const sum = (costs: readonly Cost[], of: (cost: Cost) => bigint) =>
    (costs.reduce((all, cost) => all + of(cost), 0n) * BigInt(purchases)) / BigInt(seen.length || 1);
  const scaled = (costs: readonly Cost[]): Cost => ({
    points: sum(costs, (cost) => cost.points),
    discountMinor: sum(costs, (cost) => cost.discountMinor),
    paid: sum(costs, (cost) => cost.paid),
  });
  return {
    days,
    purchases,
    looked: seen.length,
    refused: seen.filter(({ would }) => !would).length,
    did: scaled(
      seen.map(({ row }) => ({
        points: row.pointsEarned,
        discountMinor: row.discountMinor,
        paid: row.pointsSpent,
      })),
    ),
    would: scaled(seen.flatMap(({ would }) => (would ? [would] : []))),
  };
}

function examples(programme: Programme, ctx: Context): Example[] {
  const unlimited = { ...programme, receiptLimitMinor: null };
  const bill = { totalMinor: EXAMPLE_MINOR, skipMinor: 0n, unredeemableMinor: 0n };
  return [programme.base, ...programme.tiers].map((tier) => {
    const ask = (points: bigint | null) =>
      price(
        unlimited,
        { tierId: tier.id, available: EXAMPLE_MINOR, isFirst: false },
        { ...bill, points },
        ctx.now,
        ctx.business.zone,
      );
    const [inMoney, withPoints] = [ask(0n), ask(null)];
    return {
      tierId: tier.id,
      tier: tier.name,
      discountMinor: inMoney.ok ? inMoney.price.discountMinor : 0n,
      earns: inMoney.ok ? inMoney.price.cashback : 0n,
      maxPoints: withPoints.ok ? withPoints.price.maxPoints : 0n,
    };
  });
}
