import "server-only";
import { callIn, type Tx } from "../platform/db";

/**
 * Keeps a till's key; the number it was first kept for comes back when it was met before.
 *
 * Refuses: `nonce_conflict` for another body.
 */
export async function keepKey(
  tx: Tx,
  businessId: bigint,
  key: string,
  fingerprint: string,
  id: bigint,
  now: Date,
): Promise<bigint | null> {
  const [row] = await callIn<{ first: bigint | null }>(
    tx,
    "SELECT keep_key($1::bigint, $2, $3, $4::bigint, $5::timestamptz) AS first",
    [businessId, key, fingerprint, id, now],
  );
  return row?.first ?? null;
}
