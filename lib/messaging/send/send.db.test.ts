/** Sending: from the queue through the gate and a channel, with services that speak the real protocols. */
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Context } from "@/lib/access";
import { asOwner } from "@/tests/support/database";
import { messageRow, reachable, rule, send } from "@/tests/support/messages";
import { PushStandIn, ResendStandIn } from "@/tests/support/stand-ins";
import { newBusiness } from "@/tests/support/world";

process.env.KOLO_ALLOW_PRIVATE = "1";
const resend = await new ResendStandIn().start();
process.env.RESEND_API_KEY = "re_test";
process.env.RESEND_BASE_URL = resend.url;
const { sendDue, suppress, suppressions, unsuppress } = await import("..");

let push: PushStandIn;
let ctx: Context;
const at = (now: Date) => sendDue({ minters: {}, now: () => now });
const later = (ms: number) => new Date(ctx.now.getTime() + ms);

beforeAll(async () => {
  push = await new PushStandIn().start();
});
beforeEach(async () => {
  ctx = await newBusiness();
  await rule(ctx, { assumed: ["push", "email", "sms", "telegram", "inbox"] });
  push.trouble = undefined;
  push.received.length = 0;
  resend.trouble = undefined;
  resend.letters.length = 0;
});
afterAll(() => {
  push.stop();
  resend.stop();
});

describe("push", () => {
  test("arrives, decrypted, with its words, topic and time to live", async () => {
    const member = await reachable(ctx, push);
    const id = await send(ctx, member, { expiresAt: later(3_600_000) });
    await at(ctx.now);
    expect(push.received).toHaveLength(1);
    expect(push.received[0]).toMatchObject({
      payload: { body: "У вас 0 балів", tag: id.toString() },
      topic: id.toString(36),
      ttl: 3600,
      urgency: "normal",
    });
    expect(await messageRow(id)).toMatchObject({ state: "sent", channel: "push", attempts: 1 });
  });

  test("a browser that is gone is forgotten, and the message takes the next channel", async () => {
    const member = await reachable(ctx, push);
    push.gone.add(member.toString());
    const id = await send(ctx, member);
    await at(ctx.now);
    expect(await messageRow(id)).toMatchObject({ state: "sent", channel: "email" });
    expect(await asOwner("SELECT FROM push_subscription WHERE member_id = $1", [member])).toEqual([]);
    expect(resend.letters).toHaveLength(1);
  });

  test("trouble that passes: nothing is lost, nothing is said twice, the circuit opens", async () => {
    for (let i = 0; i < 20; i += 1) await send(ctx, await reachable(ctx, push), { channels: ["push"] });
    push.trouble = { status: 500 };
    await at(ctx.now);
    const tried = push.asked.length;
    const [lane] = await asOwner<{ failures: number }>(
      "SELECT * FROM message_lane WHERE channel LIKE 'push 127%' AND business_id = $1",
      [ctx.business.id],
    );
    expect(lane?.failures).toBeGreaterThanOrEqual(5);
    await at(later(1000));
    expect(push.asked).toHaveLength(tried); // left alone
    push.trouble = undefined;
    for (let minutes = 1; minutes < 200; minutes += 5) await at(later(minutes * 60_000));
    expect(new Set(push.received.map(({ browser }) => browser)).size).toBe(20);
    expect(push.received).toHaveLength(20);
  });

  test("a service that asks to be left alone is left alone as long as it asks", async () => {
    const id = await send(ctx, await reachable(ctx, push), { channels: ["push"] });
    push.trouble = { status: 429, headers: { "Retry-After": "600" } };
    await at(ctx.now);
    expect(await messageRow(id)).toMatchObject({ state: "queued", refusal: "http_429" });
    expect((await messageRow(id)).due_at.getTime()).toBeGreaterThanOrEqual(later(600_000).getTime());
  });

  test("one channel's trouble does not hold up another's messages", async () => {
    push.trouble = { status: 500 };
    for (let i = 0; i < 10; i += 1) await send(ctx, await reachable(ctx, push), { channels: ["push"] });
    const id = await send(ctx, await reachable(ctx, undefined), { channels: ["push", "email"] });
    await at(ctx.now);
    expect(await messageRow(id)).toMatchObject({ state: "sent", channel: "email" });
  });
});

