import { plain } from "../kernel/json";
import "server-only";
import type { Context } from "../access/model";
import type { Day } from "../kernel/time";
import { callIn, type SqlValue, type Tx } from "../platform/db";
import { type Ladder, ladderOrder } from "../tiers/model";
import type { Programme } from "./model";
import { compile } from "./rules/compile/model";
import { rulesAt } from "./rules/store";
import { type ProgrammeSettings, toProgramme } from "./schema";

const KEPT_MAX = 1_000;
const RULES_KEPT_MAX = 100_000;
/** Versions never change, so a parsed one is good for ever; the oldest goes when there are many. */
const kept = new Map<string, Programme>();

export async function programmeAt(
  tx: Tx,
  businessId: bigint,
  version: number,
): Promise<Programme | undefined> {
  const key = `${businessId}:${version}`;
  const known = kept.get(key);
  if (known) return known;
  const settings = await settingsOf(tx, businessId, version);
  if (!settings) return undefined;
  const rules = await rulesAt(tx, businessId, version);
  const programme = { ...toProgramme(version, settings), ...(rules.length > 0 && { rules: compile(rules) }) };
  if (weight() > RULES_KEPT_MAX) kept.clear();
  if (kept.size >= KEPT_MAX) kept.delete(kept.keys().next().value ?? key);
  kept.set(key, programme);
  return programme;
}

/** Compiled rules are what a kept programme weighs. */
const weight = () => kept.values().reduce((sum, { rules }) => sum + (rules?.all.length ?? 0), 0);

export async function settingsOf(tx: Tx, businessId: bigint, version: number): Promise<unknown> {
  const row = await tx.programmeVersion.findUnique({
    where: { businessId_version: { businessId, version } },
    select: { settings: true },
  });
  return row?.settings;
}

export function keptProgramme(businessId: bigint, version: number): Programme | undefined {
  return kept.get(`${businessId}:${version}`);
}

/** The version in force at a moment; without one, by the database's clock. */
export async function currentVersion(
  tx: Tx,
  businessId: bigint,
  now: Date | null = null,
): Promise<number | undefined> {
  const [row] = await callIn<{ version: number | null }>(
    tx,
    "SELECT programme_in_force($1::bigint, coalesce($2::timestamptz, now())) AS version",
    [businessId, now],
  );
  return row?.version ?? undefined;
}

export async function insertVersion(
  tx: Tx,
  ctx: Context,
  version: number,
  settings: ProgrammeSettings,
  effectiveAt: Date,
): Promise<void> {
  await tx.programmeVersion.create({
    data: {
      businessId: ctx.business.id,
      version,
      settings: plain(settings),
      createdAt: ctx.now,
      effectiveAt,
      staffId: ctx.actor.kind === "staff" ? ctx.actor.id : null,
    },
  });
}

/** Who invited these members, each once, ascending: the order in which rows are locked. */
export async function invitersOf(
  tx: Tx,
  businessId: bigint,
  memberIds: readonly bigint[],
): Promise<bigint[]> {
  const rows = await tx.member.findMany({
    where: { businessId, id: { in: [...memberIds] }, inviterId: { not: null } },
    select: { inviterId: true },
    distinct: ["inviterId"],
    orderBy: { inviterId: "asc" },
  });
  return rows.flatMap((row) => (row.inviterId === null ? [] : [row.inviterId]));
}

export async function recountInvitations(tx: Tx, businessId: bigint, inviterId: bigint): Promise<void> {
  await callIn(tx, "SELECT * FROM recount_invitations($1::bigint, $2::bigint)", [businessId, inviterId]);
}

/** The tier a member's figures of all times reach, as SQL over `member_stats s`: the same decision as `qualify`, for everybody at once. */
function tierCase(ladder: Ladder, first: number): { sql: string; values: SqlValue[] } {
  const { perVisit, perHundred, perFriend } = ladder.experience;
  const values: SqlValue[] = [];
  const next = (value: SqlValue, cast: string) => `$${first - 1 + values.push(value)}::${cast}`;
  const worth = `(s.cash_spent_minor * ${next(perHundred, "bigint")} / 10000 + s.visits * ${next(perVisit, "bigint")}
    + s.effective_invited_count * ${next(perFriend, "bigint")})`;
  const cases = ladderOrder(ladder)
    .filter((tier) => tier.id !== "base")
    .toReversed()
    .map((tier) => {
      const spent = next(tier.spentMinor, "bigint");
      const visits = next(tier.visits, "int");
      const invited = next(tier.invited, "int");
      const experience = next(tier.experience, "bigint");
      return `WHEN s.cash_spent_minor >= ${spent} OR s.visits >= ${visits} OR s.effective_invited_count >= ${invited}
        OR ${worth} >= ${experience} THEN ${next(tier.id, "text")}`;
    });
  // One tier alone leaves nothing to compare, but the parameters must be used.
  const sql =
    cases.length > 0
      ? `CASE ${cases.join(" ")} ELSE 'base' END`
      : `CASE WHEN ${worth} < 0 THEN 'base' ELSE 'base' END`;
  return { sql, values };
}

export type Move = { from: string; to: string; members: number };

/** All members by the tier they stand on and the one their figures of all times would give them. */
export async function countMoves(tx: Tx, businessId: bigint, ladder: Ladder): Promise<Move[]> {
  const { sql, values } = tierCase(ladder, 2);
  const rows = await callIn<{ from: string; to: string; members: bigint }>(
    tx,
    `SELECT s.tier_id AS "from", ${sql} AS "to", count(*) AS members FROM member_stats s
     WHERE s.business_id = $1::bigint GROUP BY 1, 2`,
    [businessId, ...values],
  );
  return rows.map((row) => ({ ...row, members: Number(row.members) }));
}

