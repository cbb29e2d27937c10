import "server-only";
import { callIn, type Tx } from "../../platform/db";
import type { BillLine } from "../model";
import type { Origin, Past, Start } from "./model";

export async function countPast(tx: Tx, businessId: bigint, from: bigint, to: bigint): Promise<number> {
  const [row] = await callIn<{ n: bigint }>(
    tx,
    `SELECT count(*) AS n FROM operation WHERE business_id = $1::bigint AND id >= $2::bigint AND id < $3::bigint
       AND kind IN ('purchase', 'refund')`,
    [businessId, from, to],
  );
  return Number(row?.n ?? 0);
}

/** The next operations in order of their ids, which is that of time; `share`: of one in so many members. */
export async function pastAfter(
  tx: Tx,
  businessId: bigint,
  asked: { after: bigint; to: bigint; share: number; limit: number; withLines: boolean },
): Promise<Past[]> {
  const rows = await callIn<Omit<Past, "lines">>(
    tx,
    `SELECT o.id, o.kind, o.origin_id AS "originId", o.member_id AS "memberId", o.at, o.total_minor AS "totalMinor",
       o.cash_minor AS "cashMinor", o.skip_minor AS "skipMinor", o.unredeemable_minor AS "unredeemableMinor",
       o.discount_minor AS "discountMinor", o.certificate_minor AS "certificateMinor", o.points_spent AS "pointsSpent",
       o.points_earned AS "pointsEarned", o.location_id AS "locationId", o.programme_version AS "programmeVersion",
       o.tier_id AS "tierId", o.is_first AS "isFirst", o.extras,
       CASE WHEN o.because @> '[{"code":"reward_off"}]' THEN (SELECT sum((x->>'minor')::bigint)::bigint
         FROM jsonb_array_elements(o.because) x WHERE x->>'code' = 'reward_off') ELSE 0 END AS "rebateMinor",
       o.kind = 'refund' AND EXISTS (SELECT FROM operation p WHERE p.business_id = o.business_id AND p.id = o.origin_id
         AND p.state = 'canceled' AND NOT EXISTS (SELECT FROM operation r WHERE r.business_id = o.business_id
           AND r.origin_id = o.origin_id AND r.id > o.id)) AS "isFull"
     FROM operation o
     WHERE o.business_id = $1::bigint AND o.id > $2::bigint AND o.id < $3::bigint AND o.kind IN ('purchase', 'refund')
       AND mod(o.member_id, $4::bigint) = 0
     ORDER BY o.id LIMIT $5::int`,
    [businessId, asked.after, asked.to, asked.share, asked.limit],
  );
  const lines = asked.withLines
    ? await linesOf(tx, businessId, rows[0]?.id ?? 0n, rows.at(-1)?.id ?? 0n)
    : null;
  return rows.map((row) => ({ ...row, lines: lines?.get(row.id) ?? [] }));
}

async function linesOf(
  tx: Tx,
  businessId: bigint,
  from: bigint,
  to: bigint,
): Promise<Map<bigint, BillLine[]>> {
  const rows = await callIn<BillLine & { operationId: bigint }>(
    tx,
    `SELECT l.operation_id AS "operationId", l.item_id AS "itemId", coalesce(l.category, i.category) AS category, l.quantity,
       l.amount_minor AS "amountMinor"
     FROM operation_line l LEFT JOIN item i ON i.business_id = l.business_id AND i.id = l.item_id
     WHERE l.business_id = $1::bigint AND l.operation_id BETWEEN $2::bigint AND $3::bigint`,
    [businessId, from, to],
  );
  const lines = new Map<bigint, BillLine[]>();
  for (const { operationId, ...line } of rows) {
    const known = lines.get(operationId);
    if (known) known.push(line);
    else lines.set(operationId, [line]);
  }
  return lines;
}

