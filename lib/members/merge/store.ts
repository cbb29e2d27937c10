import "server-only";
import { call, callIn, type Tx } from "../../platform/db";
import { LIKENESSES, type Likeness } from "./schema";

export async function merge(
  tx: Tx,
  about: {
    businessId: bigint;
    now: Date;
    mergeId: bigint;
    survivorId: bigint;
    loserId: bigint;
    staffId: bigint | null;
  },
): Promise<void> {
  await callIn(
    tx,
    "SELECT 1 AS ok FROM merge_members($1::bigint, $2::timestamptz, $3::bigint, $4::bigint, $5::bigint, $6::bigint)",
    [about.businessId, about.now, about.mergeId, about.survivorId, about.loserId, about.staffId],
  );
}

export async function unmerge(
  tx: Tx,
  about: { businessId: bigint; now: Date; mergeId: bigint; staffId: bigint | null },
): Promise<{ survivorId: bigint; loserId: bigint }> {
  const [row] = await callIn<{ survivor: bigint; loser: bigint }>(
    tx,
    "SELECT * FROM unmerge_members($1::bigint, $2::timestamptz, $3::bigint, $4::bigint)",
    [about.businessId, about.now, about.mergeId, about.staffId],
  );
  return { survivorId: row!.survivor, loserId: row!.loser };
}

/** The member an id stands for since a merge; nothing when it was never merged. */
export async function survivorOf(
  tx: Tx,
  businessId: bigint,
  kind: "id" | "person" | "uid" | "phone" | "invite",
  value: string,
): Promise<bigint | undefined> {
  const row = await tx.memberAlias.findUnique({
    where: { businessId_kind_value: { businessId, kind, value } },
    select: { memberId: true },
  });
  return row?.memberId;
}

/** Whom somebody's phone, till's uid or number leads to since they were merged; in one round trip of its own. */
export async function survivorNamed(
  businessId: bigint,
  by: {
    readonly phone?: string | null | undefined;
    readonly uid?: string | null | undefined;
    readonly memberId?: bigint | null | undefined;
  },
): Promise<bigint | undefined> {
  const [row] = await call<{ member_id: bigint }>(
    "survivor_of",
    "SELECT * FROM survivor_of($1, $2, $3, $4)",
    [businessId, by.phone ?? null, by.uid ?? null, by.memberId?.toString() ?? null],
  );
  return row?.member_id;
}

/** Everything a merge would move of one member, and what they are known by. Points in hundredths, money in minor units. */
export type MergeSide = {
  readonly id: bigint;
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly birthDate: string | null;
  readonly hasCard: boolean;
  readonly blocked: boolean;
  readonly createdAt: Date;
  readonly lastAt: Date | null;
  readonly points: bigint;
  readonly lots: number;
  readonly operations: number;
  readonly visits: number;
  readonly cashSpentMinor: bigint;
  readonly tags: number;
  readonly friends: number;
  readonly rewards: number;
  readonly certificates: number;
  readonly stamps: number;
  readonly messages: number;
  readonly segments: number;
  readonly refusedConsents: number;
};

const COUNTS = `(SELECT count(*)::int FROM lot x WHERE x.business_id = m.business_id AND x.member_id = m.id AND x.remaining <> 0) AS lots,
  (SELECT count(*)::int FROM operation x WHERE x.business_id = m.business_id AND x.member_id = m.id) AS operations,
  (SELECT count(*)::int FROM member_tag x WHERE x.business_id = m.business_id AND x.member_id = m.id) AS tags,
  (SELECT count(*)::int FROM member x WHERE x.business_id = m.business_id AND x.inviter_id = m.id) AS friends,
  (SELECT count(*)::int FROM entitlement x WHERE x.business_id = m.business_id AND x.member_id = m.id AND x.withdrawn_at IS NULL
     AND x.used < x.uses) AS rewards,
  (SELECT count(*)::int FROM certificate x WHERE x.business_id = m.business_id AND x.member_id = m.id) AS certificates,
  (SELECT coalesce(sum(x.stamps), 0)::int FROM stamp_card x WHERE x.business_id = m.business_id AND x.member_id = m.id) AS stamps,
  (SELECT count(*)::int FROM message x WHERE x.business_id = m.business_id AND x.member_id = m.id) AS messages,
  (SELECT count(*)::int FROM segment_member x WHERE x.business_id = m.business_id AND x.member_id = m.id) AS segments,
  (SELECT count(*)::int FROM (SELECT DISTINCT ON (c.purpose, c.channel) c.granted FROM member_consent c
     WHERE c.business_id = m.business_id AND c.member_id = m.id ORDER BY c.purpose, c.channel, c.id DESC) x
     WHERE NOT x.granted) AS "refusedConsents"`;

