import "server-only";
import { z } from "zod";
import { audit, type Context, require } from "../../access";
import { newId } from "../../kernel/ids";
import { normalizePhone } from "../../kernel/phone";
import { Refused } from "../../kernel/refusals";
import { withBusiness } from "../../platform/db";
import { baseUrl } from "../../platform/env";
import { sendSms } from "../channels/sms";
import { ask } from "../channels/telegram";
import * as lanes from "../lane/store";
import { webhookSecret } from "../telegram/link";
import type { MessagingSettings, ProviderKeys } from "./schema";
import * as store from "./store";

export type ShownSettings = {
  readonly settings: MessagingSettings;
  /** Which keys are kept; never what they are. */
  readonly has: { readonly sms: boolean; readonly telegram: boolean };
  /** Providers that are left alone now, and why. */
  readonly away: readonly { readonly lane: string; readonly until: Date; readonly error: string | null }[];
};

/** The rules of sending and the channels, without their keys. */
export async function messagingRules(ctx: Context): Promise<ShownSettings> {
  require(ctx, "messages:read");
  const { id } = ctx.business;
  return await withBusiness(id, async (tx) => {
    const keys = await store.readKeys(tx, id);
    return {
      settings: await store.readSettings(tx, id),
      has: { sms: Boolean(keys.sms), telegram: Boolean(keys.telegram) },
      away: await lanes.troubles(tx, id, ctx.now),
    };
  });
}

/**
 * Saves the rules; keys that are given take the place of those kept, keys left out stay.
 *
 * Shape: a new Telegram bot is asked its name and told where to send its updates.
 * Refuses: `invalid` with `field` when a bot does not answer to its key.
 */
export async function saveMessagingRules(
  ctx: Context,
  { settings, keys }: { settings: MessagingSettings; keys: ProviderKeys },
): Promise<void> {
  require(ctx, "channels:write");
  const { id } = ctx.business;
  const before = await withBusiness(id, (tx) => store.readKeys(tx, id));
  const kept = {
    ...before,
    ...Object.fromEntries(Object.entries(keys).filter(([, key]) => key !== undefined)),
  };
  const telegram = settings.telegram.isOn
    ? { ...settings.telegram, bot: await introduceBot(ctx, settings.telegram.apiUrl, kept.telegram ?? "") }
    : settings.telegram;
  await withBusiness(id, async (tx) => {
    await store.saveSettings(tx, id, { settings: { ...settings, telegram }, keys: kept, now: ctx.now });
    await audit(tx, ctx, "messaging.save", { kind: "business", id });
  });
}

async function introduceBot(ctx: Context, apiUrl: string, key: string): Promise<string> {
  if (!/^\d+:[\w-]{20,}$/.test(key)) throw new Refused("invalid", { field: "telegram" });
  const me = await ask(apiUrl, key, "getMe", {});
  const named = "ok" in me && me.ok ? z.object({ username: z.string() }).safeParse(me.result) : undefined;
  if (!named?.success) throw new Refused("invalid", { field: "telegram" });
  // Telegram calls public https addresses only; elsewhere members are linked once there is one.
  if (baseUrl().startsWith("https://"))
    await ask(apiUrl, key, "setWebhook", {
      url: `${baseUrl()}/api/hooks/telegram/${ctx.business.id}`,
      secret_token: webhookSecret(ctx.business.id),
      allowed_updates: ["message", "my_chat_member"],
    });
  return named.data.username;
}

/** Sends one SMS through the gateway as it is kept. Refuses: `invalid` for a phone that is none, `mail_failed` when it is not taken. */
export async function testSms(ctx: Context, to: string): Promise<void> {
  require(ctx, "channels:write");
  const phone = normalizePhone(to, ctx.business.locale);
  if (phone === undefined) throw new Refused("invalid", { field: "to" });
  const { id } = ctx.business;
  const { settings, keys } = await withBusiness(id, async (tx) => ({
    settings: await store.readSettings(tx, id),
    keys: await store.readKeys(tx, id),
  }));
  const message = {
    to: phone,
    text: `${ctx.business.name}: ✓`,
    id: newId(ctx.now).toString(),
    statusUrl: "",
  };
  const outcome = await sendSms(settings.sms, keys.sms ?? "", message);
  if (outcome.kind !== "sent") throw new Refused("mail_failed", { reason: outcome.reason });
}
