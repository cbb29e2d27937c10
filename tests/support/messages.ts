/** Members who can be reached, and messages to them, for tests of sending. */
import type { Context } from "@/lib/access";
import { newId } from "@/lib/kernel/ids";
import { type Queueing, queueMessage } from "@/lib/messaging";
import type { MessagingSettings } from "@/lib/messaging/settings/schema";
import { STARTING } from "@/lib/messaging/settings/schema";
import { withBusiness } from "@/lib/platform/db";
import { asOwner } from "./database";
import type { PushStandIn } from "./stand-ins";
import { newMember } from "./world";

/** Rules of sending, with some changed from those of a new business. */
export async function rule(ctx: Context, change: Partial<MessagingSettings>): Promise<void> {
  await asOwner(
    `INSERT INTO messaging_setting (business_id, settings, updated_at) VALUES ($1, $2, $3)
     ON CONFLICT (business_id) DO UPDATE SET settings = excluded.settings`,
    [ctx.business.id, JSON.stringify({ ...STARTING, ...change }), ctx.now],
  );
}

let phones = 0;

/** A member who takes push in one browser and mail at one address. */
export async function reachable(ctx: Context, push: PushStandIn | undefined): Promise<bigint> {
  phones += 1;
  const id = await newMember(ctx, `+38067${String(2_000_000 + phones)}`);
  await asOwner("UPDATE member_profile SET email = $2 WHERE member_id = $1", [id, `m${id}@example.com`]);
  if (push) {
    const { endpoint, p256dh, auth } = push.subscribe(`${id}`);
    await asOwner(
      `INSERT INTO push_subscription (business_id, member_id, id, endpoint, p256dh, auth, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [ctx.business.id, id, newId(ctx.now), endpoint, p256dh, auth, ctx.now],
    );
  }
  return id;
}

export const HELLO: Queueing = {
  purpose: "marketing",
  kind: "offer",
  channels: ["push", "email"],
  content: {
    locales: {
      en: {
        title: "Hi {name}",
        text: "You have {points} points",
        button: "Open",
        url: "/card",
        fallbacks: { name: "there" },
      },
      uk: { title: "Вітаємо, {name}", text: "У вас {points} балів", button: "Відкрити", url: "/card" },
    },
  },
  source: { kind: "campaign", id: "1" },
};

/** Queues a message for one member. */
export async function send(
  ctx: Context,
  memberId: bigint,
  change: Partial<Queueing> = {},
  key = `k${memberId}`,
): Promise<bigint> {
  const queued = await withBusiness(ctx.business.id, (tx) =>
    queueMessage(tx, ctx, { ...HELLO, ...change, memberId, key }),
  );
  if (!queued.ok) throw new Error(queued.refusal);
  return queued.messageId;
}

export type MessageRow = {
  state: string;
  channel: string | null;
  lane: string;
  refusal: string | null;
  attempts: number;
  due_at: Date;
  released_at: Date | null;
  rendered: { title: string; text: string; locale: string } | null;
  provider_id: string | null;
};

export async function messageRow(id: bigint): Promise<MessageRow> {
  const [row] = await asOwner<MessageRow>("SELECT * FROM message WHERE id = $1", [id]);
  if (!row) throw new Error("no such message");
  return row;
}
