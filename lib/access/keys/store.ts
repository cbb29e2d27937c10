import "server-only";
import { call, type Tx } from "../../platform/db";
import type { Business } from "../model";
import { type BusinessJson, businessOf } from "../store";

const keyFields = {
  id: true,
  name: true,
  hint: true,
  createdAt: true,
  revokedAt: true,
  lastUsedAt: true,
} as const;

export async function keyRows(tx: Tx, businessId: bigint) {
  return await tx.apiKey.findMany({
    where: { businessId },
    select: keyFields,
    orderBy: [{ revokedAt: { sort: "asc", nulls: "first" } }, { id: "desc" }],
    take: 200,
  });
}

export async function countLiveKeys(tx: Tx, businessId: bigint): Promise<number> {
  return await tx.apiKey.count({ where: { businessId, revokedAt: null } });
}

export async function insertKey(
  tx: Tx,
  businessId: bigint,
  row: { id: bigint; name: string; hint: string; keyHash: string },
  now: Date,
): Promise<void> {
  await tx.apiKey.create({ data: { ...row, businessId, createdAt: now } });
}

/** False when there is no such live key. */
export async function revokeKey(tx: Tx, businessId: bigint, id: bigint, now: Date): Promise<boolean> {
  const { count } = await tx.apiKey.updateMany({
    where: { businessId, id, revokedAt: null },
    data: { revokedAt: now },
  });
  return count === 1;
}

/** The live key with a fingerprint and its business, in one round trip. */
export async function tillByKey(
  businessId: bigint,
  keyHash: string,
  now: Date,
): Promise<{ keyId: bigint; keyHash: string; business: Business } | undefined> {
  const [row] = await call<{ key_id: bigint; key_hash: string; business: BusinessJson }>(
    "till_by_key",
    "SELECT * FROM till_by_key($1, $2, $3)",
    [businessId, keyHash, now],
  );
  return row && { keyId: row.key_id, keyHash: row.key_hash, business: businessOf(row.business) };
}
