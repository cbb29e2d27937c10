import "server-only";
import { type Actor, actorId, type Context } from "../access/model";
import type { Gender, Tag } from "../members/model";
import { call, callIn, type SqlValue, type Tx } from "../platform/db";
import type { Price, Reason } from "../program/model";
import type { Customer, Identifier, Line, Operation, RefundShare, Voucher } from "./model";

type TillRow = {
  programme_version: number | null;
  replay_operation: bigint | null;
  replay_fingerprint: string | null;
  found_by: Customer["foundBy"] | null;
  member_id: bigint | null;
  person_id: bigint | null;
  uid: string | null;
  inviter_id: bigint | null;
  source: string;
  created_at: Date;
  blocked_at: Date | null;
  name: string | null;
  phone: string | null;
  email: string | null;
  birth_date: string | null;
  gender: Gender | null;
  note: string | null;
  tags: { id: number; name: string }[];
  version: bigint;
  tier_id: string;
  visits: number;
  full_refunds: number;
  cash_spent: bigint;
  saved: bigint;
  invited: number;
  effective_invited: number;
  first_at: Date | null;
  last_at: Date | null;
  available: bigint;
  pending: bigint;
  pending_at: Date | null;
  expires_at: Date | null;
  expires_points: bigint | null;
  code_expires_at: Date | null;
};

export type Reading = {
  customer: Customer | undefined;
  replay: { operationId: bigint; fingerprint: string } | undefined;
  programmeVersion: number | undefined;
};

/** Reads who is meant and everything a decision needs, and whether the key was met before, in one round trip. */
export async function readCustomer(
  businessId: bigint,
  now: Date,
  by: Identifier,
  key: string | null = null,
): Promise<Reading> {
  const [row] = await call<TillRow>("till_member", "SELECT * FROM till_member($1, $2, $3, $4, $5, $6, $7)", [
    businessId,
    now,
    by.code ?? null,
    by.phone ?? null,
    by.uid ?? null,
    by.memberId ?? null,
    key,
  ]);
  return {
    customer: row && row.member_id !== null ? toCustomer(row, row.member_id) : undefined,
    replay:
      row?.replay_operation && row.replay_fingerprint !== null
        ? { operationId: row.replay_operation, fingerprint: row.replay_fingerprint }
        : undefined,
    programmeVersion: row?.programme_version ?? undefined,
  };
}

/** The same for many members at once, in the order of their ids. */
export async function readCustomers(
  businessId: bigint,
  now: Date,
  ids: readonly bigint[],
): Promise<Customer[]> {
  const rows = await call<TillRow>(
    "till_members",
    `SELECT t.* FROM unnest($3::bigint[]) WITH ORDINALITY AS asked(id, no)
     CROSS JOIN LATERAL till_member($1::bigint, $2::timestamptz, NULL, NULL, NULL, asked.id, NULL) t ORDER BY asked.no`,
    [businessId, now, ids],
  );
  return rows.flatMap((row) => (row.member_id === null ? [] : [toCustomer(row, row.member_id)]));
}

function toCustomer(row: TillRow, id: bigint): Customer {
  return {
    member: {
      id,
      personId: row.person_id,
      uid: row.uid,
      inviterId: row.inviter_id,
      source: row.source,
      createdAt: row.created_at,
      blockedAt: row.blocked_at,
      name: row.name,
      phone: row.phone,
      email: row.email,
      birthDate: row.birth_date,
      gender: row.gender,
      note: row.note,
      tags: row.tags.map((tag): Tag => ({ id: BigInt(tag.id), name: tag.name })),
    },
    foundBy: row.found_by ?? "id",
    version: row.version,
    programmeVersion: row.programme_version ?? 0,
    tierId: row.tier_id,
    visits: row.visits,
    fullRefunds: row.full_refunds,
    cashSpentMinor: row.cash_spent,
    savedMinor: row.saved,
    invited: row.invited,
    effectiveInvited: row.effective_invited,
    firstAt: row.first_at,
    lastAt: row.last_at,
    available: row.available,
    pending: row.pending,
    pendingAt: row.pending_at,
    expiresAt: row.expires_at,
    expiring: row.expires_points ?? 0n,
    codeExpiresAt: row.code_expires_at,
  };
}

/** What every posting of the till carries. */
export type Posting = {
  businessId: bigint;
  now: Date;
  operationId: bigint;
  customer: Customer;
  key: string | null;
  fingerprint: string;
  staffId: bigint | null;
  locationId: bigint | null;
  tierAfter: string;
  source: string;
  actor: Actor;
  because: readonly Reason[];
};
export type Posted = { outcome: "recorded" | "replay"; operation_id: bigint };

/** "$1::bigint, $2::text, …" from the types' names in order. */
const placeholders = (casts: string) =>
  casts
    .split(/\s+/)
    .map((cast, index) => `$${index + 1}::${cast}`)
    .join(", ");
const RECORD = `SELECT * FROM record_purchase(${placeholders(
  `bigint timestamptz bigint bigint bigint text text text bigint bigint bigint bigint bigint bigint text bigint bigint int
   text text text text bigint boolean jsonb jsonb text[] bigint[] timestamptz[] timestamptz[]`,
)})`;

export type Purchase = Posting & {
  code: string | null;
  price: Price;
  receiptNumber: string | null;
  lines: readonly Line[];
};

