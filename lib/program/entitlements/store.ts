import "server-only";
import { Refused } from "../../kernel/refusals";
import { callIn, type Tx } from "../../platform/db";
import { colorOf, effectOfColumns, iconOf, lockMember } from "../rewards/store";
import { ENTITLEMENT_SOURCES, type Entitlement, type EntitlementSource, type Hold } from "./model";

type Row = {
  id: bigint;
  memberId: bigint;
  rewardId: bigint | null;
  source: string;
  code: string;
  name: string;
  description: string;
  icon: string;
  color: string;
  effect: string;
  effectMinor: bigint | null;
  effectBps: number | null;
  ruleId: bigint | null;
  uses: number;
  used: number;
  held: number;
  pricePoints: bigint | null;
  priceMinor: bigint | null;
  givenAt: Date;
  expiresAt: Date | null;
  withdrawnAt: Date | null;
  comment: string | null;
};

const SELECT = `SELECT e.id, e.member_id AS "memberId", e.reward_id AS "rewardId", e.source, e.code, e.name, e.description, e.icon,
    e.color, e.effect, e.effect_minor AS "effectMinor", e.effect_bps AS "effectBps", e.rule_id AS "ruleId", e.uses, e.used,
    (SELECT count(*)::int FROM entitlement_use u WHERE u.business_id = e.business_id AND u.entitlement_id = e.id
      AND u.state = 'held' AND u.hold_until > $2::timestamptz) AS held,
    e.price_points AS "pricePoints", e.price_minor AS "priceMinor", e.given_at AS "givenAt", e.expires_at AS "expiresAt",
    e.withdrawn_at AS "withdrawnAt", e.comment
  FROM entitlement e WHERE e.business_id = $1::bigint`;

const isSource = (text: string): text is EntitlementSource =>
  ENTITLEMENT_SOURCES.some((source) => source === text);

function toEntitlement({
  effect,
  effectMinor,
  effectBps,
  ruleId,
  icon,
  color,
  source,
  ...row
}: Row): Entitlement {
  return {
    ...row,
    source: isSource(source) ? source : "gift",
    icon: iconOf(icon),
    color: colorOf(color),
    effect: effectOfColumns({ effect, effectMinor, effectBps, ruleId }),
  };
}

/** A member's entitlements: those that can be used first, by their end, then what is over, the latest first. */
export async function entitlementsOf(
  tx: Tx,
  businessId: bigint,
  now: Date,
  memberId: bigint,
  asked: { readonly liveOnly: boolean; readonly take: number },
): Promise<Entitlement[]> {
  const live =
    "e.withdrawn_at IS NULL AND e.used < e.uses AND (e.expires_at IS NULL OR e.expires_at > $2::timestamptz)";
  const rows = await callIn<Row>(
    tx,
    `${SELECT} AND e.member_id = $3::bigint AND ($4::boolean IS FALSE OR (${live}))
     ORDER BY (${live}) DESC, CASE WHEN ${live} THEN e.expires_at END NULLS LAST, e.id DESC LIMIT $5::int`,
    [businessId, now, memberId, asked.liveOnly, asked.take],
  );
  return rows.map(toEntitlement);
}

export async function entitlementBy(
  tx: Tx,
  businessId: bigint,
  now: Date,
  by: { readonly id?: bigint; readonly code?: string; readonly key?: string },
): Promise<Entitlement | undefined> {
  const [row] = await callIn<Row>(tx, `${SELECT} AND (e.id = $3::bigint OR e.code = $4 OR e.key = $5)`, [
    businessId,
    now,
    by.id ?? null,
    by.code ?? null,
    by.key ?? null,
  ]);
  return row && toEntitlement(row);
}

export type Giving = {
  readonly memberId: bigint;
  readonly rewardId: bigint;
  readonly source: EntitlementSource;
  readonly sourceId: bigint | null;
  readonly key: string | null;
  readonly until: Date | null;
  readonly operationId: bigint | null;
  readonly comment: string | null;
  readonly takeStock: boolean;
};

/** Gives one; the same key answers the first. Refuses: `not_found`, `reward_sold_out`. */
export async function give(tx: Tx, businessId: bigint, now: Date, giving: Giving): Promise<bigint> {
  const [row] = await callIn<{ id: bigint }>(
    tx,
    `SELECT entitlement_give($1::bigint, $2::timestamptz, $3::bigint, $4::bigint, $5, $6::bigint, $7, $8::timestamptz,
       $9::bigint, $10, $11::boolean) AS id`,
    [
      businessId,
      now,
      giving.memberId,
      giving.rewardId,
      giving.source,
      giving.sourceId,
      giving.key,
      giving.until,
      giving.operationId,
      giving.comment,
      giving.takeStock,
    ],
  );
  return row!.id;
}

export async function withdraw(
  tx: Tx,
  businessId: bigint,
  now: Date,
  entitlementId: bigint,
  because: "staff" | "refund",
): Promise<void> {
  await callIn(tx, "SELECT 1 AS ok FROM entitlement_withdraw($1::bigint, $2::timestamptz, $3::bigint, $4)", [
    businessId,
    now,
    entitlementId,
    because,
  ]);
}

