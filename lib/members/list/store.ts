import "server-only";
import { callIn, type Tx } from "../../platform/db";
import type { MemberRow } from "../model";
import type { MemberQuery } from "../schema";

type ListRow = {
  id: bigint;
  name: string | null;
  phone: string | null;
  email: string | null;
  tier_id: string;
  points: bigint;
  visits: number;
  cash_spent_minor: bigint;
  last_at: Date | null;
  blocked_at: Date | null;
};

const LIST_COLUMNS = `m.id, p.name, p.phone, p.email, s.tier_id, s.points, s.visits, s.cash_spent_minor, s.last_at, m.blocked_at`;
const LIST_JOINS = `JOIN member m ON m.business_id = s.business_id AND m.id = s.member_id
  LEFT JOIN member_profile p ON p.business_id = s.business_id AND p.member_id = s.member_id`;
/** A search looks at this many hits at the most, so that a common name costs no more than a rare one. */
const SEARCH_HITS_MAX = 1_000;

/** One page of members; the cursor is "<last_at ms or 0>_<id>" of the last row before. */
export async function listMembers(tx: Tx, businessId: bigint, query: MemberQuery): Promise<MemberRow[]> {
  const [ms, id] = (query.cursor ?? "").split("_");
  const after =
    query.cursor && id && /^\d{1,15}_\d{1,16}$/.test(query.cursor)
      ? { at: new Date(Number(ms)), id: BigInt(id) }
      : null;
  const rows = query.search
    ? await callIn<ListRow>(
        tx,
        `WITH hit AS MATERIALIZED (SELECT member_id FROM member_search($2, ${SEARCH_HITS_MAX}))
         SELECT ${LIST_COLUMNS} FROM hit JOIN member_stats s ON s.business_id = $1::bigint AND s.member_id = hit.member_id
         ${LIST_JOINS} ORDER BY s.last_at DESC NULLS LAST, s.member_id DESC OFFSET $4::int LIMIT $3::int`,
        [
          businessId,
          `%${query.search.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`,
          query.limit,
          Math.min(SEARCH_HITS_MAX, Math.trunc(Number(query.cursor)) || 0),
        ],
      )
    : query.sort === "newest"
      ? await callIn<ListRow>(
          tx,
          `SELECT ${LIST_COLUMNS} FROM member_stats s ${LIST_JOINS}
           WHERE s.business_id = $1::bigint AND ($2::bigint IS NULL OR s.member_id < $2::bigint)
           ORDER BY s.member_id DESC LIMIT $3::int`,
          [businessId, after?.id ?? null, query.limit],
        )
      : await callIn<ListRow>(
          tx,
          `SELECT ${LIST_COLUMNS} FROM member_stats s ${LIST_JOINS}
           WHERE s.business_id = $1::bigint AND s.last_at IS NOT NULL AND ($2::timestamptz IS NULL OR s.last_at <= $2::timestamptz)
             AND ($2::timestamptz IS NULL OR (s.last_at, s.member_id) < ($2::timestamptz, $4::bigint))
           ORDER BY s.last_at DESC, s.member_id DESC LIMIT $3::int`,
          [businessId, after?.at ?? null, query.limit, after?.id ?? null],
        );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    phone: row.phone,
    email: row.email,
    tierId: row.tier_id,
    points: row.points,
    visits: row.visits,
    cashSpentMinor: row.cash_spent_minor,
    lastAt: row.last_at,
    blockedAt: row.blocked_at,
  }));
}

export async function memberIds(
  tx: Tx,
  businessId: bigint,
  page: { after: bigint | null; skip: number; limit: number },
): Promise<bigint[]> {
  const rows = await tx.member.findMany({
    where: { businessId, ...(page.after === null ? {} : { id: { gt: page.after } }) },
    select: { id: true },
    orderBy: { id: "asc" },
    skip: page.skip,
    take: page.limit,
  });
  return rows.map((row) => row.id);
}

export async function countMembers(tx: Tx, businessId: bigint): Promise<number> {
  return await tx.memberStats.count({ where: { businessId } });
}
