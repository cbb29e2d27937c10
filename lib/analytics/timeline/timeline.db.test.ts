/** One stream of everything that happened to a member: its order, its pages, who sees what; and the notes in it. */
import { beforeAll, expect, test } from "vitest";
import type { Context, Role } from "@/lib/access";
import { memberTimeline, timelineKinds } from "@/lib/analytics";
import { newId } from "@/lib/kernel/ids";
import { addNote, deleteNote, editNote, setBlocked } from "@/lib/members";
import { grant, record, refund } from "@/lib/sales";
import { asOwner } from "@/tests/support/database";
import { refusal } from "@/tests/support/doors";
import { at, days, NOON, newBusiness, newMember } from "@/tests/support/world";
import { SOURCES, type TimelineKind } from "./model";

let ctx: Context;
let memberId: bigint;

const staff = (role: Role, name: string): Context => ({
  ...ctx,
  actor: { kind: "staff", id: newId(ctx.now), role, name },
});

async function buy(now: Date, totalMinor = 10_000n): Promise<bigint> {
  const receipt = {
    totalMinor,
    points: 0n,
    skipMinor: 0n,
    unredeemableMinor: 0n,
    cashMinor: null,
    number: null,
  };
  const done = await record(at(ctx, now), {
    by: { memberId },
    receipt,
    lines: [{ itemId: null, name: "Cut", quantity: 1, amountMinor: totalMinor }],
    key: null,
    staffId: null,
    locationId: null,
    source: "desk",
  });
  return done.operationId;
}

async function allPages(limit: number, kinds: readonly TimelineKind[] = []) {
  const entries = [];
  let after: string | null = null;
  do {
    const page = await memberTimeline(ctx, { memberId, kinds, after, limit });
    expect(page.entries.length).toBeLessThanOrEqual(limit);
    entries.push(...page.entries);
    after = page.next;
  } while (after !== null);
  return entries;
}

const keys = (entries: readonly { source: string; id: bigint }[]) =>
  entries.map(({ source, id }) => `${source} ${id}`);

/** Rows of all sources at the very same instants, some of them in the same millisecond with the same numbers. */
beforeAll(async () => {
  ctx = await newBusiness();
  memberId = await newMember(ctx, "+380670001122");
  const friend = await newMember(at(ctx, days(NOON, 1)), "+380670001123", memberId);
  const b = ctx.business.id;
  await asOwner(
    `INSERT INTO referral (business_id, member_id, inviter_id, joined_at, state, bought_at, effective_id)
     VALUES ($1, $2, $3, $4, 'open', $5, $6)`,
    [b, friend, memberId, days(NOON, 1), days(NOON, 2), newId(days(NOON, 2))],
  );
  for (const day of [1, 2, 3]) {
    const now = days(NOON, day);
    const bought = await buy(now);
    if (day === 2)
      await refund(at(ctx, days(NOON, 2)), {
        operationId: bought,
        partMinor: 4_000n,
        key: null,
        staffId: null,
        locationId: null,
        source: "desk",
      });
    const id = newId(now);
    // The same number in three tables.
    await asOwner(
      `INSERT INTO member_consent (business_id, member_id, purpose, channel, id, granted, at, source)
       VALUES ($1, $2, 'marketing', $5, $3, true, $4, 'card')`,
      [b, memberId, id, now, ["email", "sms", "push"][day - 1]],
    );
    await asOwner(
      `INSERT INTO member_note (business_id, member_id, id, staff_id, text, created_at) VALUES ($1, $2, $3, 1, 'n', $4)`,
      [b, memberId, id, now],
    );
    await asOwner(
      `INSERT INTO message (business_id, id, member_id, key, purpose, kind, state, channels, lane, priority, source_kind, source_id,
         created_at, due_at, content_id, rendered) VALUES ($1, $2, $3, $4, 'service', 'news', 'opened', '{email}', 'email', 0, 'staff', '1', $5, $5, 1,
         '{"title": "Hello"}')`,
      [b, id, memberId, `k${day}`, now],
    );
    for (const [no, kind] of ["sent", "opened"].entries())
      await asOwner(
        "INSERT INTO message_event (business_id, message_id, id, kind, channel, at) VALUES ($1, $2, $3, $4, 'email', $5)",
        [b, id, no + 1, kind, now],
      );
    for (const segment of [1, 2, 3].map((no) => day * 10 + no)) {
      await asOwner(
        `INSERT INTO segment (business_id, id, name, version, rule, topics, created_at, updated_at)
         VALUES ($1, $2, $3, 1, '{}', '{}', $4, $4)`,
        [b, segment, `S${segment}`, now],
      );
      await asOwner(
        "INSERT INTO segment_member (business_id, segment_id, member_id, entered_at) VALUES ($1, $2, $3, $4)",
        [b, segment, memberId, now],
      );
      // They were in it twice before, and left twice in one millisecond.
      for (const no of [1, 2])
        await asOwner(
          `INSERT INTO segment_stay (business_id, member_id, id, segment_id, entered_at, left_at)
           VALUES ($1, $2, $3, $4, $5, $6)`,
          [b, memberId, newId(now), segment, days(now, -no), now],
        );
    }
    await asOwner(
      "INSERT INTO journey (business_id, id, kind, name, state, draft, created_at) VALUES ($1, $2, 'journey', 'J', 'live', '{}', $3)",
      [b, id, now],
    );
    await asOwner(
      `INSERT INTO journey_run (business_id, id, journey_id, member_id, no, version, entered_at, moved_at)
       VALUES ($1, $2, $2, $3, 1, 1, $4, $4)`,
      [b, id, memberId, now],
    );
  }
  await grant(at(ctx, days(NOON, 4)), {
    memberId,
    points: 500n,
    comment: "sorry",
    key: null,
    source: "office",
  });
  await setBlocked(at(ctx, days(NOON, 5)), memberId, true);
});

