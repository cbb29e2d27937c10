import "server-only";
import { z } from "zod";
import { callIn, type Tx } from "../../platform/db";
import { CHANNELS, type Channel, type MessageState, STATES } from "../model";
import { readRendered } from "../send/store";

const row = z.object({
  id: z.bigint(),
  memberId: z.bigint(),
  memberName: z.string().nullable(),
  kind: z.string(),
  purpose: z.string(),
  state: z.enum(STATES),
  channel: z.enum(CHANNELS).nullable(),
  lane: z.enum(CHANNELS),
  refusal: z.string().nullable(),
  sourceKind: z.string(),
  dueAt: z.date(),
  at: z.date(),
  rendered: z.unknown(),
});
export type LogRow = Omit<z.output<typeof row>, "rendered"> & { readonly title: string | null };

export async function page(
  tx: Tx,
  businessId: bigint,
  query: {
    state: MessageState | null;
    channel: Channel | null;
    memberId: bigint | null;
    before: bigint | null;
    take: number;
  },
): Promise<LogRow[]> {
  const rows = await callIn<unknown>(
    tx,
    `SELECT m.id, m.member_id AS "memberId", coalesce(p.name, p.phone, p.email) AS "memberName", m.kind, m.purpose, m.state, m.channel,
       m.lane, m.refusal, m.source_kind AS "sourceKind", m.due_at AS "dueAt", m.rendered,
       coalesce(m.ended_at, m.sent_at, m.released_at, m.created_at) AS at
     FROM message m LEFT JOIN member_profile p ON p.business_id = m.business_id AND p.member_id = m.member_id
     WHERE m.business_id = $1::bigint AND ($2::text IS NULL OR m.state = $2) AND ($3::text IS NULL OR m.channel = $3)
       AND ($4::bigint IS NULL OR m.member_id = $4) AND ($5::bigint IS NULL OR m.id < $5)
     ORDER BY m.id DESC LIMIT $6::int`,
    [businessId, query.state, query.channel, query.memberId, query.before, query.take],
  );
  return z
    .array(row)
    .parse(rows)
    .map(({ rendered, ...rest }) => ({ ...rest, title: readRendered(rendered)?.title ?? null }));
}

export type Count = { readonly state: string; readonly refusal: string | null; readonly count: number };

/** Messages made from an id on, by state and reason. */
export async function counts(tx: Tx, businessId: bigint, from: bigint): Promise<Count[]> {
  const rows = await callIn<{ state: string; refusal: string | null; count: bigint }>(
    tx,
    `SELECT state, CASE WHEN state IN ('refused', 'failed', 'queued') THEN refusal END AS refusal, count(*) AS count
     FROM message WHERE business_id = $1::bigint AND id >= $2::bigint GROUP BY 1, 2 ORDER BY 3 DESC`,
    [businessId, from],
  );
  return rows.map(({ count, ...rest }) => ({ ...rest, count: Number(count) }));
}

/** Messages of one source by step, variant, state and reason. */
export async function sourceCounts(tx: Tx, businessId: bigint, kind: string, id: string) {
  const rows = await callIn<Count & { step: string | null; variant: string | null; channel: string | null }>(
    tx,
    `SELECT source_step AS step, source_variant AS variant, channel, state, refusal, count(*)::int AS count FROM message
     WHERE business_id = $1::bigint AND source_kind = $2 AND source_id = $3 GROUP BY 1, 2, 3, 4, 5`,
    [businessId, kind, id],
  );
  return rows;
}

/** Takes back what is still waiting. Answers how many. */
export async function cancel(
  tx: Tx,
  businessId: bigint,
  kind: string,
  id: string,
  now: Date,
): Promise<number> {
  const { count } = await tx.message.updateMany({
    where: { businessId, sourceKind: kind, sourceId: id, state: "queued" },
    data: { state: "refused", refusal: "cancelled", endedAt: now },
  });
  return count;
}
