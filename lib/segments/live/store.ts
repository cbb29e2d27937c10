import "server-only";
import type { Day } from "../../kernel/time";
import { callIn, type Tx } from "../../platform/db";
import { ALL_HERE, type CompileFor, compile } from "../compile/compile";
import type { Kept } from "../store";

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
export type Check = Move & { readonly dueAt: Date | null };

/** Keeps who came and who went. `isKept`: those who went are remembered with the time they were in. */
export async function move(
  tx: Tx,
  businessId: bigint,
  now: Date,
  came: readonly Move[],
  went: readonly Move[],
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
  await tell(tx, businessId, "segment.entered", now, came);
  await tell(tx, businessId, "segment.left", now, went);
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

export type Built = { readonly size: number; readonly entered: number; readonly left: number };

/**
 * Decides everybody at once: the difference to what is kept is written, and what time will change until a moment is noted.
 * Shape: the caller holds the segment; `isTold`: who comes and goes is published.
 */
export async function rebuild(
  tx: Tx,
  segment: Kept,
  asked: Omit<CompileFor, "memberIds" | "wantsNext">,
  checksUntil: Date,
  isTold: boolean,
): Promise<Built> {
  const { from, where, is, next, values } = compile(segment.rule, {
    ...asked,
    memberIds: null,
    wantsNext: true,
  });
  const place = (offset: number) => `$${values.length + offset}`;
  const [id, now, until] = [`${place(1)}::bigint`, `${place(2)}::timestamptz`, `${place(3)}::timestamptz`];
  const truth =
    next === null
      ? `SELECT s.member_id, true AS is_in, NULL::timestamptz AS next_at FROM ${from} WHERE ${where}`
      : `SELECT * FROM (SELECT s.member_id, coalesce(${is}, false) AS is_in, ${next} AS next_at FROM ${from}
         WHERE s.business_id = $1::bigint AND ${ALL_HERE}) a WHERE is_in OR next_at <= ${until}`;
  const told = (
    type: string,
    whom: string,
  ) => `INSERT INTO outbox (business_id, member_id, type, payload, at, due_at)
    SELECT $1::bigint, member_id, '${type}', jsonb_build_object('segmentId', ${id}), ${now}, ${now} FROM ${whom}`;
  await tx.$executeRaw`SELECT set_config('work_mem', '64MB', true)`;
  await tx.segmentCheck.deleteMany({ where: { businessId: asked.businessId, segmentId: segment.id } });
  const [row] = await callIn<{ size: number; entered: number; left: number }>(
    tx,
    `WITH truth AS MATERIALIZED (${truth}),
    went AS (DELETE FROM segment_member x WHERE x.business_id = $1::bigint AND x.segment_id = ${id}
      AND NOT EXISTS (SELECT FROM truth t WHERE t.member_id = x.member_id AND t.is_in) RETURNING x.member_id, x.entered_at),
    stays AS (INSERT INTO segment_stay (business_id, member_id, id, segment_id, entered_at, left_at)
      SELECT $1::bigint, member_id, next_id(${now}), ${id}, entered_at, ${now} FROM went),
    came AS (INSERT INTO segment_member (business_id, segment_id, member_id, entered_at)
      SELECT $1::bigint, ${id}, t.member_id, ${now} FROM truth t WHERE t.is_in AND NOT EXISTS (
        SELECT FROM segment_member x WHERE x.business_id = $1::bigint AND x.segment_id = ${id} AND x.member_id = t.member_id)
      RETURNING member_id),
    checks AS (INSERT INTO segment_check (business_id, segment_id, member_id, due_at)
      SELECT $1::bigint, ${id}, member_id, next_at FROM truth WHERE next_at <= ${until})
    ${isTold ? `, told_came AS (${told("segment.entered", "came")}), told_went AS (${told("segment.left", "went")})` : ""}
    SELECT (SELECT count(*)::int FROM truth WHERE is_in) AS size, (SELECT count(*)::int FROM came) AS entered,
      (SELECT count(*)::int FROM went) AS "left"`,
    [...values, segment.id, asked.now, checksUntil],
  );
  return row ?? { size: 0, entered: 0, left: 0 };
}

export async function keepBuilt(
  tx: Tx,
  businessId: bigint,
  segment: Kept,
  built: Built,
  at: { readonly now: Date; readonly day: Day; readonly checksUntil: Date },
): Promise<void> {
  await tx.segment.update({
    where: { businessId_id: { businessId, id: segment.id } },
    data: { size: built.size, builtAt: at.now, builtVersion: segment.version, checksUntil: at.checksUntil },
  });
  // Everybody who is in when a segment is made did not come on that day.
  const isFirst = segment.builtAt === null;
  await callIn(
    tx,
    `INSERT INTO segment_day (business_id, segment_id, day, size, entered, "left") VALUES ($1::bigint, $2::bigint, $3::date, $4::int, $5::int, $6::int)
     ON CONFLICT (business_id, segment_id, day) DO UPDATE SET size = excluded.size,
       entered = segment_day.entered + excluded.entered, "left" = segment_day."left" + excluded."left" RETURNING 1 AS ok`,
    [businessId, segment.id, at.day, built.size, isFirst ? 0 : built.entered, isFirst ? 0 : built.left],
  );
}
