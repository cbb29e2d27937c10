/** SMS gateways and Telegram, against services on loopback that speak as they do. */
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "@/lib/access";
import { seal } from "@/lib/platform/crypto";
import { asOwner } from "@/tests/support/database";
import { messageRow, reachable, rule, send } from "@/tests/support/messages";
import { type Answer, HttpStandIn } from "@/tests/support/stand-ins";
import { newBusiness } from "@/tests/support/world";

process.env.KOLO_ALLOW_PRIVATE = "1";
const { sendDue } = await import("..");

let say: Answer = { status: 200 };
const gateway = await new HttpStandIn(() => say).start();
afterAll(() => gateway.stop());
let ctx: Context;
const due = () => sendDue({ minters: {}, now: () => ctx.now });
const lastBody = () => gateway.asked.at(-1)?.body.toString() ?? "";

beforeEach(async () => {
  ctx = await newBusiness();
  gateway.asked.length = 0;
});

async function withKeys(keys: object): Promise<void> {
  await asOwner("UPDATE messaging_setting SET sealed = $2 WHERE business_id = $1", [
    ctx.business.id,
    seal("provider-keys", JSON.stringify(keys)),
  ]);
}

describe("SMS by a gateway like Twilio", () => {
  beforeEach(async () => {
    await rule(ctx, {
      assumed: ["sms", "inbox"],
      sms: { kind: "twilio", baseUrl: gateway.url, account: "AC1", from: "+15005550006" },
    });
    await withKeys({ sms: "token" });
  });
  test("a form with the account's key; the answer names the message", async () => {
    say = { status: 201, body: { sid: "SM7" } };
    const id = await send(ctx, await reachable(ctx, undefined), { channels: ["sms"] });
    await due();
    expect(gateway.asked[0]?.path).toBe("/2010-04-01/Accounts/AC1/Messages.json");
    expect(gateway.asked[0]?.headers.authorization).toBe(
      `Basic ${Buffer.from("AC1:token").toString("base64")}`,
    );
    const form = new URLSearchParams(lastBody());
    expect(form.get("From")).toBe("+15005550006");
    expect(form.get("Body")).toMatch(/^У вас 0 балів http:\/\/.*\/api\/m\//);
    expect(await messageRow(id)).toMatchObject({ state: "sent", channel: "sms", provider_id: "SM7" });
  });
  test.each<[number, object]>([
    [500, { state: "queued", refusal: "http_500" }],
    [429, { state: "queued", refusal: "http_429" }],
    [401, { state: "queued", refusal: "http_401" }],
    [504, { state: "failed", refusal: "uncertain" }],
    [400, { state: "sent", channel: "inbox" }],
  ])("%d", async (status, row) => {
    say = { status, body: { code: 21211 } };
    const id = await send(ctx, await reachable(ctx, undefined), { channels: ["sms"] });
    await due();
    expect(await messageRow(id)).toMatchObject(row);
  });
});

test("SMS by any gateway: the body as described, filled safely", async () => {
  await rule(ctx, {
    assumed: ["sms"],
    sms: {
      kind: "http",
      url: `${gateway.url}/send`,
      body: '{"phone":"{to}","message":"{text}","ref":"{id}"}',
      form: "json",
      header: "Authorization: Bearer {key}",
      from: "",
      idPath: "messages.0.id",
    },
  });
  await withKeys({ sms: "secret" });
  say = { status: 200, body: { messages: [{ id: 77 }] } };
  const content = { locales: { en: { title: "t", text: 'Say "hi"\n{name}' } } };
  const id = await send(ctx, await reachable(ctx, undefined), { channels: ["sms"], content });
  await due();
  expect(JSON.parse(lastBody())).toMatchObject({
    message: expect.stringMatching(/^Say "hi"\nMember/),
    ref: id.toString(),
  });
  expect(gateway.asked[0]?.headers).toMatchObject({
    authorization: "Bearer secret",
    "idempotency-key": id.toString(),
  });
  expect(await messageRow(id)).toMatchObject({ state: "sent", provider_id: "77" });
});

describe("Telegram", () => {
  let member = 0n;
  beforeEach(async () => {
    await rule(ctx, { telegram: { isOn: true, bot: "kolo_bot", apiUrl: gateway.url } });
    await withKeys({ telegram: "1:tok" });
    member = await reachable(ctx, undefined);
    await asOwner("INSERT INTO telegram_chat VALUES ($1, $2, '555', $3)", [ctx.business.id, member, ctx.now]);
  });
  test("says it in the member's chat", async () => {
    say = { status: 200, body: { ok: true, result: { message_id: 9 } } };
    const id = await send(ctx, member, { channels: ["telegram"] });
    await due();
    expect(gateway.asked[0]?.path).toBe("/bot1:tok/sendMessage");
    expect(JSON.parse(lastBody())).toMatchObject({
      chat_id: "555",
      text: expect.stringContaining("У вас 0 балів"),
    });
    expect(await messageRow(id)).toMatchObject({ state: "sent", channel: "telegram", provider_id: "9" });
  });
  test("a member who blocked the bot is not asked again", async () => {
    say = {
      status: 403,
      body: { ok: false, error_code: 403, description: "Forbidden: bot was blocked by the user" },
    };
    const id = await send(ctx, member, { channels: ["telegram"] });
    await due();
    expect(await messageRow(id)).toMatchObject({ state: "sent", channel: "inbox" });
    expect(await asOwner("SELECT FROM telegram_chat WHERE member_id = $1", [member])).toEqual([]);
  });
  test("a flood wait is waited for", async () => {
    say = { status: 429, body: { ok: false, error_code: 429, parameters: { retry_after: 40 } } };
    const id = await send(ctx, member, { channels: ["telegram"] });
    await due();
    const { due_at, state } = await messageRow(id);
    expect([state, due_at.getTime() - ctx.now.getTime()]).toEqual(["queued", 40_000]);
  });
  test("garbage after it was handed over is not said again", async () => {
    say = { status: 200, body: "<html>" };
    const id = await send(ctx, member, { channels: ["telegram"] });
    await due();
    expect(await messageRow(id)).toMatchObject({ state: "failed", refusal: "uncertain" });
  });
});
