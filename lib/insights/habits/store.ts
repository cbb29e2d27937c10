import "server-only";
import { callIn, type Tx } from "../../platform/db";
import { VISITS_READ, type Visit } from "./model";

type Row = {
  at: Date;
  amount_minor: bigint;
  staff: string | null;
  location: string | null;
  lines: [name: string, category: string | null, amountMinor: number][] | null;
};

/** A member's last purchases that were not given back, with what was on the bills; an item goes by the name it has now. */
export async function lastVisits(tx: Tx, businessId: bigint, memberId: bigint): Promise<Visit[]> {
  const rows = await callIn<Row>(
    tx,
    `SELECT o.at, o.total_minor - o.refunded_minor AS amount_minor, s.name AS staff, p.name AS location,
       (SELECT jsonb_agg(jsonb_build_array(coalesce(t.name, l.name), coalesce(l.category, t.category), l.amount_minor))
        FROM operation_line l LEFT JOIN item t ON t.business_id = l.business_id AND t.id = l.item_id
        WHERE l.business_id = o.business_id AND l.operation_id = o.id) AS lines
     FROM (SELECT * FROM operation o WHERE o.business_id = $1::bigint AND o.member_id = $2::bigint AND o.kind = 'purchase'
         AND o.state = 'normal' AND o.total_minor > o.refunded_minor ORDER BY o.id DESC LIMIT ${VISITS_READ}) o
     LEFT JOIN staff s ON s.business_id = o.business_id AND s.id = o.staff_id
     LEFT JOIN location p ON p.business_id = o.business_id AND p.id = o.location_id`,
    [businessId, memberId],
  );
  return rows.map((row) => ({
    at: row.at,
    amountMinor: row.amount_minor,
    staff: row.staff,
    location: row.location,
    lines: (row.lines ?? []).map(([name, category, amount]) => ({
      name,
      category,
      amountMinor: BigInt(amount),
    })),
  }));
}
