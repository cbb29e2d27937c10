import "server-only";
import { type Actor, actorId } from "../../access/model";
import { callIn, type Tx } from "../../platform/db";
import type { Reason } from "../../program/model";
import type { Line, Operation } from "../model";

type OperationRow = {
  id: bigint;
  kind: Operation["kind"];
  state: Operation["state"];
  member_id: bigint;
  origin_id: bigint | null;
  at: Date;
  total_minor: bigint;
  cash_minor: bigint;
  discount_minor: bigint;
  certificate_minor: bigint;
  points_spent: bigint;
  points_earned: bigint;
  refunded_minor: bigint;
  receipt_number: string | null;
  staff_id: bigint | null;
  staff_name: string | null;
  location_id: bigint | null;
  location_name: string | null;
  tier_id: string;
  programme_version: number;
  source: string;
  because: Reason[];
  member_name: string | null;
  member_uid: string | null;
};

const OPERATIONS = `SELECT o.id, o.kind, o.state, o.member_id, o.origin_id, o.at, o.total_minor, o.cash_minor, o.discount_minor,
    o.certificate_minor, o.points_spent, o.points_earned, o.refunded_minor, o.receipt_number, o.staff_id, s.name AS staff_name, o.location_id,
    l.name AS location_name, o.tier_id, o.programme_version, o.source, o.because, coalesce(p.name, p.phone, p.email) AS member_name,
    m.uid AS member_uid
  FROM operation o
  JOIN member m ON m.business_id = o.business_id AND m.id = o.member_id
  LEFT JOIN member_profile p ON p.business_id = o.business_id AND p.member_id = o.member_id
  LEFT JOIN staff s ON s.business_id = o.business_id AND s.id = o.staff_id
  LEFT JOIN location l ON l.business_id = o.business_id AND l.id = o.location_id`;

export async function operation(tx: Tx, businessId: bigint, id: bigint): Promise<Operation | undefined> {
  const rows = await callIn<OperationRow>(
    tx,
    `${OPERATIONS} WHERE o.business_id = $1::bigint AND o.id = $2::bigint`,
    [businessId, id],
  );
  return rows[0] && toOperation(rows[0]);
}

export type OperationFilter = {
  kinds: readonly Operation["kind"][];
  memberId: bigint | null;
  originId: bigint | null;
  locationId?: bigint | null;
  ids?: readonly bigint[] | null;
  before: bigint | null;
  from: bigint | null;
  skip: number;
  limit: number;
};

/** Operations, newest first; `before` and `from` are ids, which are time-sortable. */
export async function operations(tx: Tx, businessId: bigint, filter: OperationFilter): Promise<Operation[]> {
  const rows = await callIn<OperationRow>(
    tx,
    `${OPERATIONS} WHERE o.business_id = $1::bigint AND o.kind = ANY($2::text[])
       AND ($3::bigint IS NULL OR o.member_id = $3::bigint) AND ($4::bigint IS NULL OR o.origin_id = $4::bigint)
       AND ($5::bigint IS NULL OR o.id < $5::bigint) AND ($6::bigint IS NULL OR o.id >= $6::bigint)
       AND ($9::bigint IS NULL OR o.location_id = $9::bigint) AND ($10::bigint[] IS NULL OR o.id = ANY($10::bigint[]))
     ORDER BY o.id DESC OFFSET $7::int LIMIT $8::int`,
    [
      businessId,
      [...filter.kinds],
      filter.memberId,
      filter.originId,
      filter.before,
      filter.from,
      filter.skip,
      filter.limit,
      filter.locationId ?? null,
      filter.ids ?? null,
    ],
  );
  return rows.map(toOperation);
}

