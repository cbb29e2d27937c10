import "server-only";
import { z } from "zod";
import { callIn, type Tx } from "../../platform/db";

const count = z.coerce.number();
const row = z.object({
  memberId: z.bigint(),
  isThere: z.boolean(),
  isBlocked: z.boolean(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  gender: z.string().nullable(),
  points: z.bigint(),
  tierId: z.string(),
  visits: z.number(),
  spentMinor: z.bigint(),
  invited: z.number(),
  /** Money, visits and friends of the window that counts for tiers. */
  counted: z.tuple([z.coerce.bigint(), count, count]).nullable(),
  lastAt: z.date().nullable(),
  locale: z.string().nullable(),
  zone: z.string().nullable(),
  quietFrom: z.number().nullable(),
  quietUntil: z.number().nullable(),
  chatId: z.string().nullable(),
  burningPoints: z.bigint(),
  burningAt: z.date().nullable(),
  /** [purpose, channel, granted] */
  consents: z.array(z.tuple([z.string(), z.string(), z.boolean()])),
  browsers: z.array(z.object({ id: z.string(), endpoint: z.string(), p256dh: z.string(), auth: z.string() })),
  /** [channel, kind, in a day, in a week] */
  counts: z.array(z.tuple([z.string(), z.string(), count, count])),
});
/** All a sender wants to know of one member. */
export type PersonRow = z.output<typeof row>;

const WITHIN_DAYS = 30;

/** What is known of members at a moment, in one question. Time: burning points are those of the next thirty days. */
export async function peopleOf(
  tx: Tx,
  businessId: bigint,
  memberIds: readonly bigint[],
  now: Date,
): Promise<Map<bigint, PersonRow>> {
  const rows = await callIn<unknown>(
    tx,
    `SELECT w.id AS "memberId", m.id IS NOT NULL AS "isThere", m.blocked_at IS NOT NULL AS "isBlocked", p.name, p.email, p.phone,
       p.gender, coalesce(s.points, 0) AS points, coalesce(s.tier_id, 'base') AS "tierId", coalesce(s.visits, 0) AS visits,
       coalesce(s.cash_spent_minor, 0) AS "spentMinor", coalesce(s.effective_invited_count, 0) AS invited,
       CASE WHEN g.member_id IS NOT NULL THEN jsonb_build_array(g.cash_minor::text, g.visits, g.invited) END AS counted,
       s.last_at AS "lastAt", h.locale, q.zone, q.quiet_from AS "quietFrom", q.quiet_until AS "quietUntil", t.chat_id AS "chatId",
       coalesce(l.points, 0)::bigint AS "burningPoints", l.at AS "burningAt",
       (SELECT coalesce(jsonb_agg(jsonb_build_array(c.purpose, c.channel, c.granted)), '[]') FROM (
          SELECT DISTINCT ON (c.purpose, c.channel) c.purpose, c.channel, c.granted FROM member_consent c
          WHERE c.business_id = $1::bigint AND c.member_id = w.id ORDER BY c.purpose, c.channel, c.id DESC) c) AS consents,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', b.id::text, 'endpoint', b.endpoint, 'p256dh', b.p256dh, 'auth', b.auth)
          ORDER BY b.id), '[]') FROM push_subscription b WHERE b.business_id = $1::bigint AND b.member_id = w.id) AS browsers,
       (SELECT coalesce(jsonb_agg(jsonb_build_array(x.channel, x.kind, x.day, x.week)), '[]') FROM (
          SELECT x.channel, x.kind, count(*) FILTER (WHERE x.released_at > $3::timestamptz - interval '1 day') AS day, count(*) AS week
          FROM message x WHERE x.business_id = $1::bigint AND x.member_id = w.id
            AND x.released_at > $3::timestamptz - interval '7 days' AND x.purpose = 'marketing' AND x.channel <> 'inbox'
            AND x.state NOT IN ('failed', 'refused') GROUP BY 1, 2) x) AS counts
     FROM unnest($2::bigint[]) AS w(id)
     LEFT JOIN member m ON m.business_id = $1::bigint AND m.id = w.id
     LEFT JOIN member_profile p ON p.business_id = m.business_id AND p.member_id = m.id
     LEFT JOIN member_stats s ON s.business_id = m.business_id AND s.member_id = m.id
     LEFT JOIN member_standing g ON g.business_id = m.business_id AND g.member_id = m.id
     LEFT JOIN person h ON h.id = m.person_id
     LEFT JOIN member_quiet q ON q.business_id = m.business_id AND q.member_id = m.id
     LEFT JOIN telegram_chat t ON t.business_id = m.business_id AND t.member_id = m.id
     LEFT JOIN LATERAL (
       SELECT sum(lot.remaining) AS points, min(lot.expires_at) AS at FROM lot
       WHERE lot.business_id = m.business_id AND lot.member_id = m.id AND lot.remaining > 0 AND lot.available_at <= $3::timestamptz
         AND lot.expires_at > $3::timestamptz AND lot.expires_at <= $3::timestamptz + interval '${WITHIN_DAYS} days') l ON true`,
    [businessId, [...new Set(memberIds)], now],
  );
  return new Map(
    z
      .array(row)
      .parse(rows)
      .map((person) => [person.memberId, person]),
  );
}

/** Which of these address fingerprints nothing is sent to. Shape: "channel hash". */
export async function suppressedOf(
  tx: Tx,
  businessId: bigint,
  hashes: readonly string[],
): Promise<Set<string>> {
  if (hashes.length === 0) return new Set();
  const rows = await tx.suppression.findMany({
    where: { businessId, addressHash: { in: [...new Set(hashes)] } },
    select: { channel: true, addressHash: true },
  });
  return new Set(rows.map(({ channel, addressHash }) => `${channel} ${addressHash}`));
}
