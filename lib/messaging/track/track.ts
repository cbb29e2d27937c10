import "server-only";
import { type Business, findBusiness } from "../../access";
import { type Tx, withBusiness } from "../../platform/db";
import { publish } from "../../platform/outbox";
import * as consent from "../consent/store";
import { readToken } from "../link/token";
import type { Channel } from "../model";
import { addressHash } from "../person/person";
import { readRendered, suppress } from "../send/store";
import * as store from "./store";

/**
 * Follows a message's link: counts the press and answers where it leads.
 *
 * Shape: a path of the card in the member's language, or the https address the template named; nothing for a token we did not make.
 */
export async function followLink(token: string, now: Date): Promise<string | undefined> {
  const found = await pointed(token);
  if (!found) return undefined;
  const { business, messageId } = found;
  return await withBusiness(business.id, async (tx) => {
    const message = await store.messageRow(tx, business.id, messageId);
    const rendered = readRendered(message?.rendered ?? null);
    await happened(tx, business.id, messageId, "opened", now);
    await happened(tx, business.id, messageId, "clicked", now);
    const { url = "/card", locale = business.locale } = rendered ?? {};
    if (!url.startsWith("/")) return url;
    return `/${locale}/card/${business.slug}${url.replace(/^\/card/, "")}`;
  });
}

/** Notes that a message was delivered or opened, once. Answers whether the token is ours. */
export async function noteStep(token: string, what: "delivered" | "opened", now: Date): Promise<boolean> {
  const found = await pointed(token);
  if (!found) return false;
  await withBusiness(found.business.id, (tx) => happened(tx, found.business.id, found.messageId, what, now));
  return true;
}

/** What a provider tells of a message it took: `bounced` for good and `complained` close the address for ever. */
export type ProviderNews = {
  readonly what: "delivered" | "opened" | "clicked" | "bounced" | "complained" | "failed";
  readonly reason: string | null;
};

/** Takes a provider's news about a message of ours, however often it is told. Answers whether the message is known. */
export async function takeProviderNews(
  about: { readonly providerId: string } | { readonly token: string },
  { what, reason }: ProviderNews,
  now: Date,
): Promise<boolean> {
  const message = "token" in about ? readToken(about.token) : await store.messageOfProvider(about.providerId);
  if (!message) return false;
  const { businessId, messageId } = message;
  await withBusiness(businessId, async (tx) => {
    if (what === "delivered" || what === "opened" || what === "clicked") {
      await happened(tx, businessId, messageId, what, now);
      return;
    }
    const row = await store.messageRow(tx, businessId, messageId);
    if (!row) return;
    const channel = row.channel as Channel | null;
    await store.note(tx, { businessId, messageId, kind: what, channel, reason, now });
    if (what !== "complained")
      await store.fail(tx, businessId, messageId, what === "bounced" ? "bounced" : "rejected", now);
    if (what !== "failed")
      await closeAddress(tx, { businessId, memberId: row.memberId, channel, reason: what, now });
  });
  return true;
}

async function closeAddress(
  tx: Tx,
  about: {
    businessId: bigint;
    memberId: bigint;
    channel: Channel | null;
    reason: "bounced" | "complained";
    now: Date;
  },
): Promise<void> {
  const { businessId, memberId, channel, reason, now } = about;
  const profile = await store.profileOf(tx, businessId, memberId);
  const address = channel === "email" ? profile?.email : channel === "sms" ? profile?.phone : null;
  if (!address || !channel) return;
  await suppress(tx, { businessId, channel, addressHash: addressHash(address), reason, memberId, at: now });
  if (reason === "complained")
    await consent.say(tx, {
      businessId,
      memberId,
      purpose: "marketing",
      channel,
      granted: false,
      source: "complaint",
      now,
    });
}

async function happened(
  tx: Tx,
  businessId: bigint,
  messageId: bigint,
  what: store.Step,
  now: Date,
): Promise<void> {
  const message = await store.step(tx, businessId, messageId, { what, now });
  if (!message || what === "delivered") return;
  const { memberId, ...about } = message;
  const payload = { messageId: messageId.toString(), ...about };
  await publish(tx, { businessId, memberId, type: `message.${what}`, payload, at: now });
}

export type Exit = { readonly business: Business; readonly locale: string; readonly channel: Channel };

/** Whose message an unsubscribe link belongs to; nothing for a token we did not make. */
export async function exitOf(token: string): Promise<Exit | undefined> {
  const found = await pointed(token);
  if (!found) return undefined;
  const { business, messageId } = found;
  return await withBusiness(business.id, async (tx) => {
    const row = await store.messageRow(tx, business.id, messageId);
    const locale = readRendered(row?.rendered ?? null)?.locale ?? business.locale;
    return row ? { business, locale, channel: (row.channel as Channel | null) ?? "email" } : undefined;
  });
}

/** No more marketing through the channel a message came by; one press, no sign-in. Answers whether the token is ours. */
export async function unsubscribe(token: string, now: Date): Promise<boolean> {
  const found = await pointed(token);
  if (!found) return false;
  const { business, messageId } = found;
  return await withBusiness(business.id, async (tx) => {
    const row = await store.messageRow(tx, business.id, messageId);
    if (!row) return false;
    const channel = (row.channel as Channel | null) ?? "email";
    const { memberId } = row;
    const about = { businessId: business.id, memberId, purpose: "marketing", channel } as const;
    const isNew = await consent.say(tx, { ...about, granted: false, source: "unsubscribe", now });
    if (isNew)
      await store.note(tx, {
        businessId: business.id,
        messageId,
        kind: "unsubscribed",
        channel,
        reason: null,
        now,
      });
    return true;
  });
}

async function pointed(token: string): Promise<{ business: Business; messageId: bigint } | undefined> {
  const message = readToken(token);
  const business = message && (await findBusiness({ id: message.businessId }));
  return business && { business, messageId: message.messageId };
}
