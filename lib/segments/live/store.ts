import "server-only";
import type { Day } from "../../kernel/time";
import { callIn, type Tx } from "../../platform/db";

/** Deciding single members shares a segment; deciding everybody in it anew has it alone. */
const LOCK = 1_263_553_618;

export async function shareSegments(tx: Tx, ids: readonly bigint[]): Promise<void> {
  await callIn(
    tx,
    "SELECT pg_advisory_xact_lock_shared($1::int, hashint8(id))::text FROM (SELECT unnest($2::bigint[]) AS id ORDER BY 1) x",
    [LOCK, [...ids]],
  );
}

export async function holdSegment(tx: Tx, id: bigint): Promise<void> {
  await callIn(tx, "SELECT pg_advisory_xact_lock($1::int, hashint8($2::bigint))::text", [LOCK, id]);
}

/** The outbox holds a member's shard while it acts on their news; whoever decides members by the clock does the same. */
export async function holdShard(tx: Tx, shard: number): Promise<void> {
  await callIn(tx, "SELECT pg_advisory_xact_lock(1263553615, $1::int)::text", [shard]);
}
export const SHARDS = 16;

export async function inviters(tx: Tx, businessId: bigint, memberIds: readonly bigint[]): Promise<bigint[]> {
  const rows = await tx.member.findMany({
    where: { businessId, id: { in: [...memberIds] }, inviterId: { not: null } },
    select: { inviterId: true },
    distinct: ["inviterId"],
  });
  return rows.flatMap(({ inviterId }) => inviterId ?? []);
}

/** The others in some members' households. */
export async function relatives(tx: Tx, businessId: bigint, memberIds: readonly bigint[]): Promise<bigint[]> {
  if (memberIds.length === 0) return [];
  const rows = await callIn<{ id: bigint }>(
    tx,
    `SELECT DISTINCT r.member_id AS id FROM household_member h
     JOIN household_member r ON r.business_id = h.business_id AND r.household_id = h.household_id AND r.member_id <> h.member_id
     WHERE h.business_id = $1::bigint AND h.member_id = ANY($2::bigint[])`,
    [businessId, [...memberIds]],
  );
  return rows.map(({ id }) => id);
}

export async function zoneOf(tx: Tx, businessId: bigint): Promise<string> {
  return (await tx.business.findUniqueOrThrow({ where: { id: businessId }, select: { zone: true } })).zone;
}

/** One member's answer for one segment that is to be kept. */
export type Move = { readonly segmentId: bigint; readonly memberId: bigint };
export type Told = Move & { readonly isTold: boolean };
export type Check = Move & { readonly dueAt: Date | null };

/** Keeps who came and who went. `isKept`: those who went are remembered with the time they were in. */
export async function move(
  tx: Tx,
  businessId: bigint,
  now: Date,
  came: readonly Told[],
  went: readonly Told[],
  isKept: boolean,
): Promise<void> {
  const lists = (moves: readonly Move[]) =>
    [moves.map((one) => one.segmentId), moves.map((one) => one.memberId)] as const;
  if (came.length > 0)
    await callIn(
      tx,
      `INSERT INTO segment_member (business_id, segment_id, member_id, entered_at)
       SELECT $1::bigint, s, m, $4::timestamptz FROM unnest($2::bigint[], $3::bigint[]) AS x(s, m) ON CONFLICT DO NOTHING RETURNING 1 AS ok`,
      [businessId, ...lists(came), now],
    );
  if (went.length > 0)
    await callIn(
      tx,
      `WITH went AS (DELETE FROM segment_member WHERE business_id = $1::bigint
         AND (segment_id, member_id) IN (SELECT * FROM unnest($2::bigint[], $3::bigint[])) RETURNING *)
       INSERT INTO segment_stay (business_id, member_id, id, segment_id, entered_at, left_at)
       SELECT business_id, member_id, next_id($4::timestamptz), segment_id, entered_at, $4::timestamptz FROM went
       WHERE $5::boolean RETURNING 1 AS ok`,
      [businessId, ...lists(went), now, isKept],
    );
  const told = (moves: readonly Told[]) => moves.filter(({ isTold }) => isTold);
  await tell(tx, businessId, "segment.entered", now, told(came));
  await tell(tx, businessId, "segment.left", now, told(went));
}

async function tell(
  tx: Tx,
  businessId: bigint,
  type: string,
  now: Date,
  moves: readonly Move[],
): Promise<void> {
  if (moves.length === 0) return;
  await callIn(
    tx,
    `INSERT INTO outbox (business_id, member_id, type, payload, at, due_at)
     SELECT $1::bigint, m, $4, jsonb_build_object('segmentId', s), $5::timestamptz, $5::timestamptz
     FROM unnest($2::bigint[], $3::bigint[]) AS x(s, m) RETURNING 1 AS ok`,
    [businessId, moves.map((one) => one.segmentId), moves.map((one) => one.memberId), type, now],
  );
}

