/** The demo: the same on every machine on the same day, and its books balance. */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { booksOf } from "@/lib/ledger";
import { asOwner } from "../../tests/support/database";
import { playDemo } from "./demo";

// Across the night when clocks go forward, so that a day of 23 hours is among them.
const NOW = new Date("2026-03-31T15:30:00Z");
const SMALL = { days: 120, salonMembers: 40, coffeeMembers: 12, guests: 5 };

/** Everything that could differ, without ids and codes, which are thrown anew each time. */
const FACTS = [
  "SELECT name, phone, email, birth_date, note, search FROM member_profile",
  `SELECT o.kind, o.state, o.at, o.total_minor, o.cash_minor, o.points_spent, o.points_earned, o.refunded_minor, o.receipt_number,
     o.tier_id, o.source, o.is_first, s.name FROM operation o LEFT JOIN staff s USING (business_id)
   WHERE s.id = o.staff_id OR o.staff_id IS NULL`,
  "SELECT kind, available_at, expires_at, remaining, expired FROM lot",
  "SELECT at, debit, credit, points, reason FROM transfer",
  "SELECT tier_id, points, visits, cash_spent_minor, invited_count, effective_invited_count, first_at, last_at FROM member_stats",
  "SELECT day, purchases, total_minor, points_issued, points_spent, points_expired FROM business_day",
  "SELECT name, quantity, amount_minor FROM operation_line",
  "SELECT locale, birth_date, created_at FROM person",
];

async function fingerprint(): Promise<string> {
  const hash = createHash("sha256");
  for (const sql of FACTS) {
    const rows = await asOwner<{ fact: string }>(
      `SELECT row_to_json(f)::text AS fact FROM (${sql}) f ORDER BY 1`,
    );
    for (const { fact } of rows) hash.update(fact);
  }
  return hash.digest("hex");
}

async function counted(sql: string): Promise<number> {
  const [row] = await asOwner<{ count: string }>(`SELECT count(*) AS count FROM ${sql}`);
  return Number(row?.count);
}

async function emptied(): Promise<void> {
  const [tables] = await asOwner<{ names: string }>(
    `SELECT string_agg(quote_ident(tablename), ', ') AS names FROM pg_tables
     WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
  );
  await asOwner(`TRUNCATE ${tables?.names}`);
}

test("a demo is believable in every way, clean in its books, and the same when it is made again", async () => {
  await playDemo(SMALL, NOW, () => {});
  const first = await fingerprint();
  expect(await booksOf((sql, values) => asOwner(sql, values))).toEqual([]);

  expect(await counted("member")).toBeGreaterThan(45);
  expect(await counted("operation WHERE kind = 'purchase'")).toBeGreaterThan(100);
  expect(await counted("operation WHERE points_spent > 0")).toBeGreaterThan(0);
  expect(await counted("transfer WHERE reason = 'expire'")).toBeGreaterThan(0);
  expect(await counted("member_stats WHERE effective_invited_count > 0")).toBeGreaterThan(0);
  expect(await counted("outbox")).toBe(0);
  expect(await counted(`operation WHERE at > '${NOW.toISOString()}'`)).toBe(0);
  expect(
    await counted("(SELECT person_id FROM member GROUP BY 1 HAVING count(DISTINCT business_id) = 2) shared"),
  ).toBeGreaterThan(2);
  const [{ visits } = { visits: 0 }] = await asOwner<{ visits: number }>(
    "SELECT min(visits) AS visits FROM member_stats JOIN member_profile USING (business_id, member_id) WHERE email = 'member@kolo.example'",
  );
  expect(visits).toBeGreaterThan(1);

  await emptied();
  await playDemo(SMALL, NOW, () => {});
  expect(await fingerprint()).toBe(first);
}, 180_000);
