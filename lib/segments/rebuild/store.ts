import "server-only";
import type { Day } from "../../kernel/time";
import { callIn, type Tx } from "../../platform/db";
import { type CompileFor, compile } from "../compile/compile";
import type { Kept } from "../store";

export type Built = { readonly entered: number; readonly left: number };

/** `isTold`: who comes and goes is published. `enteredAt`: since when those who come are in. */
export type Rebuild = Omit<CompileFor, "wantsNext" | "whom"> & {
  readonly range: { readonly after: bigint; readonly to: bigint | null };
  readonly checksUntil: Date;
  readonly enteredAt: Date;
  readonly isTold: boolean;
};

/**
 * Decides many at once: the difference to what is kept is written, and what time will change until a moment is noted.
 * Shape: the caller holds the segment.
 */
export async function rebuild(tx: Tx, segment: Kept, asked: Rebuild): Promise<Built> {
  const { range, checksUntil, enteredAt, isTold, ...moment } = asked;
  const isWhole = range.after === 0n && range.to === null;
  const { from, where, among, is, next, values } = compile(segment.rule, {
    ...moment,
    whom: isWhole ? "all" : range,
    wantsNext: true,
  });
  const place = (offset: number, type: string) => `$${values.length + offset}::${type}`;
  const [id, now, until] = [place(1, "bigint"), place(2, "timestamptz"), place(3, "timestamptz")];
  const [since, after, to] = [place(4, "timestamptz"), place(5, "bigint"), place(6, "bigint")];
  const truth =
    next === null
      ? `SELECT s.member_id, true AS is_in, NULL::timestamptz AS next_at FROM ${from} WHERE ${where}`
      : `SELECT * FROM (SELECT s.member_id, coalesce(${is}, false) AS is_in, ${next} AS next_at FROM ${from}
         WHERE ${among}) a WHERE is_in OR next_at <= ${until}`;
  const mine = `x.business_id = $1::bigint AND x.segment_id = ${id} AND x.member_id > ${after} AND (${to} IS NULL OR x.member_id <= ${to})`;
  const told = (
    type: string,
    whom: string,
  ) => `INSERT INTO outbox (business_id, member_id, type, payload, at, due_at)
    SELECT $1::bigint, member_id, '${type}', jsonb_build_object('segmentId', ${id}), ${now}, ${now} FROM ${whom}`;
  await tx.$executeRaw`SELECT set_config('work_mem', '64MB', true)`;
  await tx.segmentCheck.deleteMany({
    where: {
      businessId: asked.businessId,
      segmentId: segment.id,
      memberId: { gt: range.after, ...(range.to !== null && { lte: range.to }) },
    },
  });
  // NOT IN gathers the other side once, whatever the planner believes of a table that grew a moment ago.
  const [row] = await callIn<Built>(
    tx,
    `WITH truth AS MATERIALIZED (${truth}),
    went AS (DELETE FROM segment_member x WHERE ${mine}
      AND x.member_id NOT IN (SELECT t.member_id FROM truth t WHERE t.is_in) RETURNING x.member_id, x.entered_at),
    stays AS (INSERT INTO segment_stay (business_id, member_id, id, segment_id, entered_at, left_at)
      SELECT $1::bigint, member_id, next_id(${now}), ${id}, entered_at, ${now} FROM went),
    came AS (INSERT INTO segment_member (business_id, segment_id, member_id, entered_at)
      SELECT $1::bigint, ${id}, t.member_id, ${since} FROM truth t
      WHERE t.is_in AND t.member_id NOT IN (SELECT x.member_id FROM segment_member x WHERE ${mine}) RETURNING member_id),
    checks AS (INSERT INTO segment_check (business_id, segment_id, member_id, due_at)
      SELECT $1::bigint, ${id}, member_id, next_at FROM truth WHERE next_at <= ${until})
    ${isTold ? `, told_came AS (${told("segment.entered", "came")}), told_went AS (${told("segment.left", "went")})` : ""}
    SELECT (SELECT count(*)::int FROM came) AS entered, (SELECT count(*)::int FROM went) AS "left"`,
    [...values, segment.id, asked.now, checksUntil, enteredAt, range.after, range.to],
  );
  return row ?? { entered: 0, left: 0 };
}

