import "server-only";
import { callIn, type Prisma, type Tx } from "../db";
import type { Event, News } from "./model";

type Row = {
  business_id: bigint;
  id: bigint;
  member_id: bigint | null;
  type: string;
  payload: Record<string, unknown>;
  at: Date;
  attempts: number;
};

export async function insert(tx: Tx, news: News): Promise<void> {
  const { businessId, memberId, type, payload, at } = news;
  await tx.outbox.create({
    data: { businessId, memberId, type, payload: payload as Prisma.InputJsonObject, at, dueAt: at },
  });
}

export async function claim(tx: Tx, now: Date, limit: number): Promise<Event[]> {
  const rows = await callIn<Row>(tx, "SELECT * FROM outbox_claim($1::timestamptz, $2::int)", [now, limit]);
  return rows.map((row) => ({
    businessId: row.business_id,
    id: row.id,
    memberId: row.member_id,
    type: row.type,
    payload: row.payload,
    at: row.at,
    attempts: row.attempts,
  }));
}

export async function done(tx: Tx, events: readonly Event[]): Promise<void> {
  await callIn(tx, "SELECT 1 AS ok FROM outbox_done($1::bigint[], $2::bigint[])", [
    events.map((event) => event.businessId),
    events.map((event) => event.id),
  ]);
}

export async function failed(
  tx: Tx,
  event: Event,
  dueAt: Date,
  deadAt: Date | null,
  error: string,
): Promise<void> {
  await callIn(
    tx,
    "SELECT 1 AS ok FROM outbox_failed($1::bigint, $2::bigint, $3::timestamptz, $4::timestamptz, $5)",
    [event.businessId, event.id, dueAt, deadAt, error],
  );
}

export async function enter(tx: Tx, businessId: bigint): Promise<void> {
  await tx.$executeRaw`SELECT set_config('kolo.business', ${businessId.toString()}, true)`;
}

export async function notify(tx: Tx, channel: string, messages: readonly string[]): Promise<void> {
  await callIn(tx, "SELECT count(pg_notify($1, topic)) FROM unnest($2::text[]) AS topic", [
    channel,
    [...messages],
  ]);
}
