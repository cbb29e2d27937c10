/** What becomes of a message after it went: delivered, opened, pressed, bounced, and the way out. */
import { createHmac } from "node:crypto";
import { afterAll, beforeEach, expect, test } from "vitest";
import type { Context } from "@/lib/access";
import { asOwner } from "@/tests/support/database";
import { messageRow, reachable, rule, send } from "@/tests/support/messages";
import { ResendStandIn } from "@/tests/support/stand-ins";
import { newBusiness } from "@/tests/support/world";

const resend = await new ResendStandIn().start();
process.env.RESEND_API_KEY = "re_test";
process.env.RESEND_BASE_URL = resend.url;
const messaging = await import("..");
const { tokenOf } = await import("../link/token");
afterAll(() => resend.stop());

let ctx: Context;
let member = 0n;
let id = 0n;
let token = "";
beforeEach(async () => {
  ctx = await newBusiness();
  await rule(ctx, { assumed: ["email", "inbox"] });
  member = await reachable(ctx, undefined);
  id = await send(ctx, member, { channels: ["email"] });
  await messaging.sendDue({ minters: {}, now: () => ctx.now });
  token = tokenOf({ businessId: ctx.business.id, messageId: id });
});

const events = async (type: string) =>
  await asOwner<{ payload: object }>("SELECT payload FROM outbox WHERE member_id = $1 AND type = $2", [
    member,
    type,
  ]);

test("a press counts once, opens, and leads to the member's card", async () => {
  expect(await messaging.followLink(token, ctx.now)).toBe(`/uk/card/${ctx.business.slug}`);
  await messaging.followLink(token, ctx.now);
  expect(await messageRow(id)).toMatchObject({ state: "clicked", opened_at: ctx.now, clicked_at: ctx.now });
  expect(await events("message.clicked")).toMatchObject([
    { payload: { sourceKind: "campaign", sourceId: "1" } },
  ]);
  await messaging.noteStep(token, "delivered", ctx.now);
  expect(await messageRow(id)).toMatchObject({ state: "clicked" });
});

test("a token that was touched is nobody's", async () => {
  const touched = `${token.slice(0, 10)}${token[10] === "A" ? "B" : "A"}${token.slice(11)}`;
  expect(await messaging.followLink(touched, ctx.now)).toBeUndefined();
  expect(await messaging.unsubscribe(touched, ctx.now)).toBe(false);
  expect(await messaging.exitOf("x".repeat(35))).toBeUndefined();
});

test("one press unsubscribes from that channel's marketing, and is kept", async () => {
  expect(await messaging.unsubscribe(token, ctx.now)).toBe(true);
  await messaging.unsubscribe(token, ctx.now);
  const said = await asOwner("SELECT channel, granted, source FROM member_consent WHERE member_id = $1", [
    member,
  ]);
  expect(said).toEqual([{ channel: "email", granted: false, source: "unsubscribe" }]);
  const next = await send(ctx, member, { channels: ["email"] }, "next");
  await messaging.sendDue({ minters: {}, now: () => ctx.now });
  expect(await messageRow(next)).toMatchObject({ state: "sent", channel: "inbox" });
});

async function hook(type: string, extra: object = {}, secret = "c2VjcmV0LXNlY3JldA==") {
  const { provider_id: email_id } = await messageRow(id);
  const body = JSON.stringify({ type, data: { email_id, ...extra } });
  const timestamp = String(Math.floor(ctx.now.getTime() / 1000));
  const mac = createHmac("sha256", Buffer.from(secret, "base64"))
    .update(`msg_1.${timestamp}.${body}`)
    .digest("base64");
  const headers = { id: "msg_1", timestamp, signature: `v1,bad v1,${mac}` };
  return await messaging.takeResendHook("whsec_c2VjcmV0LXNlY3JldA==", headers, body, ctx.now);
}

test("Resend's webhooks: signed ones are taken, a complaint closes the address for ever", async () => {
  expect(await hook("email.delivered", {}, "b3RoZXI=")).toBe(false);
  expect(await hook("email.delivered")).toBe(true);
  expect(await messageRow(id)).toMatchObject({ state: "delivered" });
  expect(await hook("email.complained")).toBe(true);
  expect(await hook("email.complained")).toBe(true);
  expect(await asOwner("SELECT reason FROM suppression WHERE business_id = $1", [ctx.business.id])).toEqual([
    { reason: "complained" },
  ]);
  const next = await send(ctx, member, { channels: ["email"], purpose: "service", kind: "receipt" }, "after");
  await messaging.sendDue({ minters: {}, now: () => ctx.now });
  expect(await messageRow(next)).toMatchObject({ state: "sent", channel: "inbox" });
});

test("a bounce for good suppresses, a box that is full does not", async () => {
  await hook("email.bounced", { bounce: { type: "Transient" } });
  expect(await asOwner("SELECT FROM suppression WHERE business_id = $1", [ctx.business.id])).toEqual([]);
  await hook("email.bounced", { bounce: { type: "Permanent" } });
  expect(await asOwner("SELECT FROM suppression WHERE business_id = $1", [ctx.business.id])).toHaveLength(1);
  expect(await messageRow(id)).toMatchObject({ state: "failed" });
});

test("the inbox shows it until it is read; reading opens", async () => {
  expect(await messaging.unreadCount(ctx, member)).toBe(1);
  const { entries } = await messaging.inbox(ctx, member);
  expect(entries).toMatchObject([
    { text: "У вас 0 балів", isUnread: true, href: expect.stringMatching(/^\/api\/m\//) },
  ]);
  await messaging.markRead(ctx, member);
  expect(await messaging.unreadCount(ctx, member)).toBe(0);
  expect(await messageRow(id)).toMatchObject({ state: "opened" });
});

test("Telegram links by the deep link's own code and nobody else's", async () => {
  const { telegramStart, webhookSecret } = await import("../telegram/link");
  const start = new URL(telegramStart(ctx, "bot", member)).searchParams.get("start");
  const take = (text: string, secret = webhookSecret(ctx.business.id)) =>
    messaging.takeTelegramUpdate(ctx.business.id.toString(), {
      secret,
      body: { message: { chat: { id: 42, type: "private" }, text } },
      now: ctx.now,
    });
  expect(await take(`/start ${start}`, "wrong")).toBe(false);
  expect(await take(`/start ${start?.replace(/.$/, (end) => (end === "0" ? "1" : "0"))}`)).toBe(true);
  expect(await asOwner("SELECT FROM telegram_chat WHERE member_id = $1", [member])).toEqual([]);
  expect(await take(`/start ${start}`)).toBe(true);
  expect(await asOwner("SELECT chat_id FROM telegram_chat WHERE member_id = $1", [member])).toEqual([
    { chat_id: "42" },
  ]);
});

test("choices are kept in order; a yes by push is a yes", async () => {
  await messaging.choose(ctx, member, { purpose: "marketing", channel: "email", granted: false });
  await messaging.choose(ctx, member, { purpose: "marketing", channel: "email", granted: false });
  await messaging.addBrowser(ctx, member, {
    endpoint: "https://push.example/1",
    p256dh: "p",
    auth: "a",
    userAgent: null,
  });
  const { channels, history } = await messaging.preferences(ctx, member);
  expect(channels.find(({ channel }) => channel === "email")).toMatchObject({
    marketing: false,
    service: true,
  });
  expect(channels.find(({ channel }) => channel === "push")).toMatchObject({ address: "1", marketing: true });
  expect(history.map(({ channel, source }) => `${channel} ${source}`)).toEqual(["push push", "email card"]);
});
