import "server-only";
import type { Day } from "../../kernel/time";
import { callIn, type SqlValue, type Tx } from "../../platform/db";
import { isCounting } from "../../segments";
import type { Properties } from "../facts/model";
import type { Audience } from "../schema";

export type Chunk = { readonly after: bigint; readonly limit: number };
export type Found = { readonly memberId: bigint; readonly trigger: Properties };
type Row = { member_id: bigint; trigger?: Properties };

const ask = async (tx: Tx, text: string, values: readonly SqlValue[]): Promise<Found[]> =>
  (await callIn<Row>(tx, text, values)).map((row) => ({
    memberId: row.member_id,
    trigger: row.trigger ?? {},
  }));

/** Members of an audience as it was at a moment, in the order of their ids. */
export async function membersOf(
  tx: Tx,
  businessId: bigint,
  audience: Audience,
  asOf: Date,
  { after, limit }: Chunk,
): Promise<Found[]> {
  if (audience.kind === "segment") {
    return await ask(
      tx,
      `SELECT s.member_id FROM segment_member s JOIN member m ON m.business_id = s.business_id AND m.id = s.member_id
       WHERE s.business_id = $1::bigint AND s.segment_id = $2::bigint AND s.entered_at <= $3::timestamptz AND s.member_id > $4::bigint
         AND m.blocked_at IS NULL ORDER BY s.member_id LIMIT $5::int`,
      [businessId, BigInt(audience.segmentId), asOf, after, limit],
    );
  }
  return await ask(
    tx,
    `SELECT id AS member_id FROM member
     WHERE business_id = $1::bigint AND id > $3::bigint AND created_at <= $2::timestamptz AND blocked_at IS NULL ORDER BY id LIMIT $4::int`,
    [businessId, asOf, after, limit],
  );
}

/** Whether an audience is a segment whose members are still being decided by a new rule. */
export async function isBeingCounted(tx: Tx, businessId: bigint, audience: Audience): Promise<boolean> {
  return audience.kind === "segment" && (await isCounting(tx, businessId, BigInt(audience.segmentId)));
}

/** How many members an audience has now. */
export async function countOf(tx: Tx, businessId: bigint, audience: Audience): Promise<number> {
  const [row] =
    audience.kind === "segment"
      ? await callIn<{ n: bigint }>(
          tx,
          `SELECT count(*) AS n FROM segment_member s JOIN member m ON m.business_id = s.business_id AND m.id = s.member_id
           WHERE s.business_id = $1::bigint AND s.segment_id = $2::bigint AND m.blocked_at IS NULL`,
          [businessId, BigInt(audience.segmentId)],
        )
      : await callIn<{ n: bigint }>(
          tx,
          "SELECT count(*) AS n FROM member WHERE business_id = $1::bigint AND blocked_at IS NULL",
          [businessId],
        );
  return Number(row?.n ?? 0n);
}

/** Members whose birthday is on one of these days ("MM-DD" counts). */
export async function bornOn(
  tx: Tx,
  businessId: bigint,
  days: readonly Day[],
  { after, limit }: Chunk,
): Promise<Found[]> {
  return await ask(
    tx,
    `SELECT p.member_id FROM member_profile p JOIN member m ON m.business_id = p.business_id AND m.id = p.member_id
     WHERE p.business_id = $1::bigint AND p.member_id > $2::bigint AND m.blocked_at IS NULL
       AND to_char(p.birth_date, 'MM-DD') = ANY($4::text[]) ORDER BY p.member_id LIMIT $3::int`,
    [businessId, after, limit, days.map((day) => day.slice(5))],
  );
}

/** Members whose first purchase was on one of these days of an earlier year. */
export async function firstBoughtOn(
  tx: Tx,
  businessId: bigint,
  days: readonly Day[],
  zone: string,
  { after, limit }: Chunk,
): Promise<Found[]> {
  return await ask(
    tx,
    `SELECT s.member_id FROM member_stats s JOIN member m ON m.business_id = s.business_id AND m.id = s.member_id
     WHERE s.business_id = $1::bigint AND s.member_id > $2::bigint AND m.blocked_at IS NULL
       AND to_char(s.first_at AT TIME ZONE $5, 'MM-DD') = ANY($4::text[])
       AND extract(year FROM s.first_at AT TIME ZONE $5) < $6::int ORDER BY s.member_id LIMIT $3::int`,
    [businessId, after, limit, days.map((day) => day.slice(5)), zone, Number(days[0]?.slice(0, 4) ?? 0)],
  );
}

/** Members whose points end between two instants, if they are enough to speak of. Units: hundredths. */
export async function losingPoints(
  tx: Tx,
  businessId: bigint,
  span: { from: Date; until: Date; leastPoints: number; day: Day },
  { after, limit }: Chunk,
): Promise<Found[]> {
  return await ask(
    tx,
    `SELECT l.member_id, jsonb_build_object('points', sum(l.remaining), 'day', $7::text) AS trigger FROM lot l
     JOIN member m ON m.business_id = l.business_id AND m.id = l.member_id AND m.blocked_at IS NULL
     WHERE l.business_id = $1::bigint AND l.member_id > $2::bigint AND l.remaining > 0
       AND l.expires_at > $4::timestamptz AND l.expires_at <= $5::timestamptz
     GROUP BY l.member_id HAVING sum(l.remaining) >= $6::bigint ORDER BY l.member_id LIMIT $3::int`,
    [businessId, after, limit, span.from, span.until, BigInt(span.leastPoints), span.day],
  );
}
