import "server-only";
import type { Context } from "../../access";
import { firstIdAt, idsBetween } from "../../kernel/ids";
import { type Day, startOfDay } from "../../kernel/time";
import { callIn, type Prisma, type Tx } from "../../platform/db";
import { dayText } from "../members/store";

export type CohortMonth = {
  readonly cohort: Day;
  readonly month: Day;
  readonly members: number;
  readonly spentMinor: bigint;
};

/** Counts one month anew: who came, by the month of their first visit, and what they paid. Shape: days are firsts of months. */
export async function recountMonth(
  tx: Tx,
  businessId: bigint,
  zone: string,
  month: Day,
  next: Day,
): Promise<void> {
  const [from, to] = [startOfDay(month, zone), startOfDay(next, zone)];
  const ids = idsBetween(from, to);
  await callIn(
    tx,
    "DELETE FROM insight_cohort WHERE business_id = $1::bigint AND month = $2::date RETURNING 1 AS ok",
    [businessId, month],
  );
  await callIn(
    tx,
    `INSERT INTO insight_cohort (business_id, cohort, month, members, spent_minor)
     SELECT $1::bigint, date_trunc('month', i.first_on)::date, $2::date, count(*), sum(o.paid)
     FROM (
       SELECT member_id, sum(CASE WHEN refunded_minor = 0 THEN cash_minor
         ELSE cash_minor - round(cash_minor::numeric * refunded_minor / total_minor)::bigint END)::bigint AS paid
       FROM operation WHERE business_id = $1::bigint AND id >= $5::bigint AND id < $6::bigint
         AND at >= $3::timestamptz AND at < $4::timestamptz AND kind = 'purchase' AND state = 'normal'
       GROUP BY member_id
     ) o JOIN member_insight i ON i.business_id = $1::bigint AND i.member_id = o.member_id AND i.first_on IS NOT NULL
     GROUP BY 2 RETURNING 1 AS ok`,
    [businessId, month, from, to, ids.from, ids.until],
  );
}

/** Months before anybody came, or after, are those of purchases that were given back or taken back since. Shape: firsts of months. */
export async function forgetMonthsOutside(
  tx: Tx,
  businessId: bigint,
  months: { readonly from: Day; readonly to: Day } | null,
): Promise<void> {
  const dateOf = (day: Day) => new Date(`${day}T00:00:00Z`);
  const outside = months && [{ month: { lt: dateOf(months.from) } }, { month: { gt: dateOf(months.to) } }];
  await tx.insightCohort.deleteMany({ where: { businessId, ...(outside && { OR: outside }) } });
}

export async function cohorts(tx: Tx, businessId: bigint): Promise<CohortMonth[]> {
  const rows = await tx.insightCohort.findMany({
    where: { businessId },
    orderBy: [{ cohort: "asc" }, { month: "asc" }],
  });
  return rows.map((row) => ({
    cohort: dayText(row.cohort) ?? "",
    month: dayText(row.month) ?? "",
    members: row.members,
    spentMinor: row.spentMinor,
  }));
}

/** The first and last days anybody came, when somebody did. */
export async function span(tx: Tx, businessId: bigint): Promise<{ from: Day; to: Day } | undefined> {
  const [row] = await callIn<{ from: Date | null; to: Date | null }>(
    tx,
    `SELECT min(first_on) AS "from", max(last_on) AS "to" FROM member_insight WHERE business_id = $1::bigint`,
    [businessId],
  );
  const [from, to] = [dayText(row?.from ?? null), dayText(row?.to ?? null)];
  return from !== null && to !== null ? { from, to } : undefined;
}

/** The months full refunds since an instant reach back into. */
export async function refundedMonths(tx: Tx, businessId: bigint, zone: string, since: Date): Promise<Day[]> {
  const rows = await callIn<{ month: Date }>(
    tx,
    `SELECT DISTINCT date_trunc('month', p.at AT TIME ZONE $2)::date AS month FROM operation r
     JOIN operation p ON p.business_id = r.business_id AND p.id = r.origin_id
     WHERE r.business_id = $1::bigint AND r.id >= $3::bigint AND r.kind = 'refund'`,
    [businessId, zone, firstIdAt(since)],
  );
  return rows.flatMap(({ month }) => dayText(month) ?? []);
}

/** What is expected of everybody together for 30, 90 and 365 days, and what their own past would say. Visits; minor units. */
export type Totals = {
  readonly customers: number;
  readonly model: { readonly visits: readonly number[]; readonly valueMinor: readonly number[] };
  readonly ownPast: { readonly visitsPerDay: number; readonly valueMinorPerDay: number };
};

export async function totals(tx: Tx, businessId: bigint, asOf: Day): Promise<Totals> {
  const watched = "nullif(greatest($2::date - first_on, last_on - first_on), 0)";
  const [row] = await callIn<Record<string, number | bigint | null>>(
    tx,
    `SELECT count(*) AS customers, sum(expected_30)::float8 AS e30, sum(expected_90)::float8 AS e90,
       sum(expected_365)::float8 AS e365, sum(value_30_minor)::float8 AS v30, sum(value_90_minor)::float8 AS v90,
       sum(value_365_minor)::float8 AS v365,
       sum((visit_days - 1)::float8 / ${watched}) AS visits, sum(greatest(0, repeat_spent_minor)::float8 / ${watched}) AS paid
     FROM member_insight WHERE business_id = $1::bigint AND visit_days > 0`,
    [businessId, asOf],
  );
  const of = (...names: string[]) => names.map((name) => Number(row?.[name] ?? 0));
  const [customers = 0, visitsPerDay = 0, valueMinorPerDay = 0] = of("customers", "visits", "paid");
  return {
    customers,
    model: { visits: of("e30", "e90", "e365"), valueMinor: of("v30", "v90", "v365") },
    ownPast: { visitsPerDay, valueMinorPerDay },
  };
}