describe("e-mail by Resend", () => {
  test("goes in one batch with a key, a plain part and a way out", async () => {
    for (let i = 0; i < 3; i += 1) await send(ctx, await reachable(ctx, undefined), { channels: ["email"] });
    const before = resend.asked.length;
    await at(ctx.now);
    expect(resend.asked.length - before).toBe(1);
    expect(resend.letters).toHaveLength(3);
    const [letter] = resend.letters;
    expect(letter?.headers["List-Unsubscribe-Post"]).toBe("List-Unsubscribe=One-Click");
    expect(letter?.headers["List-Unsubscribe"]).toMatch(/^<http.*\/unsubscribe>$/);
    expect(letter?.text).toContain("У вас 0 балів");
    expect(letter?.html).toContain("У вас 0 балів");
    expect(letter?.html).not.toContain("kolo-slot");
  });

  test("a batch that broke off is repeated with its key and its very words: taken once", async () => {
    const ids = [];
    for (let i = 0; i < 5; i += 1)
      ids.push(await send(ctx, await reachable(ctx, undefined), { channels: ["email"] }));
    await at(ctx.now);
    // As if the sender had died after the call and before writing it down.
    await asOwner(
      "UPDATE message SET state = 'sending', sent_at = NULL, provider_id = NULL WHERE id = ANY($1)",
      [ids],
    );
    await at(later(300_000));
    expect(resend.letters).toHaveLength(5);
    for (const id of ids) expect(await messageRow(id)).toMatchObject({ state: "sent" });
    expect((await messageRow(ids[0] ?? 0n)).provider_id).not.toBeNull();
  });

  test("garbage is trouble that passes", async () => {
    const id = await send(ctx, await reachable(ctx, undefined), { channels: ["email"] });
    resend.trouble = { status: 200, body: { hello: "world" } };
    await at(ctx.now);
    expect(await messageRow(id)).toMatchObject({ state: "queued" });
    resend.trouble = undefined;
    await at(later(60_000));
    expect(await messageRow(id)).toMatchObject({ state: "sent" });
  });
});

