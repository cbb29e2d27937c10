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

/** A service or good that can be picked at a desk. */
export type Item = {
  readonly id: bigint;
  readonly name: string;
  readonly category: string | null;
  readonly priceMinor: bigint;
};
const ITEMS_MAX = 1_000;

/** What is on offer, by category and name. */
export async function itemsFor(tx: Tx, businessId: bigint): Promise<Item[]> {
  return await tx.item.findMany({
    where: { businessId, archivedAt: null },
    select: { id: true, name: true, category: true, priceMinor: true },
    orderBy: [{ category: "asc" }, { name: "asc" }],
    take: ITEMS_MAX,
  });
}
