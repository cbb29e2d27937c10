import "server-only";
import type { Day } from "../../kernel/time";
import { callIn, type Tx } from "../../platform/db";
import type { Facts, Insight } from "../model";

/**
 * Makes rows for members who have none and locks all of them: facts read afterwards stay true until the transaction ends.
 * Members ascend, so that two writers never wait crosswise.
 */
export async function lockMembers(
  tx: Tx,
  businessId: bigint,
  members: readonly bigint[],
  now: Date,
): Promise<void> {
  await callIn(
    tx,
    `INSERT INTO member_insight (business_id, member_id, computed_at)
     SELECT $1::bigint, id, $3::timestamptz FROM unnest($2::bigint[]) AS m(id) ORDER BY id
     ON CONFLICT DO NOTHING RETURNING 1 AS ok`,
    [businessId, [...members], now],
  );
  await callIn(
    tx,
    `SELECT member_id FROM member_insight WHERE business_id = $1::bigint AND member_id = ANY ($2::bigint[])
     ORDER BY member_id FOR NO KEY UPDATE`,
    [businessId, [...members]],
  );
}

type FactRow = {
  member_id: bigint;
  visit_days: number;
  first_on: Date | null;
  last_on: Date | null;
  spent_minor: bigint;
  repeat_spent_minor: bigint;
  gaps: number;
  own_gap_days: number | null;
};

const FACTS = "member_id, visit_days, first_on, last_on, spent_minor, repeat_spent_minor, gaps, own_gap_days";

export const dayText = (date: Date | null): Day | null => date?.toISOString().slice(0, 10) ?? null;

const factsFrom = (row: FactRow): Facts => ({
  memberId: row.member_id,
  visitDays: row.visit_days,
  firstOn: dayText(row.first_on),
  lastOn: dayText(row.last_on),
  spentMinor: row.spent_minor,
  repeatSpentMinor: row.repeat_spent_minor,
  gaps: row.gaps,
  ownGapDays: row.own_gap_days,
});

/** The facts of some members, counted from their purchases. */
export async function countFacts(
  tx: Tx,
  businessId: bigint,
  zone: string,
  members: readonly bigint[],
): Promise<Facts[]> {
  const rows = await callIn<FactRow>(
    tx,
    `SELECT ${FACTS} FROM insight_facts($1::bigint, $2, $3::bigint[]) ORDER BY member_id`,
    [businessId, zone, [...members]],
  );
  return rows.map(factsFrom);
}

/** Counts rhythms by category anew. */
export async function recountRhythms(
  tx: Tx,
  businessId: bigint,
  zone: string,
  members: readonly bigint[],
): Promise<void> {
  await callIn(tx, "SELECT 1 AS ok FROM (SELECT insight_rhythm($1::bigint, $2, $3::bigint[])) AS done", [
    businessId,
    zone,
    [...members],
  ]);
}

const SCORED = [
  ["recency_score", "smallint"],
  ["frequency_score", "smallint"],
  ["monetary_score", "smallint"],
  ["rfm_cell", "text"],
  ["gap_days", "real"],
  ["due_on", "date"],
  ["p_alive", "real"],
  ["expected_30", "real"],
  ["expected_90", "real"],
  ["expected_365", "real"],
  ["value_30_minor", "bigint"],
  ["value_90_minor", "bigint"],
  ["value_365_minor", "bigint"],
  ["state_version", "int"],
  ["as_of", "date"],
] as const;
const COUNTED = [
  ["visit_days", "int"],
  ["first_on", "date"],
  ["last_on", "date"],
  ["spent_minor", "bigint"],
  ["repeat_spent_minor", "bigint"],
  ["gaps", "smallint"],
  ["own_gap_days", "real"],
] as const;

const typesOf = (columns: readonly (readonly [string, string])[]) =>
  columns.map(([name, type]) => `${name} ${type}`).join(", ");
const fromNew = (columns: readonly (readonly [string, string])[]) =>
  columns.map(([name]) => `${name} = n.${name}`).join(", ");

export type Stamp = { readonly version: number; readonly asOf: Day; readonly now: Date };

