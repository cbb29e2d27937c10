import "server-only";
import { callIn, type Tx } from "../../platform/db";
import type { Sums } from "../proof/model";

type Place = { readonly businessId: bigint; readonly id: bigint };

export type ArmSums = {
  readonly isControl: boolean;
  /** Money in currency units. */
  readonly revenue: Sums;
  readonly visits: Sums;
  readonly visited: number;
  /** Whose window is not over yet. */
  readonly open: number;
  readonly discountMinor: bigint;
  readonly pointsSpent: bigint;
};

type Row = {
  is_control: boolean;
  n: bigint;
  visited: bigint;
  open: bigint;
  discount: bigint;
  points_spent: bigint;
} & Record<"ry" | "ryy" | "rx" | "rxx" | "rxy" | "vy" | "vyy" | "vx" | "vxx" | "vxy", number>;

/**
 * What those who entered and the control group did in the window after their first entry, and in as long a time before it.
 *
 * Units: revenue is what was paid and kept, after refunds, in currency units; visits are purchases not wholly refunded.
 */
export async function armSums(
  tx: Tx,
  { businessId, id }: Place,
  windowDays: number,
  now: Date,
): Promise<ArmSums[]> {
  const rows = await callIn<Row>(
    tx,
    `WITH people AS (
       SELECT DISTINCT ON (r.member_id) r.member_id, r.entered_at, r.state = 'control' AS is_control FROM journey_run r
       WHERE r.business_id = $1::bigint AND r.journey_id = $2::bigint AND NOT (r.state = 'active' AND r.step IS NULL)
       ORDER BY r.member_id, r.no
     ), did AS (
       SELECT p.is_control, p.entered_at + make_interval(days => $3::int) > $4::timestamptz AS is_open,
         coalesce(sum(x.paid) FILTER (WHERE x.is_after), 0) AS ry, coalesce(sum(x.paid) FILTER (WHERE NOT x.is_after), 0) AS rx,
         count(*) FILTER (WHERE x.is_after) AS vy, count(*) FILTER (WHERE NOT x.is_after) AS vx,
         coalesce(sum(x.discount_minor) FILTER (WHERE x.is_after), 0) AS discount,
         coalesce(sum(x.points_spent) FILTER (WHERE x.is_after), 0) AS points_spent
       FROM people p LEFT JOIN LATERAL (
         SELECT o.at > p.entered_at AS is_after, o.discount_minor, o.points_spent,
           CASE WHEN o.total_minor = 0 THEN 0 ELSE o.cash_minor * (1 - o.refunded_minor / o.total_minor::float8) / 100 END AS paid
         FROM operation o WHERE o.business_id = $1::bigint AND o.member_id = p.member_id AND o.kind = 'purchase' AND o.state = 'normal'
           AND o.at > p.entered_at - make_interval(days => $3::int)
           AND o.at <= least($4::timestamptz, p.entered_at + make_interval(days => $3::int))
       ) AS x ON true GROUP BY p.member_id, p.entered_at, p.is_control
     )
     SELECT is_control, count(*) AS n, count(*) FILTER (WHERE vy > 0) AS visited, count(*) FILTER (WHERE is_open) AS open,
       sum(discount)::bigint AS discount, sum(points_spent)::bigint AS points_spent,
       sum(ry)::float8 AS ry, sum(ry * ry)::float8 AS ryy, sum(rx)::float8 AS rx, sum(rx * rx)::float8 AS rxx, sum(rx * ry)::float8 AS rxy,
       sum(vy)::float8 AS vy, sum(vy * vy)::float8 AS vyy, sum(vx)::float8 AS vx, sum(vx * vx)::float8 AS vxx, sum(vx * vy)::float8 AS vxy
     FROM did GROUP BY is_control`,
    [businessId, id, windowDays, now],
  );
  return rows.map((row) => {
    const n = Number(row.n);
    return {
      isControl: row.is_control,
      revenue: { n, y: row.ry, yy: row.ryy, x: row.rx, xx: row.rxx, xy: row.rxy },
      visits: { n, y: row.vy, yy: row.vyy, x: row.vx, xx: row.vxx, xy: row.vxy },
      visited: Number(row.visited),
      open: Number(row.open),
      discountMinor: row.discount,
      pointsSpent: row.points_spent,
    };
  });
}

