import "server-only";
import { callIn, type Tx } from "../../platform/db";

/** The groups each member is in. */
export async function segmentsOf(
  tx: Tx,
  businessId: bigint,
  memberIds: readonly bigint[],
): Promise<Map<bigint, string[]>> {
  const rows = await callIn<{ member_id: bigint; segments: string[] }>(
    tx,
    `SELECT member_id, array_agg(segment_id::text) AS segments FROM segment_member
     WHERE business_id = $1::bigint AND member_id = ANY($2::bigint[]) GROUP BY member_id`,
    [businessId, memberIds],
  );
  return new Map(rows.map((row) => [row.member_id, row.segments]));
}
