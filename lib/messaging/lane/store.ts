import "server-only";
import { callIn, type Tx } from "../../platform/db";
import { BREAKER_FAILURES, breakerMs } from "../gate/model";
import type { Channel } from "../model";

/** Until when each channel's provider is left alone. */
export async function away(tx: Tx, businessId: bigint, now: Date): Promise<Map<string, Date>> {
  const rows = await tx.messageLane.findMany({
    where: { businessId, openUntil: { gt: now } },
    select: { channel: true, openUntil: true },
  });
  return new Map(
    rows.flatMap(({ channel, openUntil }) => (openUntil ? [[channel, openUntil] as const] : [])),
  );
}

/**
 * Takes slots at a channel's pace: the moment each of `count` messages may go.
 *
 * Shape: up to a second's worth at once; later ones are a beat apart behind those taken before.
 */
export async function takeSlots(
  tx: Tx,
  businessId: bigint,
  channel: Channel,
  { count, perSecond, now }: { count: number; perSecond: number; now: Date },
): Promise<Date[]> {
  const beat = 1000 / perSecond;
  const rows = await callIn<{ free_at: Date | null }>(
    tx,
    "SELECT free_at FROM message_lane WHERE business_id = $1::bigint AND channel = $2 FOR UPDATE",
    [businessId, channel],
  );
  // Idle time earns one second's burst and no more.
  const start = Math.max(rows[0]?.free_at?.getTime() ?? 0, now.getTime() - 1000);
  const next = new Date(start + beat * count);
  await callIn(
    tx,
    `INSERT INTO message_lane (business_id, channel, free_at) VALUES ($1::bigint, $2, $3::timestamptz)
     ON CONFLICT (business_id, channel) DO UPDATE SET free_at = excluded.free_at`,
    [businessId, channel, next],
  );
  return Array.from({ length: count }, (_, index) => new Date(start + beat * (index + 1)));
}

/** How many messages a turn may take: few while the channel's provider has just failed. */
export async function limitOf(
  tx: Tx,
  businessId: bigint,
  channel: Channel,
  { full, probe, now }: { full: number; probe: number; now: Date },
): Promise<number> {
  const lane = await tx.messageLane.findUnique({
    where: { businessId_channel: { businessId, channel } },
    select: { failures: true, openUntil: true },
  });
  // While the circuit is open the gate sets messages aside without a call: as many as there are.
  const isOpen = lane?.openUntil && lane.openUntil > now;
  const isProbe = lane !== null && lane.failures >= BREAKER_FAILURES && !isOpen;
  return isProbe ? probe : full;
}

/** Counts a provider's answers: a success closes the circuit, failures in a row open it, as does a wish to be left alone. */
export async function countAnswers(
  tx: Tx,
  businessId: bigint,
  provider: string,
  about: { failed: number; wasOk: boolean; reason: string | null; restMs: number; now: Date },
): Promise<void> {
  const where = { businessId_channel: { businessId, channel: provider } };
  const before = await tx.messageLane.findUnique({ where });
  if (about.wasOk && about.restMs === 0) {
    if (before && (before.failures > 0 || before.openUntil))
      await tx.messageLane.update({ where, data: { failures: 0, openUntil: null, lastError: null } });
    return;
  }
  // A turn fails as a whole: once the circuit has opened, each further one counts as one failure.
  const known = before?.failures ?? 0;
  const failures = about.wasOk
    ? 0
    : known + (known >= BREAKER_FAILURES ? 1 : Math.min(about.failed, BREAKER_FAILURES));
  const rest = Math.max(about.restMs, breakerMs(failures));
  const openUntil = rest > 0 ? new Date(about.now.getTime() + rest) : null;
  const data = { failures, openUntil, lastError: about.reason };
  await tx.messageLane.upsert({ where, create: { businessId, channel: provider, ...data }, update: data });
}

export async function troubles(tx: Tx, businessId: bigint, now: Date) {
  const rows = await tx.messageLane.findMany({ where: { businessId, openUntil: { gt: now } } });
  return rows.flatMap(({ channel, openUntil, lastError }) =>
    openUntil ? [{ lane: channel, until: openUntil, error: lastError }] : [],
  );
}
