import "server-only";
import { callIn, type SqlValue, type Tx } from "../platform/db";
import type { Link, ReferralState, Reward, RewardKind, Suspicion } from "./model";

export type Chain = Link & { readonly memberId: bigint };

/** Who stands above some friends, nearest first. */
export async function chainsOf(tx: Tx, businessId: bigint, memberIds: readonly bigint[]): Promise<Chain[]> {
  const rows = await callIn<{ member_id: bigint; level: number; ancestor_id: bigint; link_id: bigint }>(
    tx,
    "SELECT * FROM referral_chain($1::bigint, $2::bigint[])",
    [businessId, [...memberIds]],
  );
  return rows.map((row) => ({
    memberId: row.member_id,
    level: row.level,
    ancestorId: row.ancestor_id,
    linkId: row.link_id,
  }));
}

export async function zoneOf(tx: Tx, businessId: bigint): Promise<string> {
  const row = await tx.business.findUniqueOrThrow({ where: { id: businessId }, select: { zone: true } });
  return row.zone;
}

/** Those of some members who hold points friends brought. */
export async function holdersOf(tx: Tx, businessId: bigint, memberIds: readonly bigint[]): Promise<bigint[]> {
  const rows = await callIn<{ id: bigint }>(
    tx,
    `SELECT DISTINCT member_id AS id FROM lot WHERE business_id = $1::bigint AND member_id = ANY ($2::bigint[])
     AND kind = 'referral' AND remaining > 0`,
    [businessId, [...memberIds]],
  );
  return rows.map(({ id }) => id);
}

export type Standing = { readonly lastAt: Date | null; readonly isBlocked: boolean };

/** Locks members, lowest first, and says how they stand. */
export async function lock(
  tx: Tx,
  businessId: bigint,
  memberIds: readonly bigint[],
): Promise<ReadonlyMap<bigint, Standing>> {
  const rows = await callIn<{ member_id: bigint; last_at: Date | null; blocked: boolean }>(
    tx,
    "SELECT * FROM referral_lock($1::bigint, $2::bigint[])",
    [businessId, [...memberIds]],
  );
  return new Map(rows.map((row) => [row.member_id, { lastAt: row.last_at, isBlocked: row.blocked }]));
}

export type Bought = {
  readonly id: bigint;
  readonly cashMinor: bigint;
  readonly refundedMinor: bigint;
  readonly programmeVersion: number;
  readonly isCanceled: boolean;
};

/** A purchase as it stands now: the money paid and the money given back. */
export async function purchase(tx: Tx, businessId: bigint, id: bigint): Promise<Bought | undefined> {
  const [row] = await callIn<{
    id: bigint;
    cash: bigint;
    refunded: bigint;
    version: number;
    canceled: boolean;
  }>(
    tx,
    `SELECT o.id, o.cash_minor AS cash, o.programme_version AS version, o.state = 'canceled' AS canceled, coalesce((SELECT sum(r.cash_minor) FROM operation r
       WHERE r.business_id = o.business_id AND r.origin_id = o.id AND r.kind = 'refund'), 0)::bigint AS refunded
     FROM operation o WHERE o.business_id = $1::bigint AND o.id = $2::bigint AND o.kind = 'purchase'`,
    [businessId, id],
  );
  return (
    row && {
      id: row.id,
      cashMinor: row.cash,
      refundedMinor: row.refunded,
      programmeVersion: row.version,
      isCanceled: row.canceled,
    }
  );
}

export type Friend = {
  readonly memberId: bigint;
  readonly inviterId: bigint;
  readonly joinedAt: Date;
  readonly state: ReferralState;
  readonly boughtAt: Date | null;
  readonly effectiveId: bigint | null;
  readonly decidedAt: Date | null;
  readonly device: string | null;
  readonly network: string | null;
};

/** A friend's row, made when it is missing: members may come by imports that tell no news. */
export async function friend(
  tx: Tx,
  businessId: bigint,
  made: {
    memberId: bigint;
    inviterId: bigint;
    device?: string | null;
    network?: string | null;
  },
): Promise<{ friend: Friend; isNew: boolean }> {
  const where = { businessId_memberId: { businessId, memberId: made.memberId } };
  const known = await tx.referral.findUnique({ where });
  if (known) return { friend: { ...known, state: known.state as ReferralState }, isNew: false };
  const id = { businessId, id: made.memberId };
  const { createdAt } = await tx.member.findUniqueOrThrow({
    where: { businessId_id: id },
    select: { createdAt: true },
  });
  const row = await tx.referral.create({
    data: { businessId, ...made, joinedAt: createdAt, state: "open" },
  });
  return { friend: { ...row, state: row.state as ReferralState }, isNew: true };
}

