import "server-only";
import { call, callIn, type Tx } from "../platform/db";
import type { Progress } from "./model";
import { rowsJson, type StandingRow, type TierReason, toLife } from "./schema";
import type { Entry, Past, Stood } from "./standing/model";

export type Held = Stood & { readonly memberId: bigint };

/** Members' tiers, figures and what is kept beside, with their rows locked in the order of ids. */
export const lockStood = (tx: Tx, businessId: bigint, memberIds: readonly bigint[]) =>
  stoodOf(tx, businessId, memberIds, " FOR UPDATE");

/** The same without locks, for a look. */
export const readStood = (tx: Tx, businessId: bigint, memberIds: readonly bigint[]) =>
  stoodOf(tx, businessId, memberIds, "");

async function stoodOf(
  tx: Tx,
  businessId: bigint,
  memberIds: readonly bigint[],
  lock: "" | " FOR UPDATE",
): Promise<Held[]> {
  const rows = await callIn<{
    member_id: bigint;
    tier_id: string;
    cash: bigint;
    visits: number;
    invited: number;
    life: unknown;
  }>(
    tx,
    `SELECT s.member_id, s.tier_id, s.cash_spent_minor AS cash, s.visits, s.effective_invited_count AS invited,
       (SELECT to_jsonb(m) FROM member_standing m WHERE m.business_id = s.business_id AND m.member_id = s.member_id) AS life
     FROM member_stats s WHERE s.business_id = $1::bigint AND s.member_id = ANY ($2::bigint[])
     ORDER BY s.member_id${lock}`,
    [businessId, memberIds],
  );
  return rows.map((row) => ({
    memberId: row.member_id,
    tierId: row.tier_id,
    life: toLife(row.life),
    totals: { cashSpentMinor: row.cash, visits: row.visits, effectiveInvited: row.invited },
  }));
}

type PastRow = { member_id: bigint; kind: "purchase" | "friend"; at: Date; cash: bigint; is_visit: boolean };

/** What these members did since a moment; who did nothing is missing. */
export async function pastsOf(
  tx: Tx,
  businessId: bigint,
  memberIds: readonly bigint[],
  from: Date,
): Promise<Map<bigint, Past>> {
  const rows = await callIn<PastRow>(
    tx,
    "SELECT * FROM members_past($1::bigint, $2::bigint[], $3::timestamptz)",
    [businessId, memberIds, from],
  );
  const pasts = new Map<bigint, { purchases: Past["purchases"][number][]; friends: Date[] }>();
  for (const row of rows) {
    const past = pasts.get(row.member_id) ?? { purchases: [], friends: [] };
    pasts.set(row.member_id, past);
    if (row.kind === "friend") past.friends.push(row.at);
    else past.purchases.push({ at: row.at, cashMinor: row.cash, isVisit: row.is_visit });
  }
  return pasts;
}

/** Writes standings; answers how many moved to another tier. */
export async function writeStandings(
  tx: Tx,
  businessId: bigint,
  now: Date,
  rows: readonly StandingRow[],
): Promise<number> {
  if (rows.length === 0) return 0;
  const [row] = await callIn<{ moved: number }>(
    tx,
    "SELECT standing_write($1::bigint, $2::timestamptz, $3::jsonb) AS moved",
    [businessId, now, rowsJson(rows)],
  );
  return row?.moved ?? 0;
}

export async function dueMembers(
  now: Date,
  limit: number,
): Promise<{ businessId: bigint; memberId: bigint }[]> {
  const rows = await call<{ business_id: bigint; member_id: bigint }>(
    "members_with_due_standing",
    "SELECT * FROM members_with_due_standing($1, $2)",
    [now, limit],
  );
  return rows.map((row) => ({ businessId: row.business_id, memberId: row.member_id }));
}

/** The tiers a member entered since a moment, newest first, up to the first move of another kind. */
export async function entriesSince(
  tx: Tx,
  businessId: bigint,
  memberId: bigint,
  since: Date,
): Promise<Entry[]> {
  const rows = await tx.tierChange.findMany({
    where: { businessId, memberId, at: { gte: since }, reason: { notIn: ["given", "given_end"] } },
    orderBy: { id: "desc" },
    take: 50,
  });
  const other = rows.findIndex((row) => !row.isUp || row.cashMinor === null);
  return (other < 0 ? rows : rows.slice(0, other)).map((row) => ({
    tierBefore: row.tierBefore,
    tierAfter: row.tierAfter,
    from: row.windowFrom,
    figures: {
      cashSpentMinor: row.cashMinor ?? 0n,
      visits: row.visits ?? 0,
      effectiveInvited: row.invited ?? 0,
    } satisfies Progress,
  }));
}

export type TierMove = {
  readonly id: bigint;
  readonly at: Date;
  readonly tierBefore: string;
  readonly tierAfter: string;
  readonly isUp: boolean;
  readonly reason: TierReason;
  readonly operationId: bigint | null;
  readonly staffName: string | null;
  readonly until: Date | null;
  readonly comment: string | null;
};

export async function movesOf(
  tx: Tx,
  businessId: bigint,
  memberId: bigint,
  limit: number,
): Promise<TierMove[]> {
  const rows = await tx.tierChange.findMany({
    where: { businessId, memberId },
    orderBy: { id: "desc" },
    take: limit,
  });
  const ids = rows.flatMap((row) => (row.staffId === null ? [] : [row.staffId]));
  const staff =
    ids.length > 0
      ? await tx.staff.findMany({ where: { businessId, id: { in: ids } }, select: { id: true, name: true } })
      : [];
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    tierBefore: row.tierBefore,
    tierAfter: row.tierAfter,
    isUp: row.isUp,
    reason: row.reason as TierReason,
    operationId: row.operationId,
    staffName: staff.find(({ id }) => id === row.staffId)?.name ?? null,
    until: row.until,
    comment: row.comment,
  }));
}

export type Gift = { readonly at: Date; readonly operationId: bigint; readonly points: bigint };

export async function insertGift(
  tx: Tx,
  businessId: bigint,
  gift: Gift & { readonly memberId: bigint; readonly tierId: string },
): Promise<boolean> {
  const { count } = await tx.tierGift.createMany({ data: [{ businessId, ...gift }], skipDuplicates: true });
  return count > 0;
}

export async function giftOf(
  tx: Tx,
  businessId: bigint,
  memberId: bigint,
  tierId: string,
): Promise<Gift | undefined> {
  const row = await tx.tierGift.findUnique({
    where: { businessId_memberId_tierId: { businessId, memberId, tierId } },
  });
  return row ?? undefined;
}

export type Taking = {
  readonly memberId: bigint;
  readonly tierId: string;
  readonly giftId: bigint;
  readonly operationId: bigint;
  readonly at: Date;
  readonly programmeVersion: number;
  readonly because: unknown;
};

export async function takeGiftBack(tx: Tx, businessId: bigint, taking: Taking): Promise<void> {
  const { memberId, tierId } = taking;
  await callIn(
    tx,
    "SELECT true AS taken FROM take_gift_back($1::bigint, $2::timestamptz, $3::bigint, $4::bigint, $5::bigint, $6::int, $7::jsonb)",
    [
      businessId,
      taking.at,
      taking.operationId,
      memberId,
      taking.giftId,
      taking.programmeVersion,
      JSON.stringify(taking.because),
    ],
  );
  await tx.tierGift.delete({ where: { businessId_memberId_tierId: { businessId, memberId, tierId } } });
}
