import "server-only";
import { callIn, type Tx } from "../../platform/db";

export async function page(
  tx: Tx,
  businessId: bigint,
  memberId: bigint,
  { before, take }: { before: Date | null; take: number },
) {
  return await tx.message.findMany({
    where: { businessId, memberId, releasedAt: before ? { lt: before } : { not: null } },
    orderBy: { releasedAt: "desc" },
    select: { id: true, kind: true, rendered: true, releasedAt: true, readAt: true },
    take,
  });
}

export async function unread(tx: Tx, businessId: bigint, memberId: bigint, most: number): Promise<number> {
  const rows = await tx.message.findMany({
    where: { businessId, memberId, releasedAt: { not: null }, readAt: null },
    select: { id: true },
    take: most,
  });
  return rows.length;
}

export async function markRead(tx: Tx, businessId: bigint, memberId: bigint, now: Date): Promise<void> {
  await callIn(
    tx,
    `WITH seen AS (
       UPDATE message SET read_at = $3::timestamptz, opened_at = coalesce(opened_at, $3::timestamptz),
         state = CASE WHEN state IN ('sent', 'delivered') THEN 'opened' ELSE state END
       WHERE business_id = $1::bigint AND member_id = $2::bigint AND released_at IS NOT NULL AND read_at IS NULL
       RETURNING id, opened_at = $3::timestamptz AS is_new)
     INSERT INTO message_event (business_id, message_id, id, kind, channel, at)
     SELECT $1::bigint, id, next_id(clock_timestamp()), 'opened', 'inbox', $3::timestamptz FROM seen WHERE is_new`,
    [businessId, memberId, now],
  );
}
