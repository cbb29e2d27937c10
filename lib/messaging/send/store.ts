import "server-only";
import { z } from "zod";
import { call, callIn, type Tx } from "../../platform/db";
import { CHANNELS, type Channel, KINDS, PURPOSES } from "../model";
import { type Claimed, LEASE_MS, type Outgoing, type Rendered } from "./model";

const said = z.object({
  locale: z.enum(["en", "ru", "uk"]),
  title: z.string(),
  text: z.string(),
  button: z.string().optional(),
  url: z.string().optional(),
  subject: z.string().optional(),
  mail: z.string().optional(),
  sms: z.string().optional(),
});
const claimed = z.object({
  id: z.bigint(),
  memberId: z.bigint(),
  purpose: z.enum(PURPOSES),
  kind: z.enum(KINDS).catch("news"),
  channels: z.array(z.enum(CHANNELS)),
  tried: z.array(z.enum(CHANNELS)),
  contentId: z.bigint().nullable(),
  templateId: z.bigint().nullable(),
  templateVersion: z.number().nullable(),
  variables: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  expiresAt: z.date().nullable(),
  dueAt: z.date(),
  attempts: z.number(),
  attemptId: z.string().nullable(),
  releasedAt: z.date().nullable(),
  refusal: z.string().nullable(),
  rendered: said.nullable(),
  wasSending: z.boolean(),
});

const COLUMNS = `id, member_id AS "memberId", purpose, kind, channels, tried, content_id AS "contentId", template_id AS "templateId",
  template_version AS "templateVersion", variables, expires_at AS "expiresAt", due_at AS "dueAt", attempts,
  attempt_id AS "attemptId", released_at AS "releasedAt", refusal, rendered, state = 'sending' AS "wasSending"`;

/** What jsonb says of a message that was rendered: never trusted blindly, it may be years old. */
export const readRendered = (value: unknown): Rendered | null => said.nullable().catch(null).parse(value);

export async function businessesWithWork(lane: Channel, now: Date): Promise<bigint[]> {
  const rows = await call<{ id: bigint }>("message_businesses", "SELECT message_businesses($1, $2) AS id", [
    lane,
    now,
  ]);
  return rows.map(({ id }) => id);
}

/** One gate at a time for a business: caps are counted by what went before. */
export async function lockGate(tx: Tx, businessId: bigint): Promise<void> {
  await callIn(
    tx,
    "SELECT 1 AS ok FROM (SELECT pg_advisory_xact_lock(1263553616, hashint8($1::bigint))) AS locked",
    [businessId],
  );
}

/** Due messages of a lane, service first, longest due first. */
export async function claim(
  tx: Tx,
  businessId: bigint,
  lane: Channel,
  now: Date,
  limit: number,
): Promise<Claimed[]> {
  const found: Claimed[] = [];
  for (const priority of [0, 1]) {
    if (found.length >= limit) break;
    const rows = await callIn<unknown>(
      tx,
      `SELECT ${COLUMNS} FROM message WHERE state = 'queued' AND lane = $2 AND business_id = $1::bigint AND priority = $3::int
         AND due_at <= $4::timestamptz ORDER BY due_at LIMIT $5::int FOR UPDATE SKIP LOCKED`,
      [businessId, lane, priority, now, limit - found.length],
    );
    found.push(...z.array(claimed).parse(rows));
  }
  return found;
}

/** Whole attempts left under way by a sender that died, at most ten. */
export async function claimAbandoned(
  tx: Tx,
  businessId: bigint,
  lane: Channel,
  now: Date,
): Promise<Claimed[]> {
  const rows = await callIn<unknown>(
    tx,
    `SELECT ${COLUMNS} FROM message WHERE state = 'sending' AND business_id = $1::bigint AND lane = $2 AND attempt_id IN (
       SELECT DISTINCT attempt_id FROM (SELECT attempt_id FROM message WHERE state = 'sending' AND business_id = $1::bigint
         AND lane = $2 AND due_at <= $3::timestamptz ORDER BY due_at LIMIT 1000) AS old LIMIT 10)
     ORDER BY id FOR UPDATE`,
    [businessId, lane, now],
  );
  return z.array(claimed).parse(rows);
}

/** Puts messages under way: from here on they count, and another sender leaves them alone until the lease is over. */
export async function release(
  tx: Tx,
  businessId: bigint,
  channel: Channel,
  outgoing: readonly Outgoing[],
  { now, state }: { now: Date; state: "queued" | "sending" },
): Promise<void> {
  await callIn(
    tx,
    `UPDATE message m SET state = $8, channel = $3, attempt_id = r.attempt, rendered = r.rendered::jsonb, refusal = NULL,
       attempts = m.attempts + 1, released_at = coalesce(m.released_at, $6::timestamptz), due_at = $7::timestamptz
     FROM unnest($2::bigint[], $4::text[], $5::text[]) AS r(id, attempt, rendered)
     WHERE m.business_id = $1::bigint AND m.id = r.id`,
    [
      businessId,
      outgoing.map(({ message }) => message.id),
      channel,
      outgoing.map(({ attemptId }) => attemptId),
      outgoing.map(({ rendered }) => JSON.stringify(rendered)),
      now,
      new Date(now.getTime() + LEASE_MS),
      state,
    ],
  );
}