/** Keeps when each is looked at again; without a moment the check goes. */
export async function keepChecks(tx: Tx, businessId: bigint, checks: readonly Check[]): Promise<void> {
  const none = checks.filter(({ dueAt }) => dueAt === null);
  const due = checks.filter(({ dueAt }) => dueAt !== null);
  if (none.length > 0)
    await callIn(
      tx,
      `DELETE FROM segment_check WHERE business_id = $1::bigint
       AND (segment_id, member_id) IN (SELECT * FROM unnest($2::bigint[], $3::bigint[])) RETURNING 1 AS ok`,
      [businessId, none.map((one) => one.segmentId), none.map((one) => one.memberId)],
    );
  if (due.length > 0)
    await callIn(
      tx,
      `INSERT INTO segment_check (business_id, segment_id, member_id, due_at)
       SELECT $1::bigint, * FROM unnest($2::bigint[], $3::bigint[], $4::timestamptz[])
       ON CONFLICT (business_id, segment_id, member_id) DO UPDATE SET due_at = excluded.due_at RETURNING 1 AS ok`,
      [
        businessId,
        due.map((one) => one.segmentId),
        due.map((one) => one.memberId),
        due.map((one) => one.dueAt),
      ],
    );
}

export type Count = { readonly segmentId: bigint; readonly entered: number; readonly left: number };

/** Adds to sizes, and to the day's own figures. Segments ascend, so that two writers never wait crosswise. */
export async function count(tx: Tx, businessId: bigint, day: Day, counts: readonly Count[]): Promise<void> {
  if (counts.length === 0) return;
  const ids = counts.map((one) => one.segmentId);
  await callIn(
    tx,
    "SELECT 1 AS ok FROM segment WHERE business_id = $1::bigint AND id = ANY($2::bigint[]) ORDER BY id FOR UPDATE",
    [businessId, ids],
  );
  await callIn(
    tx,
    `WITH c AS (SELECT * FROM unnest($2::bigint[], $3::int[], $4::int[]) AS c(id, entered, gone)), u AS (
       UPDATE segment s SET size = s.size + c.entered - c.gone FROM c WHERE s.business_id = $1::bigint AND s.id = c.id
       RETURNING s.id, s.size, c.entered, c.gone)
     INSERT INTO segment_day (business_id, segment_id, day, size, entered, "left")
     SELECT $1::bigint, id, $5::date, size, entered, gone FROM u
     ON CONFLICT (business_id, segment_id, day) DO UPDATE SET size = excluded.size,
       entered = segment_day.entered + excluded.entered, "left" = segment_day."left" + excluded."left" RETURNING 1 AS ok`,
    [businessId, ids, counts.map((one) => String(one.entered)), counts.map((one) => String(one.left)), day],
  );
}

export type DueCheck = { readonly segmentId: bigint; readonly memberId: bigint };

/** Some members of a shard whom time may have moved, with all that is due of them. */
export async function dueChecks(
  tx: Tx,
  businessId: bigint,
  now: Date,
  shard: number,
  limit: number,
): Promise<DueCheck[]> {
  const rows = await callIn<{ segment_id: bigint; member_id: bigint }>(
    tx,
    `SELECT segment_id, member_id FROM segment_check
     WHERE business_id = $1::bigint AND due_at <= $2::timestamptz AND mod(member_id, ${SHARDS}) = $3::int ORDER BY due_at LIMIT $4::int`,
    [businessId, now, shard, limit],
  );
  return rows.map((row) => ({ segmentId: row.segment_id, memberId: row.member_id }));
}

export async function businessesDue(tx: Tx, now: Date): Promise<bigint[]> {
  const rows = await callIn<{ id: bigint }>(
    tx,
    "SELECT id FROM segment_businesses_due($1::timestamptz) AS id",
    [now],
  );
  return rows.map((row) => row.id);
}

/** Who is erased or merged away is out of everything, and stays out; who comes back is decided again. */
export async function setGone(
  tx: Tx,
  businessId: bigint,
  memberIds: readonly bigint[],
  isGone: boolean,
): Promise<void> {
  const where = { businessId, memberId: { in: [...memberIds] } };
  if (!isGone) {
    await tx.segmentGone.deleteMany({ where });
    return;
  }
  await tx.segmentGone.createMany({
    data: memberIds.map((memberId) => ({ businessId, memberId })),
    skipDuplicates: true,
  });
  await tx.segmentCheck.deleteMany({ where });
}

export async function membershipsOf(
  tx: Tx,
  businessId: bigint,
  memberIds: readonly bigint[],
): Promise<Move[]> {
  return await tx.segmentMember.findMany({
    where: { businessId, memberId: { in: [...memberIds] } },
    select: { segmentId: true, memberId: true },
  });
}
