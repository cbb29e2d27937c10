import "server-only";
import { type Actor, actorId } from "../access/model";
import { survivorNamed } from "../members";
import type { Gender, Tag } from "../members/model";
import { call, type SqlValue } from "../platform/db";
import {
  isAwaiting,
  PERIODS,
  type Price,
  type PurchaseEffect,
  type Reason,
  type RuleUse,
} from "../program/model";
import { rowsJson, type StandingRow, toLife } from "../tiers/schema";
import type { Extras } from "./basis";
import type { Customer, Identifier, Line, LotsMove, Operation, RefundShare } from "./model";

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
  segments: bigint[];
  /** Rule, period, amount, times; null: none. */
  uses: [number, string, number, number][] | null;
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
  life: unknown;
};

export type Reading = {
  customer: Customer | undefined;
  replay: { operationId: bigint; fingerprint: string } | undefined;
  programmeVersion: number | undefined;
};

const READ = `SELECT t.* FROM till_member($1, $2, $3, $4, $5, $6, $7) t`;

const ask = async (id: bigint, now: Date, by: Identifier, key: string | null) => {
  const who = [by.code, by.phone, by.uid, by.memberId].map((one) => one ?? null);
  return await call<TillRow>("till_member", READ, [id, now, ...who, key]);
};

/** Reads who is meant and everything a decision needs, and whether the key was met before, in one round trip. */
export async function readCustomer(
  businessId: bigint,
  now: Date,
  by: Identifier,
  key: string | null = null,
): Promise<Reading> {
  let [row] = await ask(businessId, now, by, key);
  const survivor = row?.member_id === null ? await survivorNamed(businessId, by) : undefined;
  if (survivor !== undefined) [row] = await ask(businessId, now, { memberId: survivor }, key);
  if (survivor !== undefined && row) row.found_by = by.phone ? "phone" : by.uid ? "uid" : "id";
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
    segments: row.segments,
    uses: row.uses?.map(toUse) ?? [],
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
    expiresAt: row.expires_at && isAwaiting(row.expires_at) ? null : row.expires_at,
    expiring: row.expires_points ?? 0n,
    codeExpiresAt: row.code_expires_at,
    life: toLife(row.life),
  };
}

/** "day 2026-11-22" is a use of the day. */
function toUse([rule, period, amount, times]: [number, string, number, number]): RuleUse {
  const kind = PERIODS.find((each) => period.startsWith(each)) ?? "ever";
  return { ruleId: BigInt(rule), period: kind, amount: BigInt(amount), times };
}

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

const placeholders = (casts: string) =>
  casts
    .split(/\s+/)
    .map((cast, index) => `$${index + 1}::${cast}`)
    .join(", ");
const RECORD_CASTS = `bigint timestamptz bigint bigint bigint text text text bigint bigint bigint bigint bigint bigint text bigint bigint int
   text text text text bigint boolean jsonb jsonb text[] bigint[] timestamptz[] timestamptz[] bigint jsonb jsonb`;
const RECORD_COUNT = RECORD_CASTS.split(/\s+/).length;
const RECORD = `SELECT * FROM record_purchase(${placeholders(RECORD_CASTS)})`;
/** The same with what else the purchase does: points that are there get a later end before, the standing is written after. */
const RECORD_WITH = `SELECT r.* FROM before_purchase($1::bigint, $2::timestamptz, $3::bigint, $4::bigint, $${RECORD_COUNT + 1}::jsonb) AS b(member)
  CROSS JOIN LATERAL record_purchase(${placeholders(RECORD_CASTS).replace("$4::bigint", "b.member")}) r
  CROSS JOIN LATERAL after_purchase($1::bigint, $2::timestamptz, $3::bigint, b.member, r.outcome, $${RECORD_COUNT + 2}::jsonb) a`;

export type Purchase = Posting & {
  code: string | null;
  price: Price;
  receiptNumber: string | null;
  lines: readonly Line[];
  effects: readonly PurchaseEffect[];
  extras: Extras | null;
  moves: readonly LotsMove[];
  standing: StandingRow | null;
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
    posting.lines.length ? jsonOf(posting.lines) : null,
    price.grants.map((grant) => grant.kind),
    price.grants.map((grant) => grant.points),
    price.grants.map((grant) => grant.availableAt),
    price.grants.map((grant) => grant.expiresAt),
    price.certificateMinor,
    posting.effects.length ? jsonOf(posting.effects) : null,
    posting.extras && JSON.stringify(posting.extras),
  ];
  if (posting.moves.length === 0 && !posting.standing)
    return (await call<Posted>("record_purchase", RECORD, values))[0]!;
  const [row] = await call<Posted>("record_purchase_with", RECORD_WITH, [
    ...values,
    JSON.stringify(posting.moves),
    rowsJson(posting.standing ? [posting.standing] : []),
  ]);
  return row!;
}

const jsonOf = (list: readonly (Line | PurchaseEffect)[]) =>
  JSON.stringify(list, (_key, value) => (typeof value === "bigint" ? value.toString() : value));

const REFUND_CASTS = `bigint timestamptz bigint bigint bigint bigint text text bigint bigint bigint bigint bigint bigint bigint bigint
   timestamptz boolean bigint bigint int text text text text bigint jsonb bigint`;
const REFUND_COUNT = REFUND_CASTS.split(/\s+/).length;
/** Ends that visits moved go back before, so that points find their lots as they were; the standing is written after. */
const REFUND = `SELECT r.* FROM before_refund($1::bigint, $5::bigint, $4::bigint, $18::boolean, $${REFUND_COUNT + 1}::int) AS b(member)
  CROSS JOIN LATERAL refund_purchase(${placeholders(REFUND_CASTS).replace("$5::bigint", "b.member")}) r
  CROSS JOIN LATERAL after_refund($1::bigint, $2::timestamptz, b.member, r.outcome, $18::boolean,
    $${REFUND_COUNT + 2}::timestamptz, $11::bigint, $${REFUND_COUNT + 3}::jsonb) a`;

export async function refundPurchase(
  posting: Posting & {
    origin: Operation;
    share: RefundShare;
    revivedUntil: Date;
    standing: StandingRow | null;
  },
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
    share.certificateMinor,
    customer.visits - (share.full ? 1 : 0),
    origin.at,
    rowsJson(posting.standing ? [posting.standing] : []),
  ]);
  return row!;
}