/** Both sides of a merge to be; a member who is not there is left out. */
export async function sides(tx: Tx, businessId: bigint, ids: readonly bigint[]): Promise<MergeSide[]> {
  return await callIn<MergeSide>(
    tx,
    `SELECT m.id, p.name, p.phone, p.email, p.birth_date::text AS "birthDate", m.person_id IS NOT NULL AS "hasCard",
       m.blocked_at IS NOT NULL AS blocked, m.created_at AS "createdAt", s.last_at AS "lastAt", s.points, s.visits,
       s.cash_spent_minor AS "cashSpentMinor", ${COUNTS}
     FROM member m JOIN member_stats s ON s.business_id = m.business_id AND s.member_id = m.id
     LEFT JOIN member_profile p ON p.business_id = m.business_id AND p.member_id = m.id
     WHERE m.business_id = $1::bigint AND m.id = ANY ($2::bigint[])`,
    [businessId, [...ids]],
  );
}

/** What is not a sum once two are one: different tags, and the channels either of them refused. */
export async function together(
  tx: Tx,
  businessId: bigint,
  ids: readonly bigint[],
): Promise<{ tags: number; refusedConsents: number }> {
  const [row] = await callIn<{ tags: number; refusedConsents: number }>(
    tx,
    `SELECT (SELECT count(DISTINCT x.tag_id)::int FROM member_tag x WHERE x.business_id = $1::bigint AND x.member_id = ANY ($2::bigint[])) AS tags,
       (SELECT count(*)::int FROM (SELECT purpose, channel FROM (SELECT DISTINCT ON (c.member_id, c.purpose, c.channel) c.purpose, c.channel,
            c.granted FROM member_consent c WHERE c.business_id = $1::bigint AND c.member_id = ANY ($2::bigint[])
          ORDER BY c.member_id, c.purpose, c.channel, c.id DESC) last GROUP BY 1, 2 HAVING NOT bool_and(granted)) y) AS "refusedConsents"`,
    [businessId, [...ids]],
  );
  return row ?? { tags: 0, refusedConsents: 0 };
}

export type MergeRow = {
  readonly id: bigint;
  readonly loserId: bigint;
  readonly at: Date;
  readonly by: string | null;
  readonly name: string | null;
  readonly canUndo: boolean;
  readonly undoneAt: Date | null;
};

/** Whom a member took over, newest first; merges that were taken back too. */
export async function mergesOf(tx: Tx, businessId: bigint, memberId: bigint): Promise<MergeRow[]> {
  return await callIn<MergeRow>(
    tx,
    `SELECT g.id, g.loser_id AS "loserId", g.at, w.name AS by, g.undone_at AS "undoneAt",
       coalesce(g.kept->'loser'->'profile'->>'name', g.kept->'loser'->'profile'->>'phone', g.kept->'loser'->'profile'->>'email') AS name,
       g.undone_at IS NULL AND g.kept IS NOT NULL AS "canUndo"
     FROM member_merge g LEFT JOIN staff w ON w.business_id = g.business_id AND w.id = g.staff_id
     WHERE g.business_id = $1::bigint AND g.survivor_id = $2::bigint ORDER BY g.id DESC LIMIT 20`,
    [businessId, memberId],
  );
}

/** What else a member is found by: phones and e-mails of those merged into them. */
export async function otherNames(
  tx: Tx,
  businessId: bigint,
  memberId: bigint,
): Promise<{ kind: "phone" | "email"; value: string }[]> {
  return await callIn<{ kind: "phone" | "email"; value: string }>(
    tx,
    `SELECT kind, value FROM member_alias WHERE business_id = $1::bigint AND member_id = $2::bigint AND kind IN ('phone', 'email')
     ORDER BY kind DESC, value LIMIT 20`,
    [businessId, memberId],
  );
}

/** Every id a member goes by: their own and those of the merged. */
export async function idsOf(tx: Tx, businessId: bigint, memberId: bigint): Promise<bigint[]> {
  const rows = await tx.memberAlias.findMany({
    where: { businessId, memberId, kind: "id" },
    select: { value: true },
  });
  return [memberId, ...rows.map(({ value }) => BigInt(value))];
}

