import "server-only";
import { callIn, type Tx } from "../../platform/db";
import { HERE } from "../compile/compile";
import type { Facts } from "../decide/model";
import type { Needs } from "../decide/needs/model";
import type { Bill } from "../events/model";
import { type Field, fieldOf, JOINS } from "../fields/model";

/** Of a longer history only this much is loaded; the member is then asked about in SQL. */
export const BILLS_MAX = 1_000;

export type Loaded = { readonly facts: Facts; readonly isWhole: boolean };

type Row = {
  member_id: bigint;
  fields: Record<string, string | number | boolean | null>;
  sets: Record<string, (string | number)[]>;
  segments: [number, number][];
  lots: [number, number][];
  bills: BillRow[];
};
type BillRow = [
  at: number,
  kind: Bill["kind"],
  amount: number,
  spent: number,
  earned: number,
  location: number | null,
  staff: number | null,
  source: string,
  lines: [item: number | null, category: string | null, quantity: number, amount: number][] | null,
];

const ms = (at: string) => `(extract(epoch FROM ${at}) * 1000)::bigint`;

function valueSql(field: Field): string {
  if (field.isInstant) return ms(field.sql);
  return field.kind === "day" || field.isYearsSince ? `(${field.sql})::text` : field.sql;
}

/** A function of the database takes a hundred arguments. */
const ENTRIES_AT_ONCE = 40;
const object = (entries: readonly string[]) => {
  const parts = Array.from({ length: Math.ceil(entries.length / ENTRIES_AT_ONCE) }, (_, no) =>
    entries.slice(no * ENTRIES_AT_ONCE, (no + 1) * ENTRIES_AT_ONCE),
  );
  return parts.map((part) => `jsonb_build_object(${part.join(", ")})`).join(" || ") || "'{}'::jsonb";
};
const list = (sql: string) => `(SELECT coalesce(jsonb_agg(x.v), '[]'::jsonb) FROM (${sql}) x(v))`;

const LINES = `(SELECT jsonb_agg(jsonb_build_array(l.item_id, t.category, l.quantity, l.amount_minor)) FROM operation_line l
        LEFT JOIN item t ON t.business_id = l.business_id AND t.id = l.item_id
        WHERE l.business_id = o.business_id AND l.operation_id = o.id)`;

/** The statement is the same for the same needs, so that it is prepared once. */
function factsSql(needs: Needs): string {
  const asked = [...needs.fields].toSorted().flatMap((id) => fieldOf(id) ?? []);
  const plain = asked.filter(({ kind }) => kind !== "set");
  const joins = [...new Set(plain.map(({ join }) => join))].map((join) => JOINS[join]);
  const fields = plain.map((field) => `'${field.id}', ${valueSql(field)}`);
  const sets = asked
    .filter(({ kind }) => kind === "set")
    .map(
      ({ id, sql }) => `'${id}', ${list(`SELECT v.value FROM (${sql}) v WHERE v.member_id = s.member_id`)}`,
    );
  const bills = `SELECT jsonb_build_array(${ms("o.at")}, o.kind, CASE o.kind WHEN 'purchase' THEN o.total_minor - o.refunded_minor
      ELSE o.total_minor END, o.points_spent, o.points_earned, o.location_id, o.staff_id, o.source, ${needs.lines ? LINES : "NULL"})
    FROM operation o WHERE o.business_id = $1::bigint AND o.member_id = s.member_id AND o.state <> 'canceled'
    ORDER BY o.id DESC LIMIT ${BILLS_MAX + 1}`;
  return `SELECT s.member_id, ${object(fields)} AS fields, ${object(sets)} AS sets,
    ${list(`SELECT jsonb_build_array(x.segment_id, ${ms("x.entered_at")}) FROM segment_member x
      WHERE x.business_id = $1::bigint AND x.member_id = s.member_id`)} AS segments,
    ${needs.lots ? list(LOTS) : "'[]'::jsonb"} AS lots, ${needs.events ? list(bills) : "'[]'::jsonb"} AS bills
  FROM member_stats s ${joins.join(" ")}
  WHERE s.business_id = $1::bigint AND s.member_id = ANY($2::bigint[]) AND ${HERE}`;
}

const LOTS = `SELECT jsonb_build_array(${ms("t.expires_at")}, t.remaining) FROM lot t
      WHERE t.business_id = $1::bigint AND t.member_id = s.member_id AND t.remaining > 0 AND t.expires_at IS NOT NULL`;

/** Loads what is needed of some members, in one statement. Members that are gone are not in the answer. */
export async function loadFacts(
  tx: Tx,
  businessId: bigint,
  memberIds: readonly bigint[],
  needs: Needs,
): Promise<Loaded[]> {
  const rows = await callIn<Row>(tx, factsSql(needs), [businessId, [...memberIds]]);
  return rows.map((row) => ({
    isWhole: row.bills.length <= BILLS_MAX,
    facts: {
      memberId: Number(row.member_id),
      fields: row.fields,
      sets: row.sets,
      segments: new Map(row.segments),
      lots: row.lots.map(([expiresAt, points]) => ({ expiresAt, points })),
      bills: row.bills.map(billOf),
    },
  }));
}

function billOf([
  at,
  kind,
  amount,
  pointsSpent,
  pointsEarned,
  location,
  staff,
  source,
  lines,
]: BillRow): Bill {
  return {
    at,
    kind,
    amount,
    pointsSpent,
    pointsEarned,
    location,
    staff,
    source,
    lines: (lines ?? []).map(([item, category, quantity, part]) => ({
      item,
      category,
      quantity,
      amount: part,
    })),
  };
}
