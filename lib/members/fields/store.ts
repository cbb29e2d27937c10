import "server-only";
import type { Context } from "../../access/model";
import { newId } from "../../kernel/ids";
import { callIn, type Tx } from "../../platform/db";
import { CUSTOM_KINDS, type CustomField, type CustomValue, type CustomValues, customIdOf } from "./model";

/** All fields ever made, in the owner's order. */
export async function fields(tx: Tx, businessId: bigint): Promise<CustomField[]> {
  const rows = await tx.customField.findMany({
    where: { businessId },
    select: { id: true, name: true, kind: true, options: true, archivedAt: true },
    orderBy: [{ position: "asc" }, { id: "asc" }],
  });
  return rows.map((row) => ({
    ...row,
    kind: CUSTOM_KINDS.find((kind) => kind === row.kind) ?? "text",
  }));
}

/** One at a time changes a business's list of fields: its limit and its order are of the whole list. */
export async function holdList(tx: Tx, businessId: bigint): Promise<void> {
  await callIn(tx, "SELECT pg_advisory_xact_lock(1263553620, hashint8($1::bigint))::text", [businessId]);
}

export async function insertField(
  tx: Tx,
  ctx: Context,
  field: Pick<CustomField, "name" | "kind" | "options"> & { position: number },
): Promise<bigint> {
  const id = newId(ctx.now);
  await tx.customField.create({
    data: {
      businessId: ctx.business.id,
      id,
      ...field,
      options: [...field.options],
      createdAt: ctx.now,
    },
  });
  return id;
}

export async function updateField(
  tx: Tx,
  businessId: bigint,
  id: bigint,
  change: { name?: string; options?: string[]; position?: number; archivedAt?: Date | null },
): Promise<void> {
  await tx.customField.update({ where: { businessId_id: { businessId, id } }, data: change });
}

export async function valuesOf(tx: Tx, businessId: bigint, memberId: bigint): Promise<CustomValues> {
  const row = await tx.memberFields.findUnique({
    where: { businessId_memberId: { businessId, memberId } },
    select: { fields: true },
  });
  return new Map(
    Object.entries(row?.fields ?? {}).map(([key, value]) => [customIdOf(key), value as CustomValue]),
  );
}

/** Adds to what is known of a member, by the keys of fields; null forgets. */
export async function mergeValues(
  tx: Tx,
  businessId: bigint,
  memberId: bigint,
  values: Readonly<Record<string, CustomValue | null>>,
): Promise<void> {
  await callIn(
    tx,
    `INSERT INTO member_fields AS f (business_id, member_id, fields) VALUES ($1::bigint, $2::bigint, jsonb_strip_nulls($3::jsonb))
     ON CONFLICT (business_id, member_id) DO UPDATE SET fields = jsonb_strip_nulls(f.fields || $3::jsonb) RETURNING 1 AS ok`,
    [businessId, memberId, JSON.stringify(values)],
  );
}