export type Delivery = {
  readonly step: string;
  readonly variant: string | null;
  readonly queued: number;
  readonly sent: number;
  readonly delivered: number;
  readonly opened: number;
  readonly clicked: number;
  readonly refused: number;
  readonly failed: number;
  readonly waiting: number;
};

/** What became of the messages, by step and variant; each counted once, as far as it came. */
export async function deliveries(tx: Tx, { businessId, id }: Place): Promise<Delivery[]> {
  const rows = await callIn<Record<string, bigint> & { step: string; variant: string | null }>(
    tx,
    `SELECT coalesce(source_step, '') AS step, source_variant AS variant, count(*) AS queued,
       count(*) FILTER (WHERE state IN ('sent', 'delivered', 'opened', 'clicked')) AS sent,
       count(*) FILTER (WHERE delivered_at IS NOT NULL OR opened_at IS NOT NULL OR clicked_at IS NOT NULL) AS delivered,
       count(*) FILTER (WHERE opened_at IS NOT NULL OR clicked_at IS NOT NULL) AS opened,
       count(*) FILTER (WHERE clicked_at IS NOT NULL) AS clicked,
       count(*) FILTER (WHERE state = 'refused') AS refused, count(*) FILTER (WHERE state = 'failed') AS failed,
       count(*) FILTER (WHERE state IN ('queued', 'sending')) AS waiting
     FROM message WHERE business_id = $1::bigint AND source_kind IN ('journey', 'campaign') AND source_id = $2
     GROUP BY 1, 2 ORDER BY 1, 2`,
    [businessId, id.toString()],
  );
  return rows.map(({ step, variant, ...counts }) => {
    const number = (name: string) => Number(counts[name] ?? 0n);
    return {
      step,
      variant,
      queued: number("queued"),
      sent: number("sent"),
      delivered: number("delivered"),
      opened: number("opened"),
      clicked: number("clicked"),
      refused: number("refused"),
      failed: number("failed"),
      waiting: number("waiting"),
    };
  });
}

/** Why messages were not sent, the most frequent first. */
export async function refusals(
  tx: Tx,
  { businessId, id }: Place,
): Promise<{ reason: string; people: number }[]> {
  const rows = await callIn<{ reason: string; people: bigint }>(
    tx,
    `SELECT refusal AS reason, count(*) AS people FROM message
     WHERE business_id = $1::bigint AND source_kind IN ('journey', 'campaign') AND source_id = $2 AND state IN ('refused', 'failed')
       AND refusal IS NOT NULL GROUP BY 1 ORDER BY 2 DESC`,
    [businessId, id.toString()],
  );
  return rows.map((row) => ({ reason: row.reason, people: Number(row.people) }));
}

/** Messages that left the house, by channel. */
export async function byChannel(
  tx: Tx,
  { businessId, id }: Place,
): Promise<{ channel: string; messages: number }[]> {
  const rows = await callIn<{ channel: string; messages: bigint }>(
    tx,
    `SELECT channel, count(*) AS messages FROM message
     WHERE business_id = $1::bigint AND source_kind IN ('journey', 'campaign') AND source_id = $2 AND sent_at IS NOT NULL AND channel IS NOT NULL
     GROUP BY 1 ORDER BY 2 DESC`,
    [businessId, id.toString()],
  );
  return rows.map((row) => ({ channel: row.channel, messages: Number(row.messages) }));
}

export async function pointsGiven(tx: Tx, { businessId, id }: Place): Promise<bigint> {
  const { _sum: sum } = await tx.journeyEffect.aggregate({
    where: { businessId, journeyId: id },
    _sum: { points: true },
  });
  return sum.points ?? 0n;
}

