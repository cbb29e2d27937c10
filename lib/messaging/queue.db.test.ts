/** Queueing: a key is one message for ever, whoever queues it and however often. */
import { expect, test } from "vitest";
import { withBusiness } from "@/lib/platform/db";
import { asOwner } from "@/tests/support/database";
import { at, days, newBusiness, newMember } from "@/tests/support/world";
import { type Queueing, queueMessage, queueMessages } from ".";

const offer: Queueing = {
  purpose: "marketing",
  kind: "offer",
  channels: ["push", "email"],
  content: { locales: { en: { title: "Hello", text: "Come again" } } },
  source: { kind: "campaign", id: "7", step: "1", variant: "a" },
};

test("one message a key; the second queueing answers the first message", async () => {
  const ctx = await newBusiness();
  const memberId = await newMember(ctx, "+380671110001");
  const queue = () =>
    withBusiness(ctx.business.id, (tx) => queueMessage(tx, ctx, { ...offer, memberId, key: "hello:1" }));
  const first = await queue();
  expect(first.ok).toBe(true);
  expect(await queue()).toEqual({ ...first, ok: false, refusal: "duplicate" });
  const [row] = await asOwner<object>("SELECT * FROM message WHERE member_id = $1", [memberId]);
  expect(row).toMatchObject({
    state: "queued",
    lane: "push",
    channels: ["push", "email", "inbox"],
    priority: 1,
  });
});

test("an unknown member or template is refused", async () => {
  const ctx = await newBusiness();
  const memberId = await newMember(ctx, "+380671110002");
  await withBusiness(ctx.business.id, async (tx) => {
    expect(await queueMessage(tx, ctx, { ...offer, memberId: 1n, key: "a" })).toMatchObject({
      refusal: "unknown_member",
    });
    const content = { templateId: 5n, version: 1 };
    expect(await queueMessage(tx, ctx, { ...offer, content, memberId, key: "b" })).toMatchObject({
      refusal: "template_gone",
    });
  });
});

test("a set is queued once, strangers and earlier ones passed over", async () => {
  const ctx = await newBusiness();
  const other = await newBusiness();
  const mine = [await newMember(ctx, "+380671110003"), await newMember(ctx, "+380671110004")];
  const stranger = await newMember(other, "+380671110005");
  const notBefore = days(ctx.now, 1);
  const queue = (memberIds: bigint[]) =>
    withBusiness(ctx.business.id, (tx) =>
      queueMessages(tx, at(ctx, ctx.now), { ...offer, memberIds, key: "may", notBefore }),
    );
  expect(await queue(mine.slice(0, 1))).toEqual({ ok: true, queued: 1 });
  expect(await queue([...mine, stranger])).toEqual({ ok: true, queued: 1 });
  const rows = await asOwner<{ member_id: string; due_at: Date }>(
    "SELECT member_id, due_at FROM message WHERE key LIKE 'may:%' ORDER BY member_id",
  );
  expect(rows.map((row) => row.member_id)).toEqual(mine.map(String));
  expect(rows[0]?.due_at).toEqual(notBefore);
});