function toOperation(row: OperationRow): Operation {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    memberId: row.member_id,
    originId: row.origin_id,
    at: row.at,
    totalMinor: row.total_minor,
    cashMinor: row.cash_minor,
    discountMinor: row.discount_minor,
    certificateMinor: row.certificate_minor,
    pointsSpent: row.points_spent,
    pointsEarned: row.points_earned,
    refundedMinor: row.refunded_minor,
    receiptNumber: row.receipt_number,
    staffId: row.staff_id,
    staffName: row.staff_name,
    locationId: row.location_id,
    locationName: row.location_name,
    tierId: row.tier_id,
    programmeVersion: row.programme_version,
    source: row.source,
    because: row.because,
    memberName: row.member_name,
    memberUid: row.member_uid,
  };
}

export async function linesOf(
  tx: Tx,
  businessId: bigint,
  operationIds: readonly bigint[],
  memberId: bigint | null,
): Promise<Map<bigint, Line[]>> {
  const owned = await tx.operation.findMany({
    where: { businessId, id: { in: [...operationIds] }, ...(memberId === null ? {} : { memberId }) },
    select: { id: true },
  });
  const rows = await tx.operationLine.findMany({
    where: { businessId, operationId: { in: owned.map((row) => row.id) } },
    orderBy: [{ operationId: "asc" }, { no: "asc" }],
  });
  const byOperation = new Map<bigint, Line[]>();
  for (const row of rows) {
    const lines = byOperation.get(row.operationId) ?? [];
    lines.push({ itemId: row.itemId, name: row.name, quantity: row.quantity, amountMinor: row.amountMinor });
    byOperation.set(row.operationId, lines);
  }
  return byOperation;
}

export type CashierRow = {
  id: bigint;
  name: string;
  location_id: bigint | null;
  location_name: string | null;
};

/** The staff person a till means by its external id, if they work here. */
export async function staffByExternalId(
  tx: Tx,
  businessId: bigint,
  externalId: string,
): Promise<CashierRow | undefined> {
  const rows = await callIn<CashierRow>(
    tx,
    `SELECT s.id, s.name, l.id AS location_id, l.name AS location_name FROM staff s
     LEFT JOIN location l ON l.business_id = s.business_id AND l.id = s.location_id
     WHERE s.business_id = $1::bigint AND s.external_id = $2 AND s.disabled_at IS NULL`,
    [businessId, externalId],
  );
  return rows[0];
}

/** Points of purchases that wait for a confirmation: earned under a programme that asks for it, not begun, not confirmed. */
export async function awaiting(
  tx: Tx,
  businessId: bigint,
  ids: readonly bigint[],
  now: Date,
): Promise<Map<bigint, bigint>> {
  const rows = await callIn<{ id: bigint; points: bigint }>(
    tx,
    `SELECT o.id, sum(t.points)::bigint AS points FROM operation o
     JOIN programme_version v ON v.business_id = o.business_id AND v.version = o.programme_version
       AND v.settings->'confirmEarned' = 'true'::jsonb
     JOIN transfer t ON t.business_id = o.business_id AND t.operation_id = o.id AND t.reason = 'earn'
     JOIN lot l ON l.business_id = t.business_id AND l.member_id = t.member_id AND l.id = t.lot_id AND l.available_at > $3::timestamptz
     WHERE o.business_id = $1::bigint AND o.id = ANY ($2::bigint[]) AND o.state = 'normal'
       AND NOT EXISTS (SELECT FROM earn_confirmation c WHERE c.business_id = o.business_id AND c.operation_id = o.id)
     GROUP BY o.id`,
    [businessId, ids, now],
  );
  return new Map(rows.map(({ id, points }) => [id, points]));
}

/** Lets a purchase's points begin; answers how many did. */
export async function confirmEarned(
  tx: Tx,
  businessId: bigint,
  now: Date,
  asked: { operationId: bigint; expiresAt: Date | null; auditId: bigint; actor: Actor },
): Promise<bigint> {
  const [row] = await callIn<{ points: bigint }>(
    tx,
    `SELECT confirm_earned($1::bigint, $2::timestamptz, $3::bigint, $4::timestamptz, $5::bigint, $6, $7::bigint) AS points`,
    [
      businessId,
      now,
      asked.operationId,
      asked.expiresAt,
      asked.auditId,
      asked.actor.kind,
      actorId(asked.actor),
    ],
  );
  return row?.points ?? 0n;
}
