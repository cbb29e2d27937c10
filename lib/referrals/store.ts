import "server-only";
import { callIn, type Tx } from "../platform/db";
import type { Link, ReferralState, Reward, RewardKind, Suspicion } from "./model";
import type { Sum, Sums } from "./sums";

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

/** Purchases as they stand now: the money paid and the money given back. */
export async function purchases(
  tx: Tx,
  businessId: bigint,
  ids: readonly bigint[],
): Promise<ReadonlyMap<bigint, Bought>> {
  if (ids.length === 0) return new Map();
  const rows = await callIn<Bought>(
    tx,
    `SELECT o.id, o.cash_minor AS "cashMinor", o.programme_version AS "programmeVersion", o.state = 'canceled' AS "isCanceled",
       coalesce((SELECT sum(r.cash_minor) FROM operation r
         WHERE r.business_id = o.business_id AND r.origin_id = o.id AND r.kind = 'refund'), 0)::bigint AS "refundedMinor"
     FROM operation o WHERE o.business_id = $1::bigint AND o.id = ANY ($2::bigint[]) AND o.kind = 'purchase'`,
    [businessId, [...ids]],
  );
  return new Map(rows.map((row) => [row.id, row]));
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

/** The rows of friends that were met before. */
export async function friends(
  tx: Tx,
  businessId: bigint,
  memberIds: readonly bigint[],
): Promise<Map<bigint, Friend>> {
  const rows = await tx.referral.findMany({ where: { businessId, memberId: { in: [...memberIds] } } });
  return new Map(rows.map((row) => [row.memberId, { ...row, state: row.state as ReferralState }]));
}

/** Makes a friend's row, of the day they became a member. */
export async function addFriend(
  tx: Tx,
  businessId: bigint,
  made: Pick<Friend, "memberId" | "inviterId" | "device" | "network">,
): Promise<Friend> {
  const id = { businessId, id: made.memberId };
  const { createdAt } = await tx.member.findUniqueOrThrow({
    where: { businessId_id: id },
    select: { createdAt: true },
  });
  const row = await tx.referral.create({
    data: { businessId, ...made, joinedAt: createdAt, state: "open" },
  });
  return { ...row, state: row.state as ReferralState };
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
): Promise<Map<bigint, ReferralState>> {
  const rows = await tx.referral.findMany({
    where: { businessId, memberId: { in: [...memberIds] } },
    select: { memberId: true, state: true },
  });
  return new Map(rows.map((row) => [row.memberId, row.state as ReferralState]));
}

export type First = { readonly before: Date | null; readonly after: Date | null };

/** Friends' first visits that stand, as their own figures have them now; remembered here, and told where they were not known so. */
export async function noteFirsts(
  tx: Tx,
  businessId: bigint,
  memberIds: readonly bigint[],
): Promise<Map<bigint, First>> {
  if (memberIds.length === 0) return new Map();
  const rows = await callIn<First & { id: bigint }>(
    tx,
    `UPDATE referral r SET bought_at = s.first_at FROM member_stats s, referral old
     WHERE r.business_id = $1::bigint AND r.member_id = ANY ($2::bigint[])
       AND (s.business_id, s.member_id) = (r.business_id, r.member_id) AND r.bought_at IS DISTINCT FROM s.first_at
       AND (old.business_id, old.member_id) = (r.business_id, r.member_id)
     RETURNING r.member_id AS id, old.bought_at AS "before", s.first_at AS "after"`,
    [businessId, [...memberIds]],
  );
  return new Map(rows.map(({ id, before, after }) => [id, { before, after }]));
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

/** Adds to inviters' sums, in ascending order; the caller holds the inviters' locks. */
export async function addSums(tx: Tx, businessId: bigint, sums: Sums): Promise<void> {
  const ordered = [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (ordered.length === 0) return;
  const each = (what: keyof Sum) => ordered.map(([, sum]) => BigInt(sum[what] ?? 0));
  await callIn(
    tx,
    `SELECT count(referral_add($1::bigint, x.member, 0, x.joined::int, x.bought::int, x.far::int, x.cash, x.far_cash, x.points)) AS added
     FROM unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[])
       AS x(member, joined, bought, far, cash, far_cash, points)`,
    [
      businessId,
      ordered.map(([memberId]) => memberId),
      each("joined"),
      each("bought"),
      each("farJoined"),
      each("cashMinor"),
      each("farCashMinor"),
      each("points"),
    ],
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
