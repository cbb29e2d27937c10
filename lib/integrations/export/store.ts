import "server-only";
import { callIn, type Tx } from "../../platform/db";
import type { Export } from "../import/model";

/** Values of one line in the order of `COLUMNS`: numbers and days as texts. */
export type ExportRow = { readonly id: bigint; readonly cells: readonly (string | null)[] };

const MONEY = (column: string) => `(${column} / 100.0)::numeric(20,2)::text`;
/** As every system reads it. */
const MOMENT = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
const WHO =
  "m.id::text, (SELECT min(e.external) FROM member_external e WHERE e.business_id = m.business_id AND e.member_id = m.id), p.name, p.phone, p.email";

const QUESTIONS: Readonly<Record<Export, string>> = {
  members: `SELECT m.id, ARRAY[${WHO}, p.birth_date::text, p.gender, p.note, s.tier_id, ${MONEY("s.points")}, s.visits::text,
      ${MONEY("s.cash_spent_minor")}, ${MOMENT("s.first_at")}, ${MOMENT("s.last_at")}, ${MOMENT("m.created_at")}]
      || ARRAY(SELECT c.fields->>k.key FROM unnest($4::text[]) WITH ORDINALITY AS k(key, no) ORDER BY k.no) AS cells
    FROM member m JOIN member_stats s ON s.business_id = m.business_id AND s.member_id = m.id
    LEFT JOIN member_profile p ON p.business_id = m.business_id AND p.member_id = m.id
    LEFT JOIN member_fields c ON c.business_id = m.business_id AND c.member_id = m.id
    WHERE m.business_id = $1::bigint AND m.id > $2::bigint ORDER BY m.id LIMIT $3::int`,
  balances: `SELECT m.id, ARRAY[${WHO}, ${MONEY("s.points")}] AS cells
    FROM member m JOIN member_stats s ON s.business_id = m.business_id AND s.member_id = m.id
    LEFT JOIN member_profile p ON p.business_id = m.business_id AND p.member_id = m.id
    WHERE m.business_id = $1::bigint AND m.id > $2::bigint ORDER BY m.id LIMIT $3::int`,
  purchases: `SELECT o.id, ARRAY[o.id::text, ${MOMENT("o.at")}, o.state, o.member_id::text,
      (SELECT min(e.external) FROM member_external e WHERE e.business_id = o.business_id AND e.member_id = o.member_id),
      p.name, p.phone, o.receipt_number, ${MONEY("o.total_minor")}, ${MONEY("o.cash_minor")}, ${MONEY("o.discount_minor")},
      ${MONEY("o.points_spent")}, ${MONEY("o.points_earned")}, ${MONEY("o.refunded_minor")}, l.name, l.category, l.quantity::text,
      ${MONEY("l.amount_minor")}] AS cells
    FROM (SELECT * FROM operation x WHERE x.business_id = $1::bigint AND x.id > $2::bigint AND x.kind = 'purchase' ORDER BY x.id LIMIT $3::int) o
    LEFT JOIN member_profile p ON p.business_id = o.business_id AND p.member_id = o.member_id
    LEFT JOIN operation_line l ON l.business_id = o.business_id AND l.operation_id = o.id
    ORDER BY o.id, l.no`,
};

/** Some lines after an id; a purchase comes with all of its lines. */
export async function exported(
  tx: Tx,
  what: Export,
  businessId: bigint,
  after: bigint,
  limit: number,
  own: readonly string[],
): Promise<ExportRow[]> {
  const values = [businessId, after, limit];
  return await callIn<ExportRow>(tx, QUESTIONS[what], what === "members" ? [...values, own] : values);
}
