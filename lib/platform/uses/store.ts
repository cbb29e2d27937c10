import "server-only";
import { callIn, type Tx } from "../db";
import type { Nameable, Use, UseKind } from "./model";

type Row = { target: string; kind: UseKind; ref: string; name: string };

export async function usesOf(
  tx: Tx,
  businessId: bigint,
  now: Date,
  kind: Nameable,
  ids: readonly (string | bigint)[],
): Promise<Map<string, Use[]>> {
  if (ids.length === 0) return new Map();
  const rows = await callIn<Row>(
    tx,
    "SELECT * FROM uses_of($1::bigint, $2::timestamptz, $3::text, $4::text[])",
    [businessId, now, kind, ids.map(String)],
  );
  const uses = new Map<string, Use[]>();
  for (const { target, ...use } of rows) uses.set(target, [...(uses.get(target) ?? []), use]);
  return uses;
}
