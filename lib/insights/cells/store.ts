import "server-only";
import type { Day } from "../../kernel/time";
import { callIn, type Tx } from "../../platform/db";
import { dayText } from "../members/store";
import type { Cell } from "../model";

export type Move = { readonly from: string; readonly to: string; readonly members: number };

/** Adds moves to a night's: a night that is worked through twice finds nobody moved the second time. */
export async function addMoves(tx: Tx, businessId: bigint, day: Day, moves: readonly Move[]): Promise<void> {
  if (moves.length === 0) return;
  await callIn(
    tx,
    `INSERT INTO insight_move_day (business_id, day, from_cell, to_cell, members)
     SELECT $1::bigint, $2::date, "from", "to", members FROM jsonb_to_recordset($3::jsonb) AS m("from" text, "to" text, members int)
     ORDER BY 3, 4 ON CONFLICT (business_id, day, from_cell, to_cell)
     DO UPDATE SET members = insight_move_day.members + excluded.members RETURNING 1 AS ok`,
    [businessId, day, JSON.stringify(moves)],
  );
}

/** Keeps the sizes of all cells on a day; a second time replaces the first. */
export async function snapshot(tx: Tx, businessId: bigint, day: Day): Promise<void> {
  await callIn(
    tx,
    "DELETE FROM insight_cell_day WHERE business_id = $1::bigint AND day = $2::date RETURNING 1 AS ok",
    [businessId, day],
  );
  await callIn(
    tx,
    `INSERT INTO insight_cell_day (business_id, day, cell, members, spent_minor, value_365_minor)
     SELECT $1::bigint, $2::date, rfm_cell, count(*), sum(spent_minor), coalesce(sum(value_365_minor), 0)
     FROM member_insight WHERE business_id = $1::bigint AND rfm_cell IS NOT NULL GROUP BY rfm_cell RETURNING 1 AS ok`,
    [businessId, day],
  );
}

/** One square of the picture. */
export type Square = {
  readonly cell: Cell;
  readonly recency: number;
  readonly column: number;
  readonly members: number;
  readonly spentMinor: bigint;
  readonly value365Minor: bigint;
  /** A year at everybody's own past rate and spending. */
  readonly past365Minor: bigint;
};

/** All squares with somebody in them, as they are at this moment. */
export async function squares(tx: Tx, businessId: bigint, today: Day): Promise<Square[]> {
  const rows = await callIn<{
    rfm_cell: Cell;
    recency: number;
    col: number;
    members: bigint;
    spent: bigint;
    value: bigint;
    past: bigint;
  }>(
    tx,
    `SELECT rfm_cell, recency_score AS recency,
       CASE WHEN visit_days <= 1 THEN 1 ELSE (frequency_score + monetary_score + 1) / 2 END AS col,
       count(*) AS members, sum(spent_minor)::bigint AS spent, coalesce(sum(value_365_minor), 0)::bigint AS value,
       coalesce(sum(repeat_spent_minor * 365.0 / greatest($2::date - first_on, last_on - first_on, 1)) FILTER (WHERE visit_days > 1), 0)::bigint
         AS past
     FROM member_insight WHERE business_id = $1::bigint AND rfm_cell IS NOT NULL GROUP BY 1, 2, 3`,
    [businessId, today],
  );
  return rows.map((row) => ({
    cell: row.rfm_cell,
    recency: row.recency,
    column: row.col,
    members: Number(row.members),
    spentMinor: row.spent,
    value365Minor: row.value,
    past365Minor: row.past,
  }));
}

export type CellDay = { readonly day: Day; readonly cell: Cell; readonly members: number };

/** Sizes of all cells on the snapshots since a day, oldest first. */
export async function cellDays(tx: Tx, businessId: bigint, since: Day): Promise<CellDay[]> {
  const rows = await tx.insightCellDay.findMany({
    where: { businessId, day: { gte: new Date(`${since}T00:00:00Z`) } },
    orderBy: [{ day: "asc" }, { cell: "asc" }],
  });
  return rows.map((row) => ({ day: dayText(row.day) ?? "", cell: row.cell as Cell, members: row.members }));
}

/** Moves between cells since a day, summed, the largest first. */
export async function movesSince(tx: Tx, businessId: bigint, since: Day): Promise<Move[]> {
  const rows = await callIn<{ from_cell: string; to_cell: string; members: bigint }>(
    tx,
    `SELECT from_cell, to_cell, sum(members) AS members FROM insight_move_day
     WHERE business_id = $1::bigint AND day >= $2::date GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2`,
    [businessId, since],
  );
  return rows.map((row) => ({ from: row.from_cell, to: row.to_cell, members: Number(row.members) }));
}
