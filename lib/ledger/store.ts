import "server-only";
import { type Actor, actorId } from "../access/model";
import { call, callIn, type SqlValue, type Tx } from "../platform/db";
import type { Lot, LotKind, Movement, TransferReason } from "./model";

export type GrantPosting = {
  businessId: bigint;
  now: Date;
  operationId: bigint;
  memberId: bigint;
  key: string | null;
  fingerprint: string;
  points: bigint;
  kind: LotKind;
  availableAt: Date;
  expiresAt: Date | null;
  staffId: bigint | null;
  locationId: bigint | null;
  programmeVersion: number;
  source: string;
  actor: Actor;
  because: unknown;
};
export type Posted = { outcome: "recorded" | "replay"; operation_id: bigint };

const POST_GRANT = `SELECT * FROM post_grant($1::bigint, $2::timestamptz, $3::bigint, $4::bigint, $5, $6, $7::bigint, $8,
  $9::timestamptz, $10::timestamptz, $11::bigint, $12::bigint, $13::int, $14, $15, $16::bigint, $17::jsonb)`;

function grantValues(posting: GrantPosting): SqlValue[] {
  return [
    posting.businessId,
    posting.now,
    posting.operationId,
    posting.memberId,
    posting.key,
    posting.fingerprint,
    posting.points,
    posting.kind,
    posting.availableAt,
    posting.expiresAt,
    posting.staffId,
    posting.locationId,
    posting.programmeVersion,
    posting.source,
    posting.actor.kind,
    actorId(posting.actor),
    JSON.stringify(posting.because),
  ];
}

export async function postGrant(posting: GrantPosting, tx?: Tx): Promise<Posted> {
  const values = grantValues(posting);
  const [row] = tx
    ? await callIn<Posted>(tx, POST_GRANT, values)
    : await call<Posted>("post_grant", POST_GRANT, values);
  return row!;
}

/** Points a deduction took, on their way back. */
export type ReturnPosting = {
  businessId: bigint;
  now: Date;
  operationId: bigint;
  memberId: bigint;
  originId: bigint;
  points: bigint;
  revivedUntil: Date;
  staffId: bigint | null;
  programmeVersion: number;
  source: string;
  actor: Actor;
  because: unknown;
};

export async function returnDeducted(tx: Tx, posting: ReturnPosting): Promise<void> {
  await callIn(
    tx,
    `SELECT 1 AS ok FROM return_deducted($1::bigint, $2::timestamptz, $3::bigint, $4::bigint, $5::bigint, $6::bigint,
       $7::timestamptz, $8::bigint, $9::int, $10, $11, $12::bigint, $13::jsonb)`,
    [
      posting.businessId,
      posting.now,
      posting.operationId,
      posting.memberId,
      posting.originId,
      posting.points,
      posting.revivedUntil,
      posting.staffId,
      posting.programmeVersion,
      posting.source,
      posting.actor.kind,
      actorId(posting.actor),
      JSON.stringify(posting.because),
    ],
  );
}

export async function membersWithDueLots(
  now: Date,
  limit: number,
): Promise<{ businessId: bigint; memberId: bigint }[]> {
  const rows = await call<{ business_id: bigint; member_id: bigint }>(
    "members_with_due_lots",
    "SELECT * FROM members_with_due_lots($1, $2)",
    [now, limit],
  );
  return rows.map((row) => ({ businessId: row.business_id, memberId: row.member_id }));
}

export async function expireMember(businessId: bigint, memberId: bigint, now: Date): Promise<bigint> {
  const [row] = await call<{ expired: bigint }>(
    "expire_member",
    "SELECT expire_member($1, $2, $3) AS expired",
    [businessId, memberId, now],
  );
  return row!.expired;
}

export async function announceAvailable(now: Date): Promise<number> {
  const [row] = await call<{ told: number }>("announce_available", "SELECT announce_available($1) AS told", [
    now,
  ]);
  return row?.told ?? 0;
}

export async function lotsOf(tx: Tx, businessId: bigint, memberId: bigint): Promise<Lot[]> {
  const rows = await tx.lot.findMany({
    where: { businessId, memberId, remaining: { not: 0n } },
    orderBy: [{ expiresAt: { sort: "asc", nulls: "last" } }, { id: "asc" }],
  });
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind as LotKind,
    availableAt: row.availableAt,
    expiresAt: row.expiresAt,
    remaining: row.remaining,
  }));
}

/** A member and everybody merged into them: their transfers stay where they were made. */
const ALL_IDS = `SELECT $2::bigint UNION ALL SELECT a.value::bigint FROM member_alias a
       WHERE a.business_id = $1::bigint AND a.member_id = $2::bigint AND a.kind = 'id'`;

type MovementRow = { at: Date; reason: TransferReason; points: bigint; operation_id: bigint | null };

/** A member's movements by operation and reason, newest first. */
export async function movementsOf(
  tx: Tx,
  businessId: bigint,
  memberId: bigint,
  limit: number,
): Promise<Movement[]> {
  const rows = await callIn<MovementRow>(
    tx,
    `SELECT at, reason, operation_id, sum(CASE WHEN credit = 'member' THEN points ELSE -points END)::bigint AS points
     FROM transfer WHERE business_id = $1::bigint AND member_id IN (${ALL_IDS}) AND reason NOT IN ('settle', 'merge')
     GROUP BY at, reason, operation_id ORDER BY max(id) DESC LIMIT $3::int`,
    [businessId, memberId, limit],
  );
  return rows.map((row) => ({
    at: row.at,
    reason: row.reason,
    points: row.points,
    operationId: row.operation_id,
  }));
}

/** What went to breakage without an operation of its own, newest first. */
export async function expiriesOf(
  tx: Tx,
  businessId: bigint,
  memberId: bigint,
  span: { readonly from: Date | null; readonly until: Date | null },
): Promise<Movement[]> {
  const rows = await callIn<MovementRow>(
    tx,
    `SELECT at, 'expire' AS reason, NULL::bigint AS operation_id, -sum(points)::bigint AS points
     FROM transfer WHERE business_id = $1::bigint AND member_id IN (${ALL_IDS}) AND reason = 'expire'
       AND ($3::timestamptz IS NULL OR at > $3::timestamptz) AND ($4::timestamptz IS NULL OR at <= $4::timestamptz)
     GROUP BY at HAVING sum(points) > 0 ORDER BY at DESC LIMIT 200`,
    [businessId, memberId, span.from, span.until],
  );
  return rows.map((row) => ({
    at: row.at,
    reason: row.reason,
    points: row.points,
    operationId: row.operation_id,
  }));
}

/** Tells of points that end within a stretch of time; answers how many members. */
export async function remindOfExpiry(
  businessId: bigint,
  now: Date,
  asked: { from: Date; to: Date; madeBefore: Date; days: number },
): Promise<number> {
  const [row] = await call<{ told: number }>(
    "remind_of_expiry",
    "SELECT remind_of_expiry($1, $2, $3, $4, $5, $6) AS told",
    [businessId, now, asked.from, asked.to, asked.madeBefore, asked.days],
  );
  return row?.told ?? 0;
}
