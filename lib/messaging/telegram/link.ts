import "server-only";
import { z } from "zod";
import { type Context, findBusiness } from "../../access";
import { parseId } from "../../kernel/ids";
import { keyedHash, sameText } from "../../platform/crypto";
import { withBusiness } from "../../platform/db";
import { ask } from "../channels/telegram";
import * as consent from "../consent/store";
import { forgetChat } from "../send/store";
import { readKeys, readSettings } from "../settings/store";

const MAC = 20;
const macOf = (businessId: bigint, memberId: bigint) =>
  keyedHash("telegram-link", `${businessId} ${memberId}`).slice(0, MAC);

/** The deep link that opens the business's bot and tells it which member is coming. */
export function telegramStart(ctx: Context, bot: string, memberId: bigint): string {
  return `https://t.me/${encodeURIComponent(bot)}?start=${memberId.toString(36)}_${macOf(ctx.business.id, memberId)}`;
}

/** What Telegram must present with each update, and what we register at the bot. */
export const webhookSecret = (businessId: bigint): string =>
  keyedHash("telegram-link", `hook ${businessId}`).slice(0, 48);

const update = z.object({
  message: z
    .object({ chat: z.object({ id: z.number(), type: z.string() }), text: z.string().optional() })
    .optional(),
  my_chat_member: z
    .object({ chat: z.object({ id: z.number() }), new_chat_member: z.object({ status: z.string() }) })
    .optional(),
});

/**
 * Takes an update of a business's bot: a member who comes by the deep link is linked, one who blocks the bot is not written to.
 *
 * Refuses: answers false for a wrong secret; anything else is taken, so that Telegram does not repeat it for ever.
 */
export async function takeTelegramUpdate(
  business: string,
  { secret, body, now }: { secret: string; body: unknown; now: Date },
): Promise<boolean> {
  const id = parseId(business);
  const known = id === undefined ? undefined : await findBusiness({ id });
  if (!known || !sameText(secret, webhookSecret(known.id))) return false;
  const parsed = update.safeParse(body);
  if (!parsed.success) return true;
  const { message, my_chat_member: change } = parsed.data;
  if (message?.chat.type === "private") {
    const memberId = memberOf(known.id, message.text ?? "");
    if (memberId !== undefined) await link(known.id, memberId, String(message.chat.id), now);
  }
  if (change && (change.new_chat_member.status === "kicked" || change.new_chat_member.status === "left"))
    await unlink(known.id, String(change.chat.id), now);
  return true;
}

function memberOf(businessId: bigint, text: string): bigint | undefined {
  const [, id = "", mac = ""] = /^\/start ([\da-z]{1,12})_([\da-f]{20})$/.exec(text) ?? [];
  const value = id === "" ? Number.NaN : Number.parseInt(id, 36);
  const memberId = parseId(value);
  return memberId !== undefined && sameText(mac, macOf(businessId, memberId)) ? memberId : undefined;
}

async function link(businessId: bigint, memberId: bigint, chatId: string, now: Date): Promise<void> {
  const bot = await withBusiness(businessId, async (tx) => {
    await consent.saveChat(tx, businessId, memberId, chatId, now);
    const about = {
      businessId,
      memberId,
      channel: "telegram",
      granted: true,
      source: "telegram",
      now,
    } as const;
    await consent.say(tx, { ...about, purpose: "marketing" });
    return { settings: await readSettings(tx, businessId), keys: await readKeys(tx, businessId) };
  });
  if (bot.keys.telegram)
    await ask(bot.settings.telegram.apiUrl, bot.keys.telegram, "sendMessage", { chat_id: chatId, text: "✓" });
}

async function unlink(businessId: bigint, chatId: string, now: Date): Promise<void> {
  await withBusiness(businessId, async (tx) => {
    const memberId = await consent.memberOfChat(tx, businessId, chatId);
    if (memberId === undefined) return;
    await forgetChat(tx, businessId, memberId);
    await consent.say(tx, {
      businessId,
      memberId,
      purpose: "marketing",
      channel: "telegram",
      granted: false,
      source: "telegram",
      now,
    });
  });
}
