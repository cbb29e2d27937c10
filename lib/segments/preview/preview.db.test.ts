import { expect, test } from "vitest";
import { withBusiness } from "@/lib/platform/db";
import { asOwner } from "@/tests/support/database";
import { NOON, newBusiness } from "@/tests/support/world";
import type { Rule } from "../rule/model";
import { estimate, preview } from "./preview";

const BY_DESK: Rule = {
  version: 1,
  root: {
    kind: "all",
    nodes: [{ kind: "choice", field: "source", test: { op: "in", values: ["desk"] } }],
  },
};

test("of very many, some are asked for all: the same ones each time, and the truth lies within what is said", async () => {
  const MEMBERS = 3_000;
  const ctx = await newBusiness();
  await asOwner(
    `WITH made AS (INSERT INTO member (business_id, id, uid, source, invite_code, created_at)
       SELECT $1, 9000000000 + n, 'drawn' || n, CASE n % 2 WHEN 0 THEN 'desk' ELSE 'card' END, 'D' || n, $2 FROM generate_series(1, $3) AS n RETURNING business_id, id)
     INSERT INTO member_stats (business_id, member_id) SELECT business_id, id FROM made`,
    [ctx.business.id, NOON, MEMBERS],
  );
  const ask = async (wanted: number, from: number) =>
    await withBusiness(ctx.business.id, (tx) => estimate(tx, ctx, BY_DESK, { wanted, from }));
  const { count } = await preview(ctx, BY_DESK);
  const [some, again] = [await ask(50, MEMBERS), await ask(50, MEMBERS)];
  expect(some).toEqual(again);
  expect(some?.between?.[0]).toBeLessThan(count);
  expect(some?.between?.[1]).toBeGreaterThan(count);
  expect(some?.sample.length).toBeGreaterThan(0);
  expect(await ask(50, 10 * MEMBERS)).toBeUndefined();
});
