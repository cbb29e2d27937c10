import "server-only";
import { callIn, type Tx } from "../../../platform/db";
import type { Fault } from "../model";

/** Forgets some rows of a reading that is begun again; answers how many went. */
export async function forgetRows(
  tx: Tx,
  businessId: bigint,
  importId: bigint,
  limit: number,
): Promise<number> {
  const [gone] = await callIn<{ gone: number }>(
    tx,
    `WITH gone AS (DELETE FROM import_row WHERE business_id = $1::bigint AND import_id = $2::bigint AND no <= (
       SELECT coalesce(min(no), 0) + $3::int FROM import_row WHERE business_id = $1::bigint AND import_id = $2::bigint) RETURNING 1)
     SELECT count(*)::int AS gone FROM gone`,
    [businessId, importId, limit],
  );
  return gone?.gone ?? 0;
}

export async function keepRows(tx: Tx, businessId: bigint, importId: bigint, rows: string): Promise<void> {
  await callIn(tx, "SELECT 1 AS ok FROM import_keep($1::bigint, $2::bigint, $3::jsonb)", [
    businessId,
    importId,
    rows,
  ]);
}

export type BadRow = { no: number; line: number; faults: Fault[]; raw: string[] };

/** Rows with faults, in the order of the file. */
export async function badRows(
  tx: Tx,
  businessId: bigint,
  importId: bigint,
  after: number,
  limit: number,
): Promise<BadRow[]> {
  return await callIn<BadRow>(
    tx,
    `SELECT no, line, faults, raw FROM import_row
     WHERE business_id = $1::bigint AND import_id = $2::bigint AND no > $3::int AND faults IS NOT NULL ORDER BY no LIMIT $4::int`,
    [businessId, importId, after, limit],
  );
}

export async function countIn(tx: Tx, businessId: bigint, importId: bigint, state: string): Promise<number> {
  return await tx.importRow.count({ where: { businessId, importId, state } });
}

/** Names of some members who are still there, for a report that keeps none. */
export async function namesOf(
  tx: Tx,
  businessId: bigint,
  memberIds: readonly bigint[],
): Promise<{ id: bigint; name: string | null }[]> {
  const rows = await tx.memberProfile.findMany({
    where: { businessId, memberId: { in: [...memberIds] } },
    select: { memberId: true, name: true, phone: true },
    orderBy: { memberId: "asc" },
  });
  return rows.map(({ memberId, name, phone }) => ({ id: memberId, name: name ?? phone }));
}