export async function operationOf(tx: Tx, businessId: bigint, id: bigint): Promise<bigint | null> {
  const row = await tx.entitlement.findUnique({
    where: { businessId_id: { businessId, id } },
    select: { operationId: true },
  });
  return row?.operationId ?? null;
}

export async function hold(
  tx: Tx,
  businessId: bigint,
  now: Date,
  asked: {
    readonly useId: bigint;
    readonly entitlementId: bigint;
    readonly until: Date;
    readonly key: string | null;
    readonly staffId: bigint | null;
    readonly locationId: bigint | null;
  },
): Promise<bigint> {
  const [row] = await callIn<{ id: bigint }>(
    tx,
    `SELECT entitlement_hold($1::bigint, $2::timestamptz, $3::bigint, $4::bigint, $5::timestamptz, $6, $7::bigint,
       $8::bigint) AS id`,
    [
      businessId,
      now,
      asked.useId,
      asked.entitlementId,
      asked.until,
      asked.key,
      asked.staffId,
      asked.locationId,
    ],
  );
  return row!.id;
}

export async function confirm(
  tx: Tx,
  businessId: bigint,
  now: Date,
  useId: bigint,
  operationId: bigint | null,
): Promise<void> {
  await callIn(
    tx,
    "SELECT 1 AS ok FROM entitlement_confirm($1::bigint, $2::timestamptz, $3::bigint, NULL, $4::bigint)",
    [businessId, now, useId, operationId],
  );
}

export async function release(tx: Tx, businessId: bigint, now: Date, useId: bigint): Promise<void> {
  await callIn(tx, "SELECT 1 AS ok FROM entitlement_release($1::bigint, $2::timestamptz, $3::bigint)", [
    businessId,
    now,
    useId,
  ]);
}

export async function undo(
  tx: Tx,
  businessId: bigint,
  now: Date,
  useId: bigint,
  revivedUntil: Date,
): Promise<void> {
  await callIn(
    tx,
    "SELECT entitlement_undo($1::bigint, $2::timestamptz, $3::bigint, $4::timestamptz)::text AS left",
    [businessId, now, useId, revivedUntil],
  );
}

type HoldRow = {
  id: bigint;
  entitlementId: bigint;
  memberId: bigint;
  state: string;
  holdUntil: Date;
  name: string;
  effect: string;
  effectMinor: bigint | null;
  effectBps: number | null;
  ruleId: bigint | null;
};
const HOLDS = `SELECT u.id, u.entitlement_id AS "entitlementId", u.member_id AS "memberId", u.state, u.hold_until AS "holdUntil",
    e.name, e.effect, e.effect_minor AS "effectMinor", e.effect_bps AS "effectBps", e.rule_id AS "ruleId"
  FROM entitlement_use u JOIN entitlement e ON e.business_id = u.business_id AND e.id = u.entitlement_id
  WHERE u.business_id = $1::bigint`;
const STATES = ["held", "confirmed", "released", "undone"] as const;

const toHold = ({ effect, effectMinor, effectBps, ruleId, state, ...row }: HoldRow): Hold => ({
  ...row,
  state: STATES.find((each) => each === state) ?? "released",
  effect: effectOfColumns({ effect, effectMinor, effectBps, ruleId }),
});

/** Uses by their ids, in no order. */
export async function holds(tx: Tx, businessId: bigint, ids: readonly bigint[]): Promise<Hold[]> {
  const rows = await callIn<HoldRow>(tx, `${HOLDS} AND u.id = ANY($2::bigint[])`, [businessId, [...ids]]);
  return rows.map(toHold);
}

/** The latest confirmed use that belongs to no purchase. */
export async function lastFreeUse(
  tx: Tx,
  businessId: bigint,
  entitlementId: bigint,
): Promise<bigint | undefined> {
  const row = await tx.entitlementUse.findFirst({
    where: { businessId, entitlementId, state: "confirmed", operationId: null },
    orderBy: { settledAt: "desc" },
    select: { id: true },
  });
  return row?.id;
}

/** Locks the member and proves that a purchase is theirs and stands. Refuses: `not_found`, `refund_of_refund`. */
export async function lockPurchase(
  tx: Tx,
  businessId: bigint,
  operationId: bigint,
  memberId: bigint,
): Promise<void> {
  await lockMember(tx, businessId, memberId);
  const row = await tx.operation.findUnique({
    where: { businessId_id: { businessId, id: operationId } },
    select: { kind: true, state: true, memberId: true },
  });
  if (row?.memberId !== memberId || row.kind !== "purchase") throw new Refused("not_found");
  if (row.state !== "normal") throw new Refused("refund_of_refund");
}

/** Makes a use part of a purchase recorded before: its refund undoes it. */
export async function linkToPurchase(
  tx: Tx,
  businessId: bigint,
  operationId: bigint,
  use: Hold,
): Promise<void> {
  await callIn(
    tx,
    `INSERT INTO operation_effect (business_id, operation_id, no, member_id, kind, ref, amount, detail)
     SELECT $1::bigint, $2::bigint, coalesce(max(no), 0) + 1, $3::bigint, 'entitlement', $4, 1,
       jsonb_build_object('say', jsonb_build_object('reward', $5::text))
     FROM operation_effect WHERE business_id = $1::bigint AND operation_id = $2::bigint`,
    [businessId, operationId, use.memberId, use.id.toString(), use.name],
  );
}