export type LikelyPair = {
  readonly aId: bigint;
  readonly bId: bigint;
  readonly likeness: Likeness;
};

/** What makes two profiles alike, as the expression its index holds. */
const LIKE: Readonly<Record<Likeness, { by: string; known: string }>> = {
  phone: { by: "right(phone, 9)", known: "phone IS NOT NULL" },
  email: { by: "lower(email)", known: "email IS NOT NULL" },
  birthday: { by: "birth_date, name_key(name)", known: "birth_date IS NOT NULL AND name IS NOT NULL" },
};
/** Beyond this many alike (a family's one phone, a made-up birthday) it says nothing about any two of them. */
const ALIKE_MAX = 8;

/**
 * Likely pairs, groups first met in the order of an index. Shape: walks one index a likeness and stops at the limit; pairs somebody
 * said are two people are left out.
 */
export async function likelyPairs(tx: Tx, businessId: bigint, limit: number): Promise<LikelyPair[]> {
  const pairs: LikelyPair[] = [];
  for (const likeness of LIKENESSES) {
    const { by, known } = LIKE[likeness];
    const rows = await callIn<{ aId: bigint; bId: bigint }>(
      tx,
      `WITH alike AS (
         SELECT array_agg(member_id ORDER BY member_id) AS ids FROM member_profile WHERE business_id = $1::bigint AND ${known}
         GROUP BY ${by} HAVING count(*) BETWEEN 2 AND ${ALIKE_MAX} ORDER BY ${by} LIMIT $2::int
       )
       SELECT a.id AS "aId", b.id AS "bId" FROM alike, unnest(ids) AS a(id), unnest(ids) AS b(id)
       WHERE a.id < b.id AND NOT EXISTS (SELECT FROM member_distinct d
         WHERE d.business_id = $1::bigint AND d.member_id = a.id AND d.other_id = b.id)
       LIMIT $2::int`,
      [businessId, limit],
    );
    const seen = new Set(pairs.map((pair) => `${pair.aId} ${pair.bId}`));
    for (const row of rows) if (!seen.has(`${row.aId} ${row.bId}`)) pairs.push({ ...row, likeness });
  }
  return pairs.slice(0, limit);
}

export async function likelyFor(tx: Tx, businessId: bigint, memberId: bigint): Promise<LikelyPair[]> {
  return await callIn<LikelyPair>(
    tx,
    `SELECT DISTINCT ON (o.member_id) least(p.member_id, o.member_id) AS "aId", greatest(p.member_id, o.member_id) AS "bId", o.likeness
     FROM member_profile p CROSS JOIN LATERAL (
       (SELECT q.member_id, 'phone' AS likeness, 1 AS no FROM member_profile q WHERE q.business_id = $1::bigint AND q.phone IS NOT NULL
          AND right(q.phone, 9) = right(p.phone, 9) LIMIT ${ALIKE_MAX})
       UNION ALL
       (SELECT q.member_id, 'email', 2 FROM member_profile q WHERE q.business_id = $1::bigint AND q.email IS NOT NULL
          AND lower(q.email) = lower(p.email) LIMIT ${ALIKE_MAX})
       UNION ALL
       (SELECT q.member_id, 'birthday', 3 FROM member_profile q WHERE q.business_id = $1::bigint AND q.birth_date IS NOT NULL
          AND q.name IS NOT NULL AND q.birth_date = p.birth_date AND name_key(q.name) = name_key(p.name) LIMIT ${ALIKE_MAX})
     ) o
     WHERE p.business_id = $1::bigint AND p.member_id = $2::bigint AND o.member_id <> p.member_id
       AND NOT EXISTS (SELECT FROM member_distinct d WHERE d.business_id = $1::bigint
         AND d.member_id = least(p.member_id, o.member_id) AND d.other_id = greatest(p.member_id, o.member_id))
     ORDER BY o.member_id, o.no LIMIT ${ALIKE_MAX}`,
    [businessId, memberId],
  );
}

export async function keepApart(
  tx: Tx,
  about: { businessId: bigint; ids: readonly [bigint, bigint]; now: Date; staffId: bigint | null },
): Promise<void> {
  const [memberId, otherId] = about.ids.toSorted((a, b) => (a < b ? -1 : 1)) as [bigint, bigint];
  const { businessId, now, staffId } = about;
  await tx.memberDistinct.createMany({
    data: [{ businessId, memberId, otherId, at: now, staffId }],
    skipDuplicates: true,
  });
}
