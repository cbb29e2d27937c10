/** Erasing a person: not a byte of them is left, the books stay, and a backup that comes back is erased again. */
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { eraseAgain, eraseMember, mergeMembers } from "@/lib/members";
import { queueMessage } from "@/lib/messaging";
import { withBusiness } from "@/lib/platform/db";
import { drain } from "@/lib/platform/outbox";
import { customer, grant, record } from "@/lib/sales";
import { createSegment, segmentsOf } from "@/lib/segments";
import { handlers } from "@/lib/wiring";
import { asOwner } from "@/tests/support/database";
import { newBusiness, newMember } from "@/tests/support/world";

process.env.KOLO_DATA = mkdtempSync(path.join(tmpdir(), "kolo-erase-"));

const NAME = "Zyxvarka Unforgettable";
const PHONE = "+380671230987";
const SECOND_PHONE = "+380509990011";
const MAIL = "zyxvarka@people.example";
const WORDS = [
  "zyxvarka",
  "unforgettable",
  PHONE.slice(1),
  SECOND_PHONE.slice(1),
  "1991-07-19",
  "p256dh-secret",
];

/** Every table of the database, jobs included, as text: where a word of somebody stands. */
async function placesOf(words: readonly string[]): Promise<string[]> {
  const tables = await asOwner<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const [row] = await asOwner<{ row: string }>(
      `SELECT t::text AS row FROM ${name} t WHERE EXISTS (SELECT FROM unnest($1::text[]) w WHERE position(w IN lower(t::text)) > 0) LIMIT 1`,
      [words],
    );
    if (row) found.push(`${name}: ${row.row}`);
  }
  return found;
}

async function wholeLife() {
  const ctx = await newBusiness({ welcome: null });
  const memberId = await newMember(ctx, PHONE);
  const twin = await newMember(ctx, SECOND_PHONE);
  const person = memberId + 1n;
  const { id } = ctx.business;
  const ask = async (sql: string, ...values: unknown[]) => await asOwner(sql, values);
  await ask(
    `UPDATE member_profile SET name = $2, email = $3, birth_date = '1991-07-19', note = $4, search = lower($2) WHERE member_id = ANY ($1)`,
    [memberId, twin],
    NAME,
    MAIL,
    `${NAME} likes tea`,
  );
  await ask(
    "INSERT INTO person (id, name, locale, birth_date, created_at) VALUES ($1, $2, 'en', '1991-07-19', now())",
    person,
    NAME,
  );
  await ask(
    "INSERT INTO person_identifier (kind, value, person_id, verified_at) VALUES ('email', $2, $1, now())",
    person,
    MAIL,
  );
  await ask("UPDATE member SET person_id = $2, uid = 'a-uid' WHERE id = $1", memberId, person);
  await ask(
    "INSERT INTO session (id, kind, person_id, created_at, expires_at, user_agent) VALUES ('s1', 'person', $1, now(), now(), 'agent of Zyxvarka')",
    person,
  );
  await ask(
    "INSERT INTO sign_in_code (id, purpose, identifier, code_hash, created_at, expires_at) VALUES ('c1', 'person', $1, 'x', now(), now())",
    MAIL,
  );
  await ask(
    "INSERT INTO mail (id, business_id, kind, recipient, subject, html, text, at) VALUES (1, $1, 'person', $2, 'Hi', $3, $3, now())",
    id,
    MAIL,
    `Dear ${NAME}`,
  );
  await ask(
    `INSERT INTO push_subscription (business_id, member_id, id, endpoint, p256dh, auth, created_at) VALUES ($1, $2, 1, 'https://x', 'p256dh-secret', 'a', now())`,
    id,
    memberId,
  );
  await ask(
    "INSERT INTO telegram_chat (business_id, member_id, chat_id, linked_at) VALUES ($1, $2, 'zyxvarka-chat', now())",
    id,
    memberId,
  );
  await ask(
    `INSERT INTO import_row (business_id, import_id, no, line, state, key, nth, raw, faults) VALUES ($1, 1, 1, 1, 'bad', 'hash', 1, $2, '[]')`,
    id,
    JSON.stringify(["x", MAIL, NAME]),
  );
  const content = { locales: { en: { title: `Hello ${NAME}`, text: "Come again" } } };
  const said = {
    purpose: "service",
    kind: "offer",
    channels: ["email"],
    content,
    source: { kind: "staff", id: "1" },
  } as const;
  await withBusiness(id, (tx) => queueMessage(tx, ctx, { ...said, memberId, key: "hello:1" }));
  await grant(ctx, { memberId, points: 7_700n, comment: `for ${NAME}`, key: null, source: "office" });
  const receipt = {
    totalMinor: 90_000n,
    points: 0n,
    skipMinor: 0n,
    unredeemableMinor: 0n,
    cashMinor: null,
    number: null,
  };
  const by = { key: null, staffId: null, locationId: null, source: "desk" as const };
  await record(ctx, { by: { memberId }, receipt, ...by });
  await record(ctx, { by: { memberId: twin }, receipt, ...by });
  await mergeMembers(ctx, { survivorId: memberId, loserId: twin });
  await createSegment(ctx, { name: "Everybody", rule: { version: 1, root: { kind: "all", nodes: [] } } });
  await drain(handlers, () => new Date());
  return { ctx, memberId };
}