describe("the gate in the database", () => {
  test("caps hold across channels and turns; the refusal is kept with its reason", async () => {
    await rule(ctx, {
      assumed: ["push", "email", "inbox"],
      caps: { day: 2, week: 5, channel: {}, kind: {} },
    });
    const member = await reachable(ctx, push);
    const ids = [];
    for (let i = 0; i < 4; i += 1)
      ids.push(await send(ctx, member, { channels: [i % 2 ? "push" : "email"] }, `cap${i}-${member}`));
    await at(ctx.now);
    const rows = [];
    for (const id of ids) rows.push(await messageRow(id));
    expect(rows.map(({ state }) => state).toSorted()).toEqual(["refused", "refused", "sent", "sent"]);
    expect(rows.flatMap(({ refusal }) => refusal ?? [])).toEqual(["cap_day", "cap_day"]);
    const events = await asOwner(
      "SELECT FROM message_event WHERE message_id = ANY($1) AND reason = 'cap_day'",
      [ids],
    );
    expect(events).toHaveLength(2);
  });

  test("quiet hours postpone; a no by the member is a no", async () => {
    const night = new Date("2026-03-10T21:00:00Z");
    const id = await send(ctx, await reachable(ctx, push));
    await at(night);
    expect(await messageRow(id)).toMatchObject({
      state: "queued",
      refusal: "quiet_hours",
      due_at: new Date("2026-03-11T07:00:00Z"),
    });
    const declined = await reachable(ctx, push);
    for (const channel of ["push", "email", "inbox"])
      await asOwner("INSERT INTO member_consent VALUES ($1, $2, 'marketing', $3, 1, false, $4, 'card')", [
        ctx.business.id,
        declined,
        channel,
        ctx.now,
      ]);
    const refused = await send(ctx, declined);
    await at(ctx.now);
    expect(await messageRow(refused)).toMatchObject({ state: "refused", refusal: "no_consent" });
  });

  test("the pace holds marketing back, not service", async () => {
    await rule(ctx, { assumed: ["push"], pace: { push: 2, telegram: 1, email: 1, sms: 1 } });
    for (let i = 0; i < 10; i += 1) await send(ctx, await reachable(ctx, push), { channels: ["push"] });
    const service = await send(ctx, await reachable(ctx, push), {
      channels: ["push"],
      purpose: "service",
      kind: "receipt",
    });
    await at(ctx.now);
    expect(await messageRow(service)).toMatchObject({ state: "sent" });
    expect(push.received).toHaveLength(3); // a second's worth, and the service message
    for (let second = 1; second <= 5; second += 1) await at(later(second * 1000));
    expect(push.received).toHaveLength(11);
  });

  test("what nobody can be reached by stands in the card's inbox", async () => {
    const id = await send(ctx, await reachable(ctx, undefined), { channels: ["push", "sms"] });
    await at(ctx.now);
    expect(await messageRow(id)).toMatchObject({
      state: "sent",
      channel: "inbox",
      rendered: { locale: "uk" },
    });
  });

  test("a closed address gets nothing until it is opened; the list says how many, not who", async () => {
    const member = await reachable(ctx, undefined);
    const address = { channel: "email", address: ` M${member}@Example.com` } as const;
    await suppress(ctx, address);
    expect(await suppressions(ctx)).toEqual([{ channel: "email", reason: "staff", count: 1 }]);
    const first = await send(ctx, member, { channels: ["email"] }, "first");
    await at(ctx.now);
    expect(await messageRow(first)).toMatchObject({ channel: "inbox" });
    await unsuppress(ctx, address);
    await expect(unsuppress(ctx, address)).rejects.toThrow("not_found");
    await expect(suppress(ctx, { channel: "email", address: "nobody" })).rejects.toThrow("invalid");
    const second = await send(ctx, member, { channels: ["email"] }, "second");
    await at(ctx.now);
    expect(await messageRow(second)).toMatchObject({ state: "sent", channel: "email" });
  });

  test("an offer is minted once, in the words; one that cannot be made refuses the message alone", async () => {
    const made: bigint[] = [];
    const content = {
      locales: { en: { title: "For you", text: "Code {promoCode}" } },
      offers: [{ kind: "promo_code", with: {} }],
    };
    const one = await send(ctx, await reachable(ctx, push), { content });
    const other = await send(ctx, await reachable(ctx, push), {
      content: { ...content, offers: [{ kind: "nothing", with: {} }] },
    });
    await sendDue({
      now: () => ctx.now,
      minters: {
        promo_code: async (_tx, _ctx, { messageId }) => {
          made.push(messageId);
          return { promoCode: "ANNA-1" };
        },
      },
    });
    expect(made).toEqual([one]);
    expect((await messageRow(one)).rendered?.text).toBe("Code ANNA-1");
    expect(await messageRow(other)).toMatchObject({ state: "refused", refusal: "mint_refused" });
  });
});

test("SMTP: a mailbox that is not there is suppressed, a letter that went is not sent twice", async () => {
  const got: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onRcptTo: ({ address }, _session, callback) =>
      address.startsWith("m0")
        ? callback(Object.assign(new Error("no such box"), { responseCode: 550 }))
        : callback(),
    onData: (stream, _session, callback) => {
      stream.on("data", (chunk: Buffer) => got.push(chunk.toString()));
      stream.on("end", () => callback());
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as { port: number };
  vi.resetModules();
  delete process.env.RESEND_API_KEY;
  process.env.SMTP_URL = `smtp://127.0.0.1:${port}`;
  const fresh = await import("..");
  const { closeSmtp } = await import("@/lib/platform/mail/smtp");
  const { disconnect } = await import("@/lib/platform/db");
  const gone = await reachable(ctx, undefined);
  await asOwner("UPDATE member_profile SET email = 'm0@example.com' WHERE member_id = $1", [gone]);
  const dead = await send(ctx, gone, { channels: ["email"] });
  const alive = await send(ctx, await reachable(ctx, undefined), { channels: ["email"] });
  await fresh.sendDue({ minters: {}, now: () => ctx.now });
  expect(await messageRow(dead)).toMatchObject({ state: "sent", channel: "inbox" });
  expect(await messageRow(alive)).toMatchObject({ state: "sent", channel: "email" });
  expect(await asOwner("SELECT FROM suppression WHERE business_id = $1", [ctx.business.id])).toHaveLength(1);
  expect(got.join("")).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
  await asOwner("UPDATE message SET state = 'sending' WHERE id = $1", [alive]);
  await fresh.sendDue({ minters: {}, now: () => later(600_000) });
  expect(await messageRow(alive)).toMatchObject({ state: "failed", refusal: "uncertain" });
  closeSmtp();
  server.close();
  await disconnect();
});
