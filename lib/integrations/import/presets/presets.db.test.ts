/** The exports of the systems people come from: each is known by its titles, comes in as it is, and its sum is in the books. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { asOwner } from "../../../../tests/support/database";
import { bring, post } from "../../../../tests/support/imports";
import { newBusiness } from "../../../../tests/support/world";
import * as integrations from "../..";
import type { Kind } from "../model";

const FILES: readonly [file: string, kind: Kind, preset: string, rows: number, sum: string][] = [
  ["uds-customers", "members", "uds", 3, "155050"],
  ["yclients-customers", "members", "yclients", 2, "175000"],
  ["yclients-visits", "purchases", "yclients", 2, "335050"],
  ["altegio-visits", "purchases", "yclients", 2, "115000"],
  ["square-customers", "members", "square", 2, "16500"],
  ["square-items", "purchases", "square", 2, "101350"],
  ["stamp-cards", "balances", "stamps", 3, "2000"],
];

test("each ready mapping knows its file, and all of the file is in the books", async () => {
  const ctx = await newBusiness();
  let opening = 0n;
  for (const [file, kind, preset, rows, sum] of FILES) {
    const id = await bring(ctx, kind, readFileSync(`tests/fixtures/imports/${file}.csv`));
    const { report } = await integrations.findImport(ctx, id);
    expect([file, report.preset, report.rows, report.bad, report.sum]).toEqual([file, preset, rows, 0, sum]);
    const done = await post(ctx, id);
    expect([file, done.state, done.report.done, done.report.bookedSum]).toEqual([file, "done", rows, sum]);
    if (kind !== "purchases") opening += BigInt(sum);
  }
  const [held] = await asOwner<{ points: string; lots: string }>(
    `SELECT sum(s.points) AS points, (SELECT sum(l.remaining) FROM lot l WHERE l.business_id = $1) AS lots
     FROM member_stats s WHERE s.business_id = $1`,
    [String(ctx.business.id)],
  );
  expect(held).toEqual({ points: opening.toString(), lots: opening.toString() });
  const known = await asOwner<{ name: string; birth: string; note: string; joined: string; visits: number }>(
    `SELECT p.name, p.birth_date::text AS birth, p.note, (m.created_at AT TIME ZONE 'Europe/Kyiv')::date::text AS joined, s.visits
     FROM member_profile p JOIN member m ON (m.business_id, m.id) = (p.business_id, p.member_id)
     JOIN member_stats s ON (s.business_id, s.member_id) = (p.business_id, p.member_id)
     WHERE p.business_id = $1 AND p.phone IN ('+380501110011', '+14155550100') ORDER BY p.phone`,
    [String(ctx.business.id)],
  );
  expect(known).toEqual([
    { name: "Ada Lovelace", birth: "1985-12-10", note: "Window seat", joined: "2025-10-15", visits: 1 },
    {
      name: "Анна Петренко",
      birth: "1991-06-05",
      note: "Любит утренние часы; аллергия на аммиак",
      joined: "2025-02-03",
      visits: 2,
    },
  ]);
});