/** The last step before a call that cannot be taken back. */
export async function begin(
  businessId: bigint,
  id: bigint,
  attemptId: string,
  lease: Date,
): Promise<boolean> {
  const [row] = await call<{ ok: boolean }>("message_begin", "SELECT message_begin($1, $2, $3, $4) AS ok", [
    businessId,
    id,
    attemptId,
    lease,
  ]);
  return row?.ok === true;
}

/** What is to be written of a message after a decision or a call. Times are instants; a null `state` leaves it queued. */
export type Mark = {
  readonly id: bigint;
  readonly state: "queued" | "sent" | "failed" | "refused";
  readonly lane?: Channel;
  readonly channel?: Channel;
  readonly reason?: string | null;
  readonly dueAt?: Date;
  readonly providerId?: string | null;
  /** A channel that is not to be tried again. */
  readonly gaveUp?: Channel;
  readonly event: "sent" | "failed" | "refused" | "postponed" | "moved" | null;
};

export async function mark(tx: Tx, businessId: bigint, marks: readonly Mark[], now: Date): Promise<void> {
  if (marks.length === 0) return;
  const ids = marks.map(({ id }) => id);
  await callIn(
    tx,
    `UPDATE message m SET state = r.state, lane = coalesce(r.lane, m.lane), channel = coalesce(r.channel, m.channel),
       refusal = r.reason, due_at = coalesce(r.due, m.due_at), provider_id = coalesce(r.provider, m.provider_id),
       tried = CASE WHEN r.gave_up IS NULL THEN m.tried ELSE m.tried || r.gave_up END,
       sent_at = CASE r.state WHEN 'sent' THEN coalesce(m.sent_at, $9::timestamptz) ELSE m.sent_at END,
       ended_at = CASE WHEN r.state IN ('failed', 'refused') THEN $9::timestamptz END
     FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::text[], $10::text[])
       AS r(id, state, lane, channel, reason, due, provider, gave_up)
     WHERE m.business_id = $1::bigint AND m.id = r.id AND m.state IN ('queued', 'sending')`,
    [
      businessId,
      ids,
      marks.map(({ state }) => state),
      marks.map(({ lane }) => lane ?? null),
      marks.map(({ channel }) => channel ?? null),
      marks.map(({ reason }) => reason ?? null),
      marks.map(({ dueAt }) => dueAt ?? null),
      marks.map(({ providerId }) => providerId ?? null),
      now,
      marks.map(({ gaveUp }) => gaveUp ?? null),
    ],
  );
  const told = marks.filter(({ event }) => event !== null);
  await callIn(
    tx,
    `INSERT INTO message_event (business_id, message_id, id, kind, channel, reason, at)
     SELECT $1::bigint, r.id, next_id(clock_timestamp()), r.kind, r.channel, r.reason, $6::timestamptz
     FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[]) AS r(id, kind, channel, reason)`,
    [
      businessId,
      told.map(({ id }) => id),
      told.map(({ event }) => event),
      told.map(({ gaveUp, channel, lane }) => gaveUp ?? channel ?? lane ?? null),
      told.map(({ reason }) => reason ?? null),
      now,
    ],
  );
}

export async function forgetBrowsers(tx: Tx, businessId: bigint, ids: readonly bigint[]): Promise<void> {
  if (ids.length > 0) await tx.pushSubscription.deleteMany({ where: { businessId, id: { in: [...ids] } } });
}

export async function forgetChat(tx: Tx, businessId: bigint, memberId: bigint): Promise<void> {
  await tx.telegramChat.deleteMany({ where: { businessId, memberId } });
}

/** Puts an address on the list of those nothing is sent to. */
export async function suppress(
  tx: Tx,
  entry: {
    businessId: bigint;
    channel: Channel;
    addressHash: string;
    reason: string;
    memberId: bigint | null;
    at: Date;
  },
): Promise<void> {
  await tx.suppression.createMany({ data: entry, skipDuplicates: true });
}

export async function savepoint(
  tx: Tx,
  command: "SAVEPOINT minting" | "ROLLBACK TO SAVEPOINT minting" | "RELEASE SAVEPOINT minting",
): Promise<void> {
  await tx.$executeRawUnsafe(command);
}