/** All members, or about so many spread evenly over those who ever joined. */
export async function sampleMembers(
  tx: Tx,
  businessId: bigint,
  limit: number,
): Promise<{ memberIds: bigint[]; members: number }> {
  const members = await tx.memberStats.count({ where: { businessId } });
  const every = Math.max(1, Math.ceil(members / limit));
  const rows = await callIn<{ member_id: bigint }>(
    tx,
    `SELECT s.member_id FROM member_stats s WHERE s.business_id = $1::bigint AND abs(hashint8(s.member_id)::bigint) % $2::bigint = 0 LIMIT $3::int`,
    [businessId, every, limit * 2],
  );
  return { memberIds: rows.map((row) => row.member_id), members };
}

/**
 * One batch of members in id order: those who may have to move. Where figures of all times decide, that is who stands on another
 * tier than they give, and who has more kept than figures; with a window it is everybody.
 */
export async function unsettledIn(
  tx: Tx,
  businessId: bigint,
  ladder: Ladder,
  after: bigint,
  limit: number,
): Promise<{ memberIds: bigint[]; last: bigint | undefined }> {
  const { sql, values } = tierCase(ladder, 5);
  const isWindowed = ladder.qualifying.window.kind !== "ever";
  const [row] = await callIn<{ last: bigint | null; ids: bigint[] | null }>(
    tx,
    `WITH chunk AS (
       SELECT s.member_id, $4::boolean OR s.tier_id <> ${sql} OR EXISTS (
         SELECT FROM member_standing m WHERE m.business_id = s.business_id AND m.member_id = s.member_id) AS open
       FROM member_stats s
       WHERE s.business_id = $1::bigint AND s.member_id > $2::bigint ORDER BY s.member_id LIMIT $3::int
     ) SELECT max(member_id) AS last, array_agg(member_id ORDER BY member_id) FILTER (WHERE open) AS ids FROM chunk`,
    [businessId, after, limit, isWindowed, ...values],
  );
  return { memberIds: row?.ids ?? [], last: row?.last ?? undefined };
}

export type PastPurchase = {
  at: Date;
  tierId: string;
  isFirst: boolean;
  totalMinor: bigint;
  skipMinor: bigint;
  unredeemableMinor: bigint;
  discountMinor: bigint;
  pointsSpent: bigint;
  pointsEarned: bigint;
  /** As they stand today. */
  cashSpentMinor: bigint;
  effectiveInvited: number;
  visits: number;
};

const PAST = `SELECT o.at, o.tier_id AS "tierId", o.is_first AS "isFirst", o.total_minor AS "totalMinor", o.skip_minor AS "skipMinor",
    o.unredeemable_minor AS "unredeemableMinor", o.discount_minor AS "discountMinor", o.points_spent AS "pointsSpent",
    o.points_earned AS "pointsEarned", s.cash_spent_minor AS "cashSpentMinor", s.effective_invited_count AS "effectiveInvited", s.visits
  FROM operation o JOIN member_stats s ON s.business_id = o.business_id AND s.member_id = o.member_id
  WHERE o.business_id = $1::bigint AND o.kind = 'purchase' AND o.state = 'normal'`;

/** Purchases between two ids: all of them up to `limit`, else the first few of each of `slices` equal stretches of time. */
export async function pastPurchases(
  tx: Tx,
  businessId: bigint,
  asked: { from: bigint; to: bigint; limit: number; slices: number },
): Promise<{ rows: PastPurchase[]; complete: boolean }> {
  const all = await callIn<PastPurchase>(
    tx,
    `${PAST} AND o.id >= $2::bigint AND o.id < $3::bigint ORDER BY o.id DESC LIMIT $4::int`,
    [businessId, asked.from, asked.to, asked.limit + 1],
  );
  if (all.length <= asked.limit) return { rows: all, complete: true };
  const rows = await callIn<PastPurchase>(
    tx,
    `SELECT sample.* FROM generate_series(0, $4::int - 1) AS slice CROSS JOIN LATERAL (
       ${PAST} AND o.id >= $2::bigint + slice * (($3::bigint - $2::bigint) / $4::int)
         AND o.id < $2::bigint + (slice + 1) * (($3::bigint - $2::bigint) / $4::int)
       ORDER BY o.id LIMIT $5::int) AS sample`,
    [businessId, asked.from, asked.to, asked.slices, Math.ceil(asked.limit / asked.slices)],
  );
  return { rows, complete: false };
}

/** How many members ever came, from the daily sums. */
export async function membersEver(tx: Tx, businessId: bigint): Promise<number> {
  const { _sum: sum } = await tx.businessDay.aggregate({ where: { businessId }, _sum: { newMembers: true } });
  return sum.newMembers ?? 0;
}

/** How many purchases were recorded since each of some days, from the daily sums. */
export async function purchasesSince(tx: Tx, businessId: bigint, days: readonly Day[]): Promise<number[]> {
  const rows = await callIn<{ purchases: bigint }>(
    tx,
    `SELECT coalesce((SELECT sum(d.purchases) FROM business_day d WHERE d.business_id = $1::bigint AND d.day >= since), 0) AS purchases
     FROM unnest($2::date[]) WITH ORDINALITY AS x(since, no) ORDER BY no`,
    [businessId, [...days]],
  );
  return rows.map((row) => Number(row.purchases));
}
