import "server-only";
import { newId } from "../../kernel/ids";
import { assert, Refused } from "../../kernel/refusals";
import { callIn, type Tx, violatedConstraint } from "../../platform/db";
import type { Context, Role } from "../model";

/** Makes office writes of one business wait for each other, so that what they checked still holds when they write. */
export async function lockBusiness(tx: Tx, ctx: Context): Promise<void> {
  const rows = await callIn(tx, "SELECT id FROM business WHERE id = $1 FOR NO KEY UPDATE", [ctx.business.id]);
  assert(rows.length === 1, "the context's business exists");
}

const staffFields = {
  id: true,
  name: true,
  email: true,
  role: true,
  externalId: true,
  locationId: true,
  createdAt: true,
  disabledAt: true,
} as const;

export async function staffRows(tx: Tx, businessId: bigint) {
  return await tx.staff.findMany({
    where: { businessId },
    select: staffFields,
    orderBy: [{ disabledAt: { sort: "asc", nulls: "first" } }, { id: "asc" }],
  });
}

export async function staffRow(tx: Tx, businessId: bigint, id: bigint) {
  return await tx.staff.findUnique({ where: { businessId_id: { businessId, id } }, select: staffFields });
}

export async function countStaff(tx: Tx, businessId: bigint): Promise<number> {
  return await tx.staff.count({ where: { businessId } });
}

/** Owners who can sign in now, other than one. */
export async function otherOwners(tx: Tx, businessId: bigint, id: bigint): Promise<number> {
  return await tx.staff.count({
    where: { businessId, role: "owner", disabledAt: null, credentialId: { not: null }, id: { not: id } },
  });
}

/** The credential of an address, made if there is none; an existing one keeps its password. */
export async function credentialFor(
  tx: Tx,
  email: string,
  passwordHash: string | null,
  now: Date,
): Promise<bigint> {
  await callIn(
    tx,
    `INSERT INTO credential (id, email, password_hash, created_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (email) DO NOTHING RETURNING id`,
    [newId(now), email, passwordHash, now],
  );
  const { id } = await tx.credential.findUniqueOrThrow({ where: { email }, select: { id: true } });
  return id;
}

export type NewStaffRow = {
  id: bigint;
  credentialId: bigint | null;
  name: string;
  email: string | null;
  role: Role;
  externalId: string | null;
  locationId: bigint | null;
};

/** Refuses: `email_taken`, `external_id_taken`. */
export async function insertStaff(tx: Tx, businessId: bigint, row: NewStaffRow, now: Date): Promise<void> {
  try {
    await tx.staff.create({ data: { ...row, businessId, createdAt: now } });
  } catch (error) {
    const constraint = violatedConstraint(error);
    if (constraint?.includes("credential")) throw new Refused("email_taken");
    if (constraint?.includes("external")) throw new Refused("external_id_taken");
    throw error;
  }
}

export async function updateStaff(
  tx: Tx,
  businessId: bigint,
  id: bigint,
  data: { role?: Role; disabledAt?: Date | null },
): Promise<void> {
  await tx.staff.update({ where: { businessId_id: { businessId, id } }, data });
}

export async function locationRows(tx: Tx, businessId: bigint, withArchived: boolean) {
  return await tx.location.findMany({
    where: { businessId, ...(withArchived ? {} : { archivedAt: null }) },
    select: { id: true, name: true, address: true, createdAt: true, archivedAt: true },
    orderBy: [{ archivedAt: { sort: "asc", nulls: "first" } }, { id: "asc" }],
  });
}

export async function insertLocation(
  tx: Tx,
  businessId: bigint,
  row: { id: bigint; name: string; address: string | null },
  now: Date,
): Promise<void> {
  await tx.location.create({ data: { ...row, businessId, createdAt: now } });
}

export async function updateLocation(
  tx: Tx,
  businessId: bigint,
  id: bigint,
  data: { name?: string; address?: string | null; archivedAt?: Date },
): Promise<void> {
  await tx.location.update({ where: { businessId_id: { businessId, id } }, data });
}

/** Staff of a closed location belong to none. */
export async function moveStaffOut(tx: Tx, businessId: bigint, locationId: bigint): Promise<void> {
  await tx.staff.updateMany({ where: { businessId, locationId }, data: { locationId: null } });
}
