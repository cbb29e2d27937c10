import "server-only";
import type { Context } from "../../access";
import type { Day } from "../../kernel/time";
import { callIn, type Prisma, type Tx } from "../../platform/db";
import type { Visits } from "../lifetime/holdout/model";
import { dayText } from "../members/store";
import type { State, Steps } from "../model";
import { type Limits, limits } from "../schema";

const dateOf = (day: Day) => new Date(`${day}T00:00:00Z`);

export type Kept = {
  readonly version: number;
  readonly limits: Limits | null;
  readonly state: State | undefined;
  readonly computedAt: Date | null;
};

/** What a business's members are scored with, and the owner's limits. */
export async function keptState(tx: Tx, businessId: bigint): Promise<Kept> {
  const row = await tx.insightState.findUnique({ where: { businessId } });
  const version = row?.version ?? 0;
  const asOf = dayText(row?.asOf ?? null);
  const body = row?.state as Omit<State, "version" | "asOf"> | null | undefined;
  return {
    version,
    limits: row?.limits ? limits.parse(row.limits) : null,
    // Written by `saveState` alone, so its shape is known.
    state: body && asOf !== null ? { version, asOf, ...body } : undefined,
    computedAt: row?.computedAt ?? null,
  };
}

export async function saveState(tx: Tx, ctx: Context, { version, asOf, ...body }: State): Promise<void> {
  const state = body as unknown as Prisma.InputJsonObject;
  const data = { version, asOf: dateOf(asOf), state, computedAt: ctx.now };
  const { id: businessId } = ctx.business;
  await tx.insightState.upsert({ where: { businessId }, create: { businessId, ...data }, update: data });
}

export async function saveLimits(tx: Tx, businessId: bigint, own: Limits | null): Promise<void> {
  await callIn(
    tx,
    `INSERT INTO insight_state (business_id, limits) VALUES ($1::bigint, $2::jsonb)
     ON CONFLICT (business_id) DO UPDATE SET limits = excluded.limits RETURNING 1 AS ok`,
    [businessId, own === null ? null : JSON.stringify(own)],
  );
}

export async function zoneOf(tx: Tx, businessId: bigint): Promise<string> {
  const row = await tx.business.findUniqueOrThrow({ where: { id: businessId }, select: { zone: true } });
  return row.zone;
}

/** The fifths of all who ever came: days since the last visit, visits, money; and the middle of usual gaps. */
export async function fifths(
  tx: Tx,
  businessId: bigint,
  asOf: Day,
): Promise<{
  customers: number;
  recency: Steps;
  frequency: Steps;
  monetary: Steps;
  commonGapDays: number | null;
}> {
  const share = "ARRAY[0.2, 0.4, 0.6, 0.8]";
  const [row] = await callIn<{
    customers: bigint;
    recency: number[] | null;
    frequency: number[] | null;
    monetary: bigint[] | null;
    gap: number | null;
  }>(
    tx,
    `SELECT count(*) AS customers,
       percentile_disc(${share}) WITHIN GROUP (ORDER BY greatest(0, $2::date - last_on)) AS recency,
       percentile_disc(${share}) WITHIN GROUP (ORDER BY visit_days) AS frequency,
       percentile_disc(${share}) WITHIN GROUP (ORDER BY spent_minor) AS monetary,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY own_gap_days) FILTER (WHERE gaps > 0) AS gap
     FROM member_insight WHERE business_id = $1::bigint AND visit_days > 0`,
    [businessId, asOf],
  );
  const steps = (values: readonly (number | bigint)[] | null | undefined): Steps => {
    const [a = 0, b = 0, c = 0, d = 0] = (values ?? []).map(Number);
    return [a, b, c, d];
  };
  return {
    customers: Number(row?.customers ?? 0),
    recency: steps(row?.recency),
    frequency: steps(row?.frequency),
    monetary: steps(row?.monetary),
    commonGapDays: row?.gap ?? null,
  };
}

/** Visits of so many customers, drawn by a hash of their number: the same ones every time. */
export async function sampleVisits(
  tx: Tx,
  businessId: bigint,
  zone: string,
  size: number,
): Promise<Visits[]> {
  const rows = await callIn<{ days: number[]; paid: (bigint | string)[] }>(
    tx,
    `SELECT v.days, v.paid FROM insight_visits($1::bigint, $2, ARRAY(
       SELECT member_id FROM member_insight WHERE business_id = $1::bigint AND visit_days > 0
       ORDER BY hashint8(member_id), member_id LIMIT $3::int)) v`,
    [businessId, zone, size],
  );
  return rows.map(({ days, paid }) => ({ days, paid: paid.map((each) => Math.max(0, Number(each))) }));
}