test("nothing of a person is left but numbers, the books stay, and a backup is erased again", async () => {
  const { ctx, memberId } = await wholeLife();
  expect((await placesOf(WORDS)).length).toBeGreaterThan(8);
  const rows = await asOwner("SELECT * FROM member WHERE id = $1", [memberId]);
  const profile = await asOwner("SELECT member_id, name FROM member_profile WHERE member_id = $1", [
    memberId,
  ]);
  expect(profile).toHaveLength(1);
  const [before] = await asOwner<{ burned: string }>(
    "SELECT coalesce(sum(remaining), 0) AS burned FROM lot WHERE business_id = $1",
    [ctx.business.id],
  );

  await eraseMember(ctx, memberId);
  await drain(handlers, () => new Date());
  expect(await placesOf(WORDS)).toEqual([]);
  expect(await customer(ctx, { memberId })).toBeUndefined();
  expect(await segmentsOf(ctx, memberId)).toEqual([]);
  const [after] = await asOwner<{ operations: number; burned: string; held: string }>(
    `SELECT (SELECT count(*)::int FROM operation WHERE business_id = $1) AS operations,
       (SELECT sum(points) FROM transfer WHERE business_id = $1 AND credit = 'breakage') AS burned,
       (SELECT coalesce(sum(remaining), 0) FROM lot WHERE business_id = $1) AS held`,
    [ctx.business.id],
  );
  expect(after).toEqual({ operations: 3, burned: before?.burned, held: "0" });
  await expect(eraseMember(ctx, memberId)).rejects.toThrow("not_found");

  // The backup of yesterday: the person is there, the database's tombstone is not.
  await asOwner("INSERT INTO member SELECT * FROM jsonb_populate_record(NULL::member, $1)", [
    JSON.stringify(rows[0]),
  ]);
  await asOwner(
    "INSERT INTO member_profile (business_id, member_id, name, phone, search) VALUES ($1, $2, $3, $4, $3)",
    [ctx.business.id, memberId, NAME, PHONE],
  );
  await asOwner("INSERT INTO member_stats (business_id, member_id) VALUES ($1, $2)", [
    ctx.business.id,
    memberId,
  ]);
  await asOwner("DELETE FROM tombstone");
  expect(readFileSync(path.join(process.env.KOLO_DATA ?? "", "erased.log"), "utf8")).toContain(
    String(memberId),
  );
  expect(await eraseAgain(ctx)).toBe(1);
  expect(await placesOf(WORDS)).toEqual([]);
  expect(await eraseAgain(ctx)).toBe(0);
});

test("only the owner and the person themselves; a card elsewhere keeps the person's sign-in", async () => {
  const [here, there] = [await newBusiness(), await newBusiness()];
  const [own, far] = [await newMember(here, "+380670000001"), await newMember(there, "+380670000001")];
  const manager = { ...here, actor: { kind: "staff", id: 1n, role: "manager", name: "M" } } as const;
  await expect(eraseMember(manager, own)).rejects.toThrow("forbidden");
  await expect(
    eraseMember({ ...here, actor: { kind: "member", id: far, personId: 5n } }, own),
  ).rejects.toThrow("forbidden");
  await expect(eraseMember(there, own)).rejects.toThrow("not_found");
  await asOwner("INSERT INTO person (id, name, locale, created_at) VALUES (5, 'Both', 'en', now())");
  await asOwner("UPDATE member SET person_id = 5 WHERE id = ANY ($1)", [[own, far]]);
  await eraseMember({ ...here, actor: { kind: "member", id: own, personId: 5n } }, own);
  expect(await asOwner("SELECT name FROM person WHERE id = 5")).toHaveLength(1);
  await eraseMember({ ...there, actor: { kind: "member", id: far, personId: 5n } }, far);
  expect(await asOwner("SELECT name FROM person WHERE id = 5")).toEqual([]);
});