test("pages of any size make up the whole, newest first, the cause below what it brought", async () => {
  const whole = await allPages(100);
  const wanted = whole.toSorted((a, b) => {
    const [ma, mb] = [a.at.getTime(), b.at.getTime()];
    if (ma !== mb) return mb - ma;
    const [ra, rb] = [SOURCES.indexOf(a.source), SOURCES.indexOf(b.source)];
    return ra === rb ? (a.id < b.id ? 1 : -1) : rb - ra;
  });
  expect(keys(whole)).toEqual(keys(wanted));
  expect(new Set(keys(whole)).size).toBe(whole.length);
  expect(new Set(whole.map(({ source }) => source))).toEqual(
    new Set([
      "joined",
      "operation",
      "consent",
      "note",
      "message",
      "segment",
      "segment_left",
      "journey",
      "friend_joined",
      "friend_bought",
      "change",
    ]),
  );
  for (const size of [1, 2, 3, 7]) expect(keys(await allPages(size))).toEqual(keys(whole));
});

test("kinds narrow the stream, each to its own", async () => {
  const sources = async (...kinds: TimelineKind[]) =>
    new Set((await allPages(2, kinds)).map((entry) => entry.source));
  expect(await sources("notes")).toEqual(new Set(["note"]));
  expect(await sources("segments", "consents")).toEqual(new Set(["segment", "segment_left", "consent"]));
  const operations = async (...kinds: TimelineKind[]) =>
    (await allPages(2, kinds)).flatMap((entry) =>
      entry.source === "operation" ? [entry.operation.kind] : [],
    );
  expect(new Set(await operations("visits"))).toEqual(new Set(["purchase", "refund"]));
  expect(new Set(await operations("points"))).toEqual(new Set(["grant"]));
});

test("rows carry what belongs to them", async () => {
  const entries = await allPages(100);
  const message = entries.find((entry) => entry.source === "message");
  expect(message).toMatchObject({ title: "Hello", reactions: [{ kind: "sent" }, { kind: "opened" }] });
  const visit = entries.find((entry) => entry.source === "operation" && entry.operation.kind === "purchase");
  expect(visit).toMatchObject({ lines: [{ name: "Cut", amountMinor: 10_000n }] });
  expect(entries.find((entry) => entry.source === "change")).toMatchObject({ action: "member.block" });
});

test("what a reader may not see is not in their stream, and a place that is none is refused", async () => {
  const cashier = staff("cashier", "Olha");
  expect(timelineKinds(cashier)).not.toContain("messages");
  const seen = await memberTimeline(cashier, { memberId, limit: 100 });
  expect(seen.entries.map(({ source }) => source)).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/^(message|journey|change)$/)]),
  );
  expect(await refusal(memberTimeline(ctx, { memberId, after: "x" }))).toBe("invalid");
  const other = await newBusiness();
  expect((await memberTimeline(other, { memberId })).entries).toEqual([]);
});

test("notes: one's own are changed, anybody's are deleted by who may block, others' are left alone", async () => {
  const [olha, ivan, boss] = [staff("cashier", "Olha"), staff("cashier", "Ivan"), staff("manager", "Boss")];
  const id = await addNote(olha, memberId, "likes tea");
  expect(await refusal(editNote(ivan, { memberId, id, text: "likes coffee" }))).toBe("forbidden");
  expect(await refusal(editNote(boss, { memberId, id, text: "likes coffee" }))).toBe("forbidden");
  expect(await refusal(deleteNote(ivan, memberId, id))).toBe("forbidden");
  await editNote(olha, { memberId, id, text: "likes green tea" });
  const noted = (await memberTimeline(olha, { memberId, kinds: ["notes"] })).entries.find(
    (one) => one.id === id,
  );
  expect(noted).toMatchObject({ source: "note", text: "likes green tea" });
  await deleteNote(boss, memberId, id);
  expect(await refusal(deleteNote(boss, memberId, id))).toBe("not_found");
  expect(await refusal(addNote(ctx, memberId, "by a job"))).toBe("forbidden");
  const other = await newBusiness();
  expect(await refusal(addNote({ ...other, actor: olha.actor }, memberId, "not ours"))).toBe("not_found");
  const trail = await asOwner<{ action: string; detail: object }>(
    "SELECT action, detail FROM audit WHERE business_id = $1 AND action LIKE 'note.%' ORDER BY id",
    [ctx.business.id],
  );
  expect(trail.map(({ action }) => action)).toEqual(["note.add", "note.edit", "note.delete"]);
  expect(JSON.stringify(trail)).not.toContain("tea");
});