/** Members as the first operation from `from` on found them: today's figures less what has happened since. */
export async function startsOf(
  tx: Tx,
  businessId: bigint,
  memberIds: readonly bigint[],
  from: bigint,
): Promise<(Start & { memberId: bigint })[]> {
  return await callIn(
    tx,
    `SELECT m.id AS "memberId", m.created_at AS "createdAt", p.birth_date::text AS "birthDate", s.tier_id AS "tierId",
       s.effective_invited_count AS "effectiveInvited", (s.visits - w.bought + w.undone)::int AS visits,
       (s.cash_spent_minor - w.cash)::bigint AS "cashSpentMinor", coalesce(l.stood, '[]'::jsonb) AS stood,
       ARRAY(SELECT g.segment_id FROM segment_member g WHERE g.business_id = m.business_id AND g.member_id = m.id) AS segments,
       ARRAY(SELECT t.tag_id FROM member_tag t WHERE t.business_id = m.business_id AND t.member_id = m.id) AS tags
     FROM member m
     JOIN member_stats s ON s.business_id = m.business_id AND s.member_id = m.id
     LEFT JOIN member_profile p ON p.business_id = m.business_id AND p.member_id = m.id
     CROSS JOIN LATERAL (
       SELECT count(*) FILTER (WHERE o.kind = 'purchase') AS bought,
         count(*) FILTER (WHERE o.kind = 'refund' AND EXISTS (SELECT FROM operation c WHERE c.business_id = o.business_id
           AND c.id = o.origin_id AND c.state = 'canceled' AND NOT EXISTS (SELECT FROM operation r
             WHERE r.business_id = o.business_id AND r.origin_id = o.origin_id AND r.id > o.id))) AS undone,
         coalesce(sum(CASE o.kind WHEN 'purchase' THEN o.cash_minor WHEN 'refund' THEN -o.cash_minor ELSE 0 END), 0) AS cash
       FROM operation o WHERE o.business_id = m.business_id AND o.member_id = m.id AND o.id >= $3::bigint
     ) w
     LEFT JOIN LATERAL (
       SELECT jsonb_agg(jsonb_build_array(x.id, (extract(epoch FROM x.at) * 1000)::bigint)) AS stood FROM (
         SELECT o.id, o.at FROM operation o WHERE o.business_id = m.business_id AND o.member_id = m.id AND o.id < $3::bigint
           AND o.kind = 'purchase' AND (o.state = 'normal' OR EXISTS (SELECT FROM operation r
             WHERE r.business_id = o.business_id AND r.origin_id = o.id AND r.id >= $3::bigint))
         ORDER BY o.id DESC LIMIT 10) x
     ) l ON true
     WHERE m.business_id = $1::bigint AND m.id = ANY($2::bigint[])`,
    [businessId, memberIds, from],
  );
}

/** What rules had given members in the periods that ran at the start: what they gave till now, less what has happened since. */
export async function usesBefore(
  tx: Tx,
  businessId: bigint,
  start: Date,
  from: bigint,
): Promise<{ memberId: bigint; ruleId: bigint; period: string; amount: bigint; times: number }[]> {
  return await callIn(
    tx,
    `SELECT u.member_id AS "memberId", u.rule_id AS "ruleId", u.period, (u.amount - coalesce(w.amount, 0))::bigint AS amount,
       (u.times - coalesce(w.times, 0))::int AS times
     FROM rule_use u LEFT JOIN (
       SELECT e.member_id, e.ref::bigint AS rule_id, x->>'key' AS period, sum(e.amount - e.undone) AS amount,
         count(*) FILTER (WHERE o.state = 'normal') AS times
       FROM operation_effect e JOIN operation o ON o.business_id = e.business_id AND o.id = e.operation_id
       CROSS JOIN LATERAL jsonb_array_elements(e.detail->'periods') x
       WHERE e.business_id = $1::bigint AND e.kind = 'rule' AND e.operation_id >= $3::bigint GROUP BY 1, 2, 3
     ) w USING (member_id, rule_id, period)
     WHERE u.business_id = $1::bigint AND u.starts_at <= $2::timestamptz AND u.ends_at > $2::timestamptz`,
    [businessId, start, from],
  );
}

/** Earlier purchases of which a part was refunded since. */
export async function originsBefore(
  tx: Tx,
  businessId: bigint,
  from: bigint,
  share: number,
): Promise<Origin[]> {
  return await callIn(
    tx,
    `SELECT p.id, p.member_id AS "memberId", p.total_minor AS "totalMinor", (p.refunded_minor - r.refunded)::bigint AS "refundedMinor",
       p.points_earned AS "pointsEarned", p.points_spent AS "pointsSpent", p.discount_minor AS "discountMinor",
       p.cash_minor AS "cashMinor", p.state = 'canceled' AS "isCanceled", coalesce((
         SELECT jsonb_agg(jsonb_build_object('ref', e.ref, 'amount', e.amount, 'undone', e.undone, 'detail', e.detail))
         FROM operation_effect e WHERE e.business_id = p.business_id AND e.operation_id = p.id AND e.kind = 'rule'), '[]') AS effects
     FROM (SELECT origin_id, sum(total_minor) AS refunded FROM operation
       WHERE business_id = $1::bigint AND id >= $2::bigint AND kind = 'refund' AND origin_id < $2::bigint
         AND mod(member_id, $3::bigint) = 0 GROUP BY 1) r
     JOIN operation p ON p.business_id = $1::bigint AND p.id = r.origin_id`,
    [businessId, from, share],
  );
}

/** The same of budgets. */
export async function budgetsBefore(
  tx: Tx,
  businessId: bigint,
  from: bigint,
): Promise<{ ruleId: bigint; amount: bigint }[]> {
  return await callIn(
    tx,
    `SELECT b.rule_id AS "ruleId", (sum(b.used) - coalesce((SELECT sum(e.amount - e.undone) FROM operation_effect e
         WHERE e.business_id = $1::bigint AND e.kind = 'rule' AND e.ref = b.rule_id::text AND e.operation_id >= $2::bigint), 0))::bigint AS amount
     FROM rule_budget b WHERE b.business_id = $1::bigint GROUP BY b.rule_id`,
    [businessId, from],
  );
}