/** One column of a distribution: from this value up to the next column's. */
export type Bin = { readonly from: number; readonly count: number };

const GAP_BINS = [0, 4, 8, 11, 15, 22, 29, 36, 43, 50, 61, 76, 91, 121, 151, 181, 271, 366];

/** Members by their usual gap in days. */
export async function gapBins(tx: Tx, businessId: bigint): Promise<Bin[]> {
  const rows = await callIn<{ bin: number; count: bigint }>(
    tx,
    `SELECT width_bucket(gap_days::numeric, $2::numeric[]) AS bin, count(*) FROM member_insight
     WHERE business_id = $1::bigint AND gap_days IS NOT NULL GROUP BY 1 ORDER BY 1`,
    [businessId, GAP_BINS.map(String)],
  );
  return binsFrom(GAP_BINS, rows);
}

/** How many columns bills fall into; the last one takes all above the 98th of a hundred. */
const BILL_BINS = 16;

/** Bills of the last so many days, in columns of equal, round width. Minor units. */
export async function billBins(tx: Tx, businessId: bigint, since: Date): Promise<Bin[]> {
  const purchases = `FROM operation WHERE business_id = $1::bigint AND id >= $2::bigint AND at >= $3::timestamptz
    AND kind = 'purchase' AND state = 'normal' AND total_minor > 0`;
  const known = [businessId, firstIdAt(since), since] as const;
  const [row] = await callIn<{ high: bigint | null }>(
    tx,
    `SELECT percentile_disc(0.98) WITHIN GROUP (ORDER BY total_minor) AS high ${purchases}`,
    known,
  );
  if (!row?.high) return [];
  const width = roundUp(Number(row.high) / (BILL_BINS - 1));
  const edges = Array.from({ length: BILL_BINS }, (_, i) => i * width);
  const rows = await callIn<{ bin: number; count: bigint }>(
    tx,
    `SELECT width_bucket(total_minor::numeric, $4::numeric[]) AS bin, count(*) ${purchases} GROUP BY 1 ORDER BY 1`,
    [...known, edges.map(String)],
  );
  return binsFrom(edges, rows);
}

/** The next 1, 2, 2.5 or 5 with zeros, whole currency units at the least. */
function roundUp(value: number): number {
  const ten = 10 ** Math.floor(Math.log10(Math.max(100, value)));
  return ([1, 2, 2.5, 5, 10].find((step) => step * ten >= value) ?? 10) * ten;
}

function binsFrom(edges: readonly number[], rows: readonly { bin: number; count: bigint }[]): Bin[] {
  const counts = new Map(rows.map(({ bin, count }) => [bin, Number(count)]));
  return edges.map((from, i) => ({ from, count: counts.get(i + 1) ?? 0 }));
}

/** Points in hundredths and members who hold them, by the age of the lot; and what expires when. */
export type Ageing = { readonly key: string; readonly points: number; readonly members: number };

export async function ageing(
  tx: Tx,
  businessId: bigint,
  now: Date,
): Promise<{ held: Ageing[]; ending: Ageing[] }> {
  const rows = await callIn<{ side: string; key: string; points: bigint; members: bigint }>(
    tx,
    `WITH live AS (
       SELECT member_id, remaining, $2::timestamptz - available_at AS age, expires_at - $2::timestamptz AS left_over
       FROM lot WHERE business_id = $1::bigint AND remaining > 0 AND (expires_at IS NULL OR expires_at > $2::timestamptz)
     ), told AS (
       SELECT 'held' AS side, CASE WHEN age < interval '0' THEN 'pending' WHEN age < interval '30 days' THEN '30'
         WHEN age < interval '90 days' THEN '90' WHEN age < interval '180 days' THEN '180'
         WHEN age < interval '365 days' THEN '365' ELSE 'older' END AS key, remaining, member_id FROM live
       UNION ALL
       SELECT 'ending', CASE WHEN left_over IS NULL THEN 'never' WHEN left_over < interval '30 days' THEN '30'
         WHEN left_over < interval '90 days' THEN '90' WHEN left_over < interval '180 days' THEN '180'
         WHEN left_over < interval '365 days' THEN '365' ELSE 'later' END, remaining, member_id FROM live
     )
     SELECT side, key, sum(remaining)::bigint AS points, count(DISTINCT member_id) AS members FROM told GROUP BY 1, 2`,
    [businessId, now],
  );
  const side = (name: string, keys: readonly string[]) =>
    keys.map((key) => {
      const row = rows.find((one) => one.side === name && one.key === key);
      return { key, points: Number(row?.points ?? 0n), members: Number(row?.members ?? 0n) };
    });
  return {
    held: side("held", ["pending", "30", "90", "180", "365", "older"]),
    ending: side("ending", ["30", "90", "180", "365", "later", "never"]),
  };
}

/** Keeps the figures of a chart until the next night. */
export async function keepChart(tx: Tx, ctx: Context, name: string, data: object | null): Promise<void> {
  const { id: businessId } = ctx.business;
  const body = { data: (data ?? {}) as Prisma.InputJsonObject, computedAt: ctx.now };
  await tx.insightChart.upsert({
    where: { businessId_name: { businessId, name } },
    create: { businessId, name, ...body },
    update: body,
  });
}

export async function keptCharts(tx: Tx, businessId: bigint): Promise<Map<string, unknown>> {
  const rows = await tx.insightChart.findMany({ where: { businessId } });
  return new Map(rows.map(({ name, data }) => [name, data]));
}