export async function recordPurchase(posting: Purchase): Promise<Posted> {
  const { customer, price } = posting;
  const values: SqlValue[] = [
    posting.businessId,
    posting.now,
    posting.operationId,
    customer.member.id,
    customer.version,
    posting.key,
    posting.fingerprint,
    posting.code,
    price.totalMinor,
    price.cashMinor,
    price.skipMinor,
    price.unredeemableMinor,
    price.discountMinor,
    price.points,
    posting.receiptNumber,
    posting.staffId,
    posting.locationId,
    customer.programmeVersion,
    customer.tierId,
    posting.tierAfter,
    posting.source,
    posting.actor.kind,
    actorId(posting.actor),
    customer.visits === 0,
    JSON.stringify(posting.because),
    posting.lines.length ? linesJson(posting.lines) : null,
    price.grants.map((grant) => grant.kind),
    price.grants.map((grant) => grant.points),
    price.grants.map((grant) => grant.availableAt),
    price.grants.map((grant) => grant.expiresAt),
  ];
  const [row] = await call<Posted>("record_purchase", RECORD, values);
  return row!;
}

const linesJson = (lines: readonly Line[]) =>
  JSON.stringify(lines, (_key, value) => (typeof value === "bigint" ? value.toString() : value));

const REFUND = `SELECT * FROM refund_purchase(${placeholders(
  `bigint timestamptz bigint bigint bigint bigint text text bigint bigint bigint bigint bigint bigint bigint bigint
   timestamptz boolean bigint bigint int text text text text bigint jsonb`,
)})`;

export async function refundPurchase(
  posting: Posting & { origin: Operation; share: RefundShare; revivedUntil: Date },
): Promise<Posted> {
  const { customer, origin, share } = posting;
  const [row] = await call<Posted>("refund_purchase", REFUND, [
    posting.businessId,
    posting.now,
    posting.operationId,
    origin.id,
    customer.member.id,
    customer.version,
    posting.key,
    posting.fingerprint,
    origin.refundedMinor,
    share.totalMinor,
    share.cashMinor,
    share.discountMinor,
    share.returnedBefore,
    share.returned,
    share.takenBefore,
    share.taken,
    posting.revivedUntil,
    share.full,
    posting.staffId,
    posting.locationId,
    origin.programmeVersion,
    customer.tierId,
    posting.tierAfter,
    posting.source,
    posting.actor.kind,
    actorId(posting.actor),
    JSON.stringify(posting.because),
  ]);
  return row!;
}

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
    o.points_spent, o.points_earned, o.refunded_minor, o.receipt_number, o.staff_id, s.name AS staff_name, o.location_id,
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
       AND ($9::bigint IS NULL OR o.location_id = $9::bigint)
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
): Promise<Map<bigint, Line[]>> {
  const rows = await tx.operationLine.findMany({
    where: { businessId, operationId: { in: [...operationIds] } },
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

export type StoredVoucher = Voucher & {
  readonly fingerprint: string;
  readonly receiptNumber: string | null;
  readonly staffId: bigint | null;
  readonly operationId: bigint | null;
  readonly claimed: boolean;
};

type VoucherRow = NonNullable<Awaited<ReturnType<Tx["voucher"]["findFirst"]>>>;

const toVoucher = (row: VoucherRow | null): StoredVoucher | undefined =>
  row ? { ...row, claimed: row.claimedAt !== null } : undefined;

export async function voucherByNonce(
  tx: Tx,
  businessId: bigint,
  nonce: string,
): Promise<StoredVoucher | undefined> {
  return toVoucher(await tx.voucher.findUnique({ where: { businessId_nonce: { businessId, nonce } } }));
}

export async function voucherByCode(
  tx: Tx,
  businessId: bigint,
  code: string,
): Promise<StoredVoucher | undefined> {
  return toVoucher(await tx.voucher.findUnique({ where: { businessId_code: { businessId, code } } }));
}

export async function insertVoucher(
  tx: Tx,
  ctx: Context,
  voucher: Voucher,
  receipt: {
    totalMinor: bigint;
    skipMinor: bigint;
    receiptNumber: string | null;
    staffId: bigint | null;
    key: string | null;
  },
  fingerprint: string,
): Promise<void> {
  const { totalMinor, skipMinor, receiptNumber, staffId, key: nonce } = receipt;
  await tx.voucher.create({
    data: {
      ...voucher,
      businessId: ctx.business.id,
      createdAt: ctx.now,
      fingerprint,
      totalMinor,
      skipMinor,
      receiptNumber,
      staffId,
      nonce,
    },
  });
}

/** Marks a live voucher as claimed; false when it is not there to be had. */
export async function takeVoucher(tx: Tx, ctx: Context, code: string): Promise<boolean> {
  const { count } = await tx.voucher.updateMany({
    where: { businessId: ctx.business.id, code, claimedAt: null, expiresAt: { gt: ctx.now } },
    data: { claimedAt: ctx.now },
  });
  return count === 1;
}

export async function settleVoucher(
  tx: Tx,
  businessId: bigint,
  code: string,
  operationId: bigint,
): Promise<void> {
  await tx.voucher.update({ where: { businessId_code: { businessId, code } }, data: { operationId } });
}

export async function isBlocked(tx: Tx, businessId: bigint, memberId: bigint): Promise<boolean> {
  const row = await tx.member.findUnique({
    where: { businessId_id: { businessId, id: memberId } },
    select: { blockedAt: true },
  });
  return row?.blockedAt !== null;
}
