import "server-only";
import { callIn, type Tx } from "../../platform/db";

export async function erase(tx: Tx, businessId: bigint, now: Date, memberId: bigint): Promise<bigint> {
  const [row] = await callIn<{ burned: bigint }>(
    tx,
    "SELECT erase_member($1::bigint, $2::timestamptz, $3::bigint) AS burned",
    [businessId, now, memberId],
  );
  return row?.burned ?? 0n;
}

export async function tombstonesOf(tx: Tx, businessId: bigint) {
  return await tx.tombstone.findMany({ where: { businessId } });
}

export async function insertTombstones(
  tx: Tx,
  businessId: bigint,
  tombstones: readonly { memberId: bigint; at: Date }[],
): Promise<void> {
  await tx.tombstone.createMany({
    data: tombstones.map(({ memberId, at }) => ({ businessId, memberId, at })),
    skipDuplicates: true,
  });
}

/** Members who were erased and are there all the same. */
export async function risen(tx: Tx, businessId: bigint): Promise<bigint[]> {
  const rows = await callIn<{ id: bigint }>(tx, "SELECT risen($1::bigint) AS id", [businessId]);
  return rows.map(({ id }) => id);
}
