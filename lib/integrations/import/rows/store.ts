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
  const rows = await tx.importRow.findMany({
    where: { businessId, importId, state: "bad", no: { gt: after } },
    select: { no: true, line: true, faults: true, raw: true },
    orderBy: { no: "asc" },
    take: limit,
  });
  return rows.map((row) => ({
    ...row,
    faults: (row.faults ?? []) as Fault[],
    raw: (row.raw ?? []) as string[],
  }));
}

export async function countIn(tx: Tx, businessId: bigint, importId: bigint, state: string): Promise<number> {
  return await tx.importRow.count({ where: { businessId, importId, state } });
}
