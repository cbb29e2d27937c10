import "server-only";
import { callIn, type Tx } from "../../platform/db";

export type Relative = {
  readonly id: bigint;
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly isPayer: boolean;
  readonly visits: number;
  readonly points: bigint;
  readonly cashSpentMinor: bigint;
  readonly lastAt: Date | null;
};

export async function householdOf(tx: Tx, businessId: bigint, memberId: bigint) {
  const own = await tx.householdMember.findUnique({
    where: { businessId_memberId: { businessId, memberId } },
    select: { householdId: true },
  });
  if (!own) return undefined;
  return await tx.household.findUnique({
    where: { businessId_id: { businessId, id: own.householdId } },
    select: { id: true, name: true },
  });
}

export async function relatives(tx: Tx, businessId: bigint, householdId: bigint): Promise<Relative[]> {
  return await callIn<Relative>(
    tx,
    `SELECT h.member_id AS id, p.name, p.phone, p.email, h.is_payer AS "isPayer", s.visits, s.points,
       s.cash_spent_minor AS "cashSpentMinor", s.last_at AS "lastAt"
     FROM household_member h JOIN member_stats s ON s.business_id = h.business_id AND s.member_id = h.member_id
     LEFT JOIN member_profile p ON p.business_id = h.business_id AND p.member_id = h.member_id
     WHERE h.business_id = $1::bigint AND h.household_id = $2::bigint ORDER BY h.is_payer DESC, h.since, h.member_id`,
    [businessId, householdId],
  );
}

/** Holds a household, so that it is not changed twice at once. */
export async function hold(tx: Tx, householdId: bigint): Promise<void> {
  await callIn(tx, "SELECT id FROM household WHERE id = $1::bigint FOR UPDATE", [householdId]);
}

export async function insert(tx: Tx, businessId: bigint, id: bigint, name: string, now: Date): Promise<void> {
  await tx.household.create({ data: { businessId, id, name, createdAt: now } });
}

export async function join(
  tx: Tx,
  about: { businessId: bigint; memberId: bigint; householdId: bigint; since: Date },
): Promise<void> {
  await tx.householdMember.create({ data: about });
}

export async function leave(tx: Tx, businessId: bigint, memberId: bigint): Promise<boolean> {
  return (await tx.householdMember.deleteMany({ where: { businessId, memberId } })).count === 1;
}

/** Takes a household away that one person alone is none of. */
export async function dissolve(tx: Tx, businessId: bigint, householdId: bigint): Promise<void> {
  if ((await tx.householdMember.count({ where: { businessId, householdId } })) > 1) return;
  await tx.householdMember.deleteMany({ where: { businessId, householdId } });
  await tx.household.deleteMany({ where: { businessId, id: householdId } });
}

export async function edit(
  tx: Tx,
  businessId: bigint,
  householdId: bigint,
  change: { name: string; payerId: bigint | null },
): Promise<void> {
  await tx.household.update({
    where: { businessId_id: { businessId, id: householdId } },
    data: { name: change.name },
  });
  await tx.householdMember.updateMany({ where: { businessId, householdId }, data: { isPayer: false } });
  if (change.payerId !== null)
    await tx.householdMember.updateMany({
      where: { businessId, householdId, memberId: change.payerId },
      data: { isPayer: true },
    });
}

export async function knows(tx: Tx, businessId: bigint, memberId: bigint): Promise<boolean> {
  return (await tx.member.count({ where: { businessId, id: memberId } })) === 1;
}