/** So many coming or going at once make what the planner knows of them wrong. */
const ANALYZED_FROM = 2_000;

/** The last member of a part of so many that follow one; null when fewer are left. */
export async function endOfPart(
  tx: Tx,
  businessId: bigint,
  after: bigint,
  members: number,
): Promise<bigint | null> {
  const [row] = await callIn<{ member_id: bigint }>(
    tx,
    `SELECT member_id FROM member_stats WHERE business_id = $1::bigint AND member_id > $2::bigint
     ORDER BY member_id OFFSET $3::int LIMIT 1`,
    [businessId, after, members - 1],
  );
  return row?.member_id ?? null;
}

/** Notes that everybody is decided anew from now on, none of them yet. Shape: the caller holds the segment. */
export async function beginBuild(
  tx: Tx,
  businessId: bigint,
  id: bigint,
  { since, isTold, checksUntil }: { since: Date; isTold: boolean; checksUntil: Date },
): Promise<void> {
  await callIn(
    tx,
    `UPDATE segment SET build_after = 0, build_since = $3::timestamptz, build_told = $4::boolean, checks_until = $5::timestamptz,
       build_done = 0, build_total = (SELECT count(*) FROM member_stats WHERE business_id = $1::bigint)
     WHERE business_id = $1::bigint AND id = $2::bigint AND archived_at IS NULL RETURNING 1 AS ok`,
    [businessId, id, since, isTold, checksUntil],
  );
}

/**
 * Keeps what a part found, and how far it came; the last one ends it. The size is counted anew then, whatever was added up on the way.
 * Shape: the caller holds the segment; `to`: the part's last member, null for the last part.
 */
export async function keepPart(
  tx: Tx,
  businessId: bigint,
  segment: Kept,
  built: Built,
  at: { readonly now: Date; readonly day: Day; readonly to: bigint | null; readonly members: number },
): Promise<void> {
  if (built.entered + built.left >= ANALYZED_FROM)
    await callIn(tx, "SELECT 1 AS ok FROM analyze_segment_members()", []);
  // Everybody who is in when a segment is made did not come on that day.
  const { entered, left } = segment.builtAt === null ? { entered: 0, left: 0 } : built;
  if (at.to === null)
    await callIn(
      tx,
      `UPDATE segment s SET size = (SELECT count(*) FROM segment_member x WHERE x.business_id = s.business_id AND x.segment_id = s.id),
         built_at = $3::timestamptz, built_version = version,
         build_after = NULL, build_since = NULL, build_told = NULL, build_done = NULL, build_total = NULL
       WHERE s.business_id = $1::bigint AND s.id = $2::bigint RETURNING 1 AS ok`,
      [businessId, segment.id, at.now],
    );
  else
    await callIn(
      tx,
      `UPDATE segment SET size = size + $4::int, build_after = $3::bigint, build_done = build_done + $5::int
       WHERE business_id = $1::bigint AND id = $2::bigint RETURNING 1 AS ok`,
      [businessId, segment.id, at.to, built.entered - built.left, at.members],
    );
  await callIn(
    tx,
    `INSERT INTO segment_day (business_id, segment_id, day, size, entered, "left")
     SELECT business_id, id, $3::date, size, $4::int, $5::int FROM segment WHERE business_id = $1::bigint AND id = $2::bigint
     ON CONFLICT (business_id, segment_id, day) DO UPDATE SET size = excluded.size,
       entered = segment_day.entered + excluded.entered, "left" = segment_day."left" + excluded."left" RETURNING 1 AS ok`,
    [businessId, segment.id, at.day, entered, left],
  );
}
