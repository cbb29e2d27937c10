import "server-only";
import { idsBetween } from "../kernel/ids";
import { addDays, type Day, startOfDay } from "../kernel/time";
import { callIn, type Tx } from "../platform/db";
import { add, COUNTED, type DayFigures, type DayRange, type Figures, figuresOf, NOTHING } from "./model";

/** Counting and recounting one business keep out of each other's way: many may count, a recount is alone. */
const LOCK = 1_263_553_616;

export async function lockToCount(tx: Tx, businessId: bigint): Promise<void> {
  await callIn(tx, "SELECT 1 AS ok FROM pg_advisory_xact_lock_shared($1::int, hashint8($2::bigint))", [
    LOCK,
    businessId,
  ]);
}

export async function lockToRecount(tx: Tx, businessId: bigint): Promise<void> {
  await callIn(tx, "SELECT 1 AS ok FROM pg_advisory_xact_lock($1::int, hashint8($2::bigint))", [
    LOCK,
    businessId,
  ]);
}

export async function zoneOf(tx: Tx, businessId: bigint): Promise<string> {
  const row = await tx.business.findUniqueOrThrow({ where: { id: businessId }, select: { zone: true } });
  return row.zone;
}

const FIGURES = [
  ["purchases", "purchases"],
  ['"returning"', "returning"],
  ["new_members", "newMembers"],
  ["total_minor", "totalMinor"],
  ["cash_minor", "cashMinor"],
  ["discount_minor", "discountMinor"],
  ["refunded_minor", "refundedMinor"],
  ["points_issued", "pointsIssued"],
  ["points_spent", "pointsSpent"],
  ["points_expired", "pointsExpired"],
] as const satisfies readonly (readonly [string, keyof Figures])[];

const ADD = `INSERT INTO business_day (business_id, day, ${FIGURES.map(([column]) => column).join(", ")})
  SELECT $1::bigint, * FROM unnest($2::date[], ${FIGURES.map((_, i) => `$${i + 3}::bigint[]`).join(", ")})
  ON CONFLICT (business_id, day) DO UPDATE SET
    ${FIGURES.map(([column]) => `${column} = business_day.${column} + excluded.${column}`).join(", ")}`;

/** Adds figures to days; a day's row is made with its first figure. Days ascend, so that two writers never wait crosswise. */
export async function addToDays(tx: Tx, businessId: bigint, days: readonly DayFigures[]): Promise<void> {
  const ordered = days.toSorted((a, b) => (a.day < b.day ? -1 : 1));
  if (ordered.length === 0) return;
  await callIn(tx, `${ADD} RETURNING 1 AS ok`, [
    businessId,
    ordered.map(({ day }) => day),
    ...FIGURES.map(([, name]) => ordered.map((day) => BigInt(day[name]))),
  ]);
}

export async function replaceDays(
  tx: Tx,
  businessId: bigint,
  range: DayRange,
  days: readonly DayFigures[],
): Promise<void> {
  await tx.businessDay.deleteMany({
    where: { businessId, day: { gte: dateOf(range.from), lte: dateOf(range.to) } },
  });
  await addToDays(tx, businessId, days);
}

const dateOf = (day: Day) => new Date(`${day}T00:00:00Z`);

/** Truth and what is not yet counted of it, from one snapshot: an event and its operation come and go together. */
const TRUTH = `WITH truth AS (
    SELECT (at AT TIME ZONE $2)::date AS day,
      count(*) FILTER (WHERE kind = 'purchase') AS purchases,
      count(*) FILTER (WHERE kind = 'purchase' AND NOT is_first) AS "returning", 0 AS new_members,
      sum(total_minor) FILTER (WHERE kind = 'purchase') AS total_minor,
      sum(cash_minor) FILTER (WHERE kind = 'purchase') AS cash_minor,
      sum(discount_minor) FILTER (WHERE kind = 'purchase') AS discount_minor,
      sum(cash_minor) FILTER (WHERE kind = 'refund') AS refunded_minor,
      sum(CASE kind WHEN 'purchase' THEN points_earned WHEN 'refund' THEN -points_earned ELSE points_earned - points_spent END) AS points_issued,
      sum(CASE kind WHEN 'purchase' THEN points_spent WHEN 'refund' THEN -points_spent ELSE 0 END) AS points_spent,
      0 AS points_expired
    FROM operation WHERE business_id = $1::bigint AND id >= $5::bigint AND id < $6::bigint
      AND at >= $3::timestamptz AND at < $4::timestamptz GROUP BY 1
    UNION ALL
    SELECT (created_at AT TIME ZONE $2)::date, 0, 0, count(*), 0, 0, 0, 0, 0, 0, 0
    FROM member WHERE business_id = $1::bigint AND id >= $5::bigint AND id < $6::bigint
      AND created_at >= $3::timestamptz AND created_at < $4::timestamptz GROUP BY 1
    UNION ALL
    SELECT (at AT TIME ZONE $2)::date, 0, 0, 0, 0, 0, 0, 0, 0, 0, sum(CASE WHEN credit = 'breakage' THEN points ELSE -points END)
    FROM transfer WHERE business_id = $1::bigint AND (credit = 'breakage' OR debit = 'breakage')
      AND at >= $3::timestamptz AND at < $4::timestamptz GROUP BY 1
  ), summed AS (
    SELECT day::text, ${FIGURES.map(([column, name]) => `coalesce(sum(${column}), 0)::text AS "${name}"`).join(", ")}
    FROM truth GROUP BY 1
  ), pending AS (
    SELECT type, payload, (at AT TIME ZONE $2)::date::text AS day FROM outbox
    WHERE business_id = $1::bigint AND type = ANY($7::text[]) AND dead_at IS NULL
      AND at >= $3::timestamptz AND at < $4::timestamptz
  )
  SELECT (SELECT coalesce(json_agg(summed), '[]') FROM summed) AS days,
    (SELECT coalesce(json_agg(pending), '[]') FROM pending) AS pending`;