const scoredRow = (insight: Insight, { version, asOf }: Stamp) => ({
  member_id: insight.memberId.toString(),
  recency_score: insight.recencyScore,
  frequency_score: insight.frequencyScore,
  monetary_score: insight.monetaryScore,
  rfm_cell: insight.cell,
  gap_days: insight.gapDays,
  due_on: insight.dueOn,
  p_alive: insight.pAlive,
  expected_30: insight.expected?.[0] ?? null,
  expected_90: insight.expected?.[1] ?? null,
  expected_365: insight.expected?.[2] ?? null,
  value_30_minor: insight.valueMinor?.[0] ?? null,
  value_90_minor: insight.valueMinor?.[1] ?? null,
  value_365_minor: insight.valueMinor?.[2] ?? null,
  state_version: version,
  as_of: asOf,
});

/** Keeps facts and what was made of them. Call `lockMembers` before. */
export async function saveFacts(
  tx: Tx,
  businessId: bigint,
  pairs: readonly { facts: Facts; insight: Insight }[],
  stamp: Stamp,
): Promise<void> {
  const rows = pairs.map(({ facts, insight }) => ({
    ...scoredRow(insight, stamp),
    visit_days: facts.visitDays,
    first_on: facts.firstOn,
    last_on: facts.lastOn,
    spent_minor: facts.spentMinor.toString(),
    repeat_spent_minor: facts.repeatSpentMinor.toString(),
    gaps: facts.gaps,
    own_gap_days: facts.ownGapDays,
  }));
  const all = [...COUNTED, ...SCORED];
  await callIn(
    tx,
    `UPDATE member_insight i SET ${fromNew(all)}, computed_at = $3::timestamptz
     FROM jsonb_to_recordset($2::jsonb) AS n(member_id bigint, ${typesOf(all)})
     WHERE i.business_id = $1::bigint AND i.member_id = n.member_id RETURNING 1 AS ok`,
    [businessId, JSON.stringify(rows), stamp.now],
  );
}

/** Keeps what was made of known facts, in rows where something changed; the cell becomes the one of this night. */
export async function saveScores(
  tx: Tx,
  businessId: bigint,
  insights: readonly Insight[],
  stamp: Stamp,
): Promise<void> {
  const judged = SCORED.filter(([name]) => name !== "state_version" && name !== "as_of");
  await callIn(
    tx,
    `UPDATE member_insight i SET ${fromNew(SCORED)}, night_cell = n.rfm_cell, computed_at = $3::timestamptz
     FROM jsonb_to_recordset($2::jsonb) AS n(member_id bigint, ${typesOf(SCORED)})
     WHERE i.business_id = $1::bigint AND i.member_id = n.member_id
       AND (i.night_cell, ${judged.map(([name]) => `i.${name}`).join(", ")})
         IS DISTINCT FROM (n.rfm_cell, ${judged.map(([name]) => `n.${name}`).join(", ")}) RETURNING 1 AS ok`,
    [businessId, JSON.stringify(insights.map((insight) => scoredRow(insight, stamp))), stamp.now],
  );
}

/** The next members by id with what is known of them, locked. */
export async function factsAfter(
  tx: Tx,
  businessId: bigint,
  after: bigint,
  limit: number,
): Promise<{ facts: Facts; nightCell: string | null }[]> {
  const rows = await callIn<FactRow & { night_cell: string | null }>(
    tx,
    `SELECT ${FACTS}, night_cell FROM member_insight WHERE business_id = $1::bigint AND member_id > $2::bigint
     ORDER BY member_id LIMIT $3::int FOR NO KEY UPDATE`,
    [businessId, after, limit],
  );
  return rows.map((row) => ({ facts: factsFrom(row), nightCell: row.night_cell }));
}

/** The next members by id who visited, all of them or those nobody counted yet. */
export async function membersToCount(
  tx: Tx,
  businessId: bigint,
  after: bigint,
  limit: number,
  all: boolean,
): Promise<bigint[]> {
  const rows = await callIn<{ member_id: bigint }>(
    tx,
    `SELECT s.member_id FROM member_stats s
     LEFT JOIN member_insight i ON i.business_id = s.business_id AND i.member_id = s.member_id
     WHERE s.business_id = $1::bigint AND s.member_id > $2::bigint
       AND CASE WHEN $4::boolean THEN s.last_at IS NOT NULL OR i.member_id IS NOT NULL
         ELSE s.last_at IS NOT NULL AND i.member_id IS NULL END
     ORDER BY s.member_id LIMIT $3::int`,
    [businessId, after, limit, all],
  );
  return rows.map((row) => row.member_id);
}
