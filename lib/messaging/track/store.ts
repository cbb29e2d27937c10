import "server-only";
import { z } from "zod";
import { newId } from "../../kernel/ids";
import { call, callIn, type Tx } from "../../platform/db";
import { CHANNELS } from "../model";

const COLUMN = { delivered: "delivered_at", opened: "opened_at", clicked: "clicked_at" } as const;
export type Step = keyof typeof COLUMN;

const told = z.object({
  memberId: z.bigint(),
  kind: z.string(),
  channel: z.enum(CHANNELS).nullable(),
  sourceKind: z.string(),
  sourceId: z.string(),
  sourceStep: z.string().nullable(),
  sourceVariant: z.string().nullable(),
});
export type Told = z.output<typeof told>;

const ABOUT = `member_id AS "memberId", kind, channel, source_kind AS "sourceKind", source_id AS "sourceId",
  source_step AS "sourceStep", source_variant AS "sourceVariant"`;
/** A message only ever gets further: what was clicked is not merely delivered afterwards. */
const BEFORE: Readonly<Record<Step, string>> = {
  delivered: "('sending', 'sent')",
  opened: "('sending', 'sent', 'delivered')",
  clicked: "('sending', 'sent', 'delivered', 'opened')",
};

/** Notes a step the first time it happens; nothing where it was noted before or the message is not known. */
export async function step(
  tx: Tx,
  businessId: bigint,
  messageId: bigint,
  { what, now }: { what: Step; now: Date },
): Promise<Told | undefined> {
  const [row] = await callIn<unknown>(
    tx,
    `UPDATE message SET ${COLUMN[what]} = $3::timestamptz, read_at = CASE WHEN $4 THEN coalesce(read_at, $3::timestamptz) ELSE read_at END,
       state = CASE WHEN state IN ${BEFORE[what]} THEN $5 ELSE state END
     WHERE business_id = $1::bigint AND id = $2::bigint AND ${COLUMN[what]} IS NULL AND released_at IS NOT NULL RETURNING ${ABOUT}`,
    [businessId, messageId, now, what !== "delivered", what],
  );
  if (!row) return undefined;
  const message = told.parse(row);
  await note(tx, { businessId, messageId, kind: what, channel: message.channel, reason: null, now });
  return message;
}

export async function note(
  tx: Tx,
  event: {
    businessId: bigint;
    messageId: bigint;
    kind: string;
    channel: string | null;
    reason: string | null;
    now: Date;
  },
): Promise<void> {
  const { now, ...rest } = event;
  await tx.messageEvent.create({ data: { ...rest, id: newId(now), at: now } });
}

/** Closes a message its provider could not deliver after all. */
export async function fail(tx: Tx, businessId: bigint, id: bigint, reason: string, now: Date): Promise<void> {
  await tx.message.updateMany({
    where: { businessId, id, state: { in: ["sending", "sent", "delivered"] } },
    data: { state: "failed", refusal: reason, endedAt: now },
  });
}

export async function messageOfProvider(
  id: string,
): Promise<{ businessId: bigint; messageId: bigint } | undefined> {
  const [row] = await call<{ business_id: bigint; message_id: bigint }>(
    "message_of_provider",
    "SELECT * FROM message_of_provider($1)",
    [id],
  );
  return row && { businessId: row.business_id, messageId: row.message_id };
}

export async function messageRow(tx: Tx, businessId: bigint, id: bigint) {
  return await tx.message.findUnique({
    where: { businessId_id: { businessId, id } },
    select: { memberId: true, channel: true, purpose: true, rendered: true },
  });
}

export async function profileOf(tx: Tx, businessId: bigint, memberId: bigint) {
  return await tx.memberProfile.findUnique({
    where: { businessId_memberId: { businessId, memberId } },
    select: { email: true, phone: true },
  });
}