type Counted = {
  days: ({ day: Day } & Record<keyof Figures, string>)[];
  pending: { type: string; payload: Record<string, unknown>; day: Day }[];
};

/** What the rollups of a range ought to hold: everything that happened, less what the outbox still has to tell. */
export async function truthOf(
  tx: Tx,
  businessId: bigint,
  zone: string,
  range: DayRange,
): Promise<DayFigures[]> {
  const [from, to] = [startOfDay(range.from, zone), startOfDay(addDays(range.to, 1), zone)];
  const ids = idsBetween(from, to);
  const [row] = await callIn<Counted>(tx, TRUTH, [
    businessId,
    zone,
    from,
    to,
    ids.from,
    ids.until,
    [...COUNTED],
  ]);
  const byDay = new Map<Day, Figures>();
  for (const { day, ...texts } of row?.days ?? []) byDay.set(day, figuresFrom(texts));
  for (const { day, type, payload } of row?.pending ?? [])
    byDay.set(day, add(byDay.get(day) ?? NOTHING, figuresOf(type, payload), -1));
  return Array.from(byDay, ([day, figures]) => ({ day, ...figures }));
}

/** Counts stay numbers, amounts become bigints, as `NOTHING` shows. */
function figuresFrom(values: Record<keyof Figures, string | number | bigint>): Figures {
  return {
    purchases: Number(values.purchases),
    returning: Number(values.returning),
    newMembers: Number(values.newMembers),
    totalMinor: BigInt(values.totalMinor),
    cashMinor: BigInt(values.cashMinor),
    discountMinor: BigInt(values.discountMinor),
    refundedMinor: BigInt(values.refundedMinor),
    pointsIssued: BigInt(values.pointsIssued),
    pointsSpent: BigInt(values.pointsSpent),
    pointsExpired: BigInt(values.pointsExpired),
  };
}

/** The rollups of a range, oldest first; a day on which nothing happened has none. */
export async function daysIn(tx: Tx, businessId: bigint, range: DayRange): Promise<DayFigures[]> {
  const rows = await tx.businessDay.findMany({
    where: { businessId, day: { gte: dateOf(range.from), lte: dateOf(range.to) } },
    orderBy: { day: "asc" },
  });
  return rows.map((row) => ({ day: row.day.toISOString().slice(0, 10), ...figuresFrom(row) }));
}

/** Since the beginning: points nobody spent yet, pending ones too, and members. */
export async function everything(
  tx: Tx,
  businessId: bigint,
): Promise<{ outstanding: bigint; members: number }> {
  const { _sum: sum } = await tx.businessDay.aggregate({
    where: { businessId },
    _sum: { pointsIssued: true, pointsSpent: true, pointsExpired: true, newMembers: true },
  });
  return {
    outstanding: (sum.pointsIssued ?? 0n) - (sum.pointsSpent ?? 0n) - (sum.pointsExpired ?? 0n),
    members: sum.newMembers ?? 0,
  };
}

/** The day the first member came, when there is one. */
export async function firstDay(tx: Tx, businessId: bigint, zone: string): Promise<Day | undefined> {
  const [row] = await callIn<{ day: Day | null }>(
    tx,
    `SELECT least(
       (SELECT (created_at AT TIME ZONE $2)::date FROM member WHERE business_id = $1::bigint ORDER BY id LIMIT 1),
       (SELECT (at AT TIME ZONE $2)::date FROM operation WHERE business_id = $1::bigint ORDER BY id LIMIT 1))::text AS day`,
    [businessId, zone],
  );
  return row?.day ?? undefined;
}

export type Started = { programme: boolean; staff: boolean; poster: boolean; key: boolean };

/** Which first steps were taken, each by the trace it leaves. */
export async function started(tx: Tx, businessId: bigint): Promise<Started> {
  const [programme, staff, poster, key] = [
    await tx.programmeVersion.findFirst({
      where: { businessId, staffId: { not: null } },
      select: { version: true },
    }),
    await tx.staff.findMany({ where: { businessId, disabledAt: null }, select: { id: true }, take: 2 }),
    await tx.audit.findFirst({ where: { businessId, subjectKind: "poster" }, select: { id: true } }),
    await tx.apiKey.findFirst({ where: { businessId, revokedAt: null }, select: { id: true } }),
  ];
  return {
    programme: programme !== null,
    staff: staff.length > 1,
    poster: poster !== null,
    key: key !== null,
  };
}