/** Points that messages gave along with them. Hundredths. */
export async function pointsSent(tx: Tx, { businessId, id }: Place): Promise<bigint> {
  const [row] = await callIn<{ points: bigint }>(
    tx,
    `SELECT coalesce(sum(o.points_earned), 0)::bigint AS points FROM message m
     JOIN template_version v ON v.business_id = m.business_id AND v.template_id = m.template_id AND v.version = m.template_version
       AND v.content->'offers' @> '[{"kind": "points"}]'
     JOIN idempotency i ON i.business_id = m.business_id AND i.key = 'message:' || m.id
     JOIN operation o ON o.business_id = i.business_id AND o.id = i.operation_id
     WHERE m.business_id = $1::bigint AND m.source_kind IN ('journey', 'campaign') AND m.source_id = $2`,
    [businessId, id.toString()],
  );
  return row?.points ?? 0n;
}

/** Others that reached the same people while this one's window was open: what they brought cannot be told apart. */
export async function overlaps(
  tx: Tx,
  { businessId, id }: Place,
  windowDays: number,
): Promise<{ id: bigint; name: string; kind: string; people: number }[]> {
  const rows = await callIn<{ id: bigint; name: string; kind: string; people: bigint }>(
    tx,
    `SELECT j.id, j.name, j.kind, count(DISTINCT o.member_id) AS people
     FROM journey_run r
     JOIN journey_run o ON o.business_id = r.business_id AND o.member_id = r.member_id AND o.journey_id <> r.journey_id AND o.state <> 'control'
       AND o.entered_at BETWEEN r.entered_at - make_interval(days => $3::int) AND r.entered_at + make_interval(days => $3::int)
     JOIN journey j ON j.business_id = o.business_id AND j.id = o.journey_id
     WHERE r.business_id = $1::bigint AND r.journey_id = $2::bigint AND r.state <> 'control'
     GROUP BY j.id, j.name, j.kind ORDER BY 4 DESC LIMIT 10`,
    [businessId, id, windowDays],
  );
  return rows.map((row) => ({ ...row, people: Number(row.people) }));
}

export type StepPeople = { readonly step: string; readonly here: number; readonly passed: number };

/** People at each step now and in all. */
export async function stepPeople(tx: Tx, { businessId, id }: Place): Promise<StepPeople[]> {
  const rows = await callIn<{ step: string; here: bigint; passed: bigint }>(
    tx,
    `SELECT coalesce(h.step, p.step) AS step, coalesce(h.here, 0) AS here, coalesce(p.people, 0) AS passed
     FROM (SELECT step, count(*) AS here FROM journey_run
           WHERE business_id = $1::bigint AND journey_id = $2::bigint AND state = 'active' AND step IS NOT NULL GROUP BY step) h
     FULL JOIN (SELECT step, people FROM journey_passed WHERE business_id = $1::bigint AND journey_id = $2::bigint) p ON p.step = h.step`,
    [businessId, id],
  );
  return rows.map((row) => ({ step: row.step, here: Number(row.here), passed: Number(row.passed) }));
}

/** Runs by how they stand. */
export async function states(tx: Tx, { businessId, id }: Place): Promise<Record<string, number>> {
  const rows = await tx.journeyRun.groupBy({
    by: ["state"],
    where: { businessId, journeyId: id },
    _count: { _all: true },
  });
  return Object.fromEntries(rows.map((row) => [row.state, row._count._all]));
}

export type PersonRun = {
  readonly id: bigint;
  readonly memberId: bigint;
  readonly version: number;
  readonly state: string;
  readonly step: string | null;
  readonly dueAt: Date | null;
  readonly waiting: string | null;
  readonly enteredAt: Date;
  readonly reason: string | null;
  readonly because: unknown;
};

/** Who is or was where, newest first. */
export async function people(
  tx: Tx,
  { businessId, id }: Place,
  asked: { step: string | null; state: string | null; before: bigint | null; limit: number },
): Promise<PersonRun[]> {
  return await tx.journeyRun.findMany({
    where: {
      businessId,
      journeyId: id,
      ...(asked.step === null ? {} : { step: asked.step }),
      ...(asked.state === null ? {} : { state: asked.state }),
      ...(asked.before === null ? {} : { id: { lt: asked.before } }),
    },
    orderBy: { id: "desc" },
    take: asked.limit,
  });
}
