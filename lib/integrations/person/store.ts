import "server-only";
import { callIn, type Tx } from "../../platform/db";

/** Rows of one table in a person's document: nobody has more of anything that is theirs. */
const ROWS_MAX = 50_000;

export async function documentOf(
  tx: Tx,
  businessId: bigint,
  memberId: bigint,
): Promise<Record<string, unknown>> {
  const [row] = await callIn<{ document: Record<string, unknown> }>(
    tx,
    "SELECT member_document($1::bigint, $2::bigint, $3::int) AS document",
    [businessId, memberId, ROWS_MAX],
  );
  return row?.document ?? {};
}
