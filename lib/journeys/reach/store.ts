import "server-only";
import { callIn, type Tx } from "../../platform/db";
import type { Audience } from "../schema";

export type Reach = {
  readonly channel: string;
  /** Who can be reached there at all. */
  readonly addressed: number;
  /** Of those, who agreed. */
  readonly agreed: number;
  /** Of those, whose cap is not used up now. */
  readonly free: number;
};

/** Counts over every `nth` member of an audience; the caller scales. Consent that was never asked counts as the settings assume. */
export async function reachOf(tx: Tx, businessId: bigint, audience: Audience, nth: number): Promise<Reach[]> {
  const inSegment = audience.kind === "segment" ? BigInt(audience.segmentId) : null;
  const rows = await callIn<{ channel: string; addressed: bigint; agreed: bigint; free: bigint }>(
    tx,
    `WITH settings AS (
       SELECT coalesce((SELECT array_agg(a) FROM jsonb_array_elements_text(s.settings->'assumed') AS a), ARRAY['inbox', 'push', 'telegram']) AS assumed,
         CASE WHEN s.settings IS NULL THEN 2 ELSE (s.settings #>> '{caps,day}')::int END AS day,
         CASE WHEN s.settings IS NULL THEN 5 ELSE (s.settings #>> '{caps,week}')::int END AS week
       FROM (SELECT 1) one LEFT JOIN messaging_setting s ON s.business_id = $1::bigint
     ), people AS (
       SELECT m.id, p.email, p.phone FROM member m LEFT JOIN member_profile p ON p.business_id = m.business_id AND p.member_id = m.id
       WHERE m.business_id = $1::bigint AND m.blocked_at IS NULL AND mod(m.id # (m.id >> 17), $3::bigint) = 0
         AND ($2::bigint IS NULL OR EXISTS (SELECT FROM segment_member g
           WHERE g.business_id = $1::bigint AND g.member_id = m.id AND g.segment_id = $2::bigint))
     ), sent AS (
       SELECT p.id, count(*) FILTER (WHERE x.released_at > now() - interval '1 day') AS day, count(x.id) AS week
       FROM people p LEFT JOIN message x ON x.business_id = $1::bigint AND x.member_id = p.id AND x.purpose = 'marketing'
         AND x.released_at > now() - interval '7 days' AND x.channel IS DISTINCT FROM 'inbox' GROUP BY p.id
     ), ways AS (
       SELECT p.id, w.channel, (coalesce(s.day, 0) < coalesce(t.day, 1000000) AND coalesce(s.week, 0) < coalesce(t.week, 1000000)
           OR w.channel = 'inbox') AS is_free,
         coalesce((SELECT c.granted FROM member_consent c WHERE c.business_id = $1::bigint AND c.member_id = p.id AND c.purpose = 'marketing'
           AND c.channel = w.channel ORDER BY c.id DESC LIMIT 1), w.channel = ANY(t.assumed)) AS is_agreed
       FROM people p JOIN sent s ON s.id = p.id CROSS JOIN settings t CROSS JOIN LATERAL (VALUES
         ('push', EXISTS (SELECT FROM push_subscription b WHERE b.business_id = $1::bigint AND b.member_id = p.id)),
         ('telegram', EXISTS (SELECT FROM telegram_chat h WHERE h.business_id = $1::bigint AND h.member_id = p.id)),
         ('email', p.email IS NOT NULL), ('sms', p.phone IS NOT NULL), ('inbox', true)) AS w(channel, is_there)
       WHERE w.is_there
     )
     SELECT channel, count(*) AS addressed, count(*) FILTER (WHERE is_agreed) AS agreed, count(*) FILTER (WHERE is_agreed AND is_free) AS free
     FROM ways GROUP BY channel`,
    [businessId, inSegment, BigInt(nth)],
  );
  return rows.map((row) => ({
    channel: row.channel,
    addressed: Number(row.addressed),
    agreed: Number(row.agreed),
    free: Number(row.free),
  }));
}
