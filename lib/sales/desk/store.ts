import "server-only";
import { callIn, type Tx } from "../../platform/db";

export type Place = { locationId: bigint | null; locationName: string | null };

/** Where somebody of the staff works, when they work at one place. */
export async function placeOf(tx: Tx, businessId: bigint, staffId: bigint): Promise<Place> {
  const [row] = await callIn<{ id: bigint | null; name: string | null }>(
    tx,
    `SELECT l.id, l.name FROM staff s JOIN location l ON l.business_id = s.business_id AND l.id = s.location_id
     WHERE s.business_id = $1::bigint AND s.id = $2::bigint`,
    [businessId, staffId],
  );
  return { locationId: row?.id ?? null, locationName: row?.name ?? null };
}