export async function hold(
  tx: Tx,
  businessId: bigint,
  memberId: bigint,
  suspicions: readonly Suspicion[],
): Promise<void> {
  await tx.referral.update({
    where: { businessId_memberId: { businessId, memberId } },
    data: { state: "held", suspicions: [...suspicions] },
  });
}

export async function statesOf(
  tx: Tx,
  businessId: bigint,
  memberIds: readonly bigint[],
): Promise<ReadonlyMap<bigint, ReferralState>> {
  const rows = await tx.referral.findMany({
    where: { businessId, memberId: { in: [...memberIds] } },
    select: { memberId: true, state: true },
  });
  return new Map(rows.map((row) => [row.memberId, row.state as ReferralState]));
}

/** The first visit that stands, as the member's own figures have it now; remembered here, and told with what was known before. */
export async function noteFirst(
  tx: Tx,
  businessId: bigint,
  memberId: bigint,
): Promise<{ before: Date | null; after: Date | null }> {
  const [row] = await callIn<{ before: Date | null; after: Date | null }>(
    tx,
    `UPDATE referral r SET bought_at = s.first_at FROM member_stats s, referral old
     WHERE r.business_id = $1::bigint AND r.member_id = $2::bigint AND (s.business_id, s.member_id) = (r.business_id, r.member_id)
       AND (old.business_id, old.member_id) = (r.business_id, r.member_id)
     RETURNING old.bought_at AS "before", s.first_at AS "after"`,
    [businessId, memberId],
  );
  return row ?? { before: null, after: null };
}

export async function setEffective(
  tx: Tx,
  businessId: bigint,
  memberId: bigint,
  effectiveId: bigint | null,
): Promise<void> {
  await tx.referral.update({
    where: { businessId_memberId: { businessId, memberId } },
    data: { effectiveId },
  });
}

export async function effectiveOf(
  tx: Tx,
  businessId: bigint,
  memberId: bigint,
  minMinor: bigint,
): Promise<bigint | null> {
  const [row] = await callIn<{ id: bigint | null }>(
    tx,
    "SELECT referral_effective($1::bigint, $2::bigint, $3::bigint) AS id",
    [businessId, memberId, minMinor],
  );
  return row?.id ?? null;
}

export type Sums = {
  joined?: number;
  bought?: number;
  farJoined?: number;
  cashMinor?: bigint;
  farCashMinor?: bigint;
  points?: bigint;
};

/** Adds to an inviter's sums; the caller holds the inviter's lock. */
export async function add(tx: Tx, businessId: bigint, memberId: bigint, sums: Sums): Promise<void> {
  const values: SqlValue[] = [
    businessId,
    memberId,
    sums.joined ?? 0,
    sums.bought ?? 0,
    sums.farJoined ?? 0,
    sums.cashMinor ?? 0n,
    sums.farCashMinor ?? 0n,
    sums.points ?? 0n,
  ];
  await callIn(
    tx,
    `SELECT 1 AS ok FROM referral_add($1::bigint, $2::bigint, 0, $3::int, $4::int, $5::int, $6::bigint, $7::bigint, $8::bigint)`,
    values,
  );
}

export async function addToFriend(
  tx: Tx,
  businessId: bigint,
  memberId: bigint,
  points: bigint,
): Promise<void> {
  await tx.referral.update({
    where: { businessId_memberId: { businessId, memberId } },
    data: { points: { increment: points } },
  });
}

export async function forgetOpens(tx: Tx, businessId: bigint, before: string): Promise<void> {
  await tx.referralOpen.deleteMany({ where: { businessId, day: { lt: new Date(`${before}T00:00:00Z`) } } });
}

export type DaySums = { readonly joined: number; readonly bought: number };

/** Adds to days, in ascending order, so that two writers never wait crosswise. */
export async function addToDays(
  tx: Tx,
  businessId: bigint,
  days: ReadonlyMap<string, DaySums>,
): Promise<void> {
  const ordered = [...days].toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (ordered.length === 0) return;
  await callIn(
    tx,
    `INSERT INTO referral_day AS d (business_id, day, joined, bought)
     SELECT $1::bigint, * FROM unnest($2::date[], $3::bigint[], $4::bigint[])
     ON CONFLICT (business_id, day) DO UPDATE SET joined = d.joined + excluded.joined, bought = d.bought + excluded.bought
     RETURNING 1 AS ok`,
    [
      businessId,
      ordered.map(([day]) => day),
      ordered.map(([, sums]) => BigInt(sums.joined)),
      ordered.map(([, sums]) => BigInt(sums.bought)),
    ],
  );
}

export type KeptReward = Reward & {
  readonly sourceId: bigint;
  readonly friendId: bigint;
  readonly programmeVersion: number;
  readonly taken: bigint;
  readonly state: "paid" | "held" | "dropped";
  readonly heldBy: bigint | null;
  readonly grantId: bigint | null;
};
export type RewardKey = Pick<KeptReward, "sourceId" | "kind" | "level">;
export type { RewardKind };
