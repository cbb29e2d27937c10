/** What a purchase does besides points and money is done with it, undone with it in any parts, and can refuse it. */
import { beforeAll, expect, test } from "vitest";
import type { Context } from "@/lib/access";
import { customer, operation, record, refund } from "@/lib/sales";
import { asOwner } from "@/tests/support/database";
import { at, days, NOON, newBusiness, newMember } from "@/tests/support/world";

let ctx: Context;
let memberId: bigint;

beforeAll(async () => {
  await asOwner("CREATE TABLE probe (business_id bigint, ref text, used bigint)");
  await asOwner("GRANT SELECT, INSERT ON probe TO kolo_app");
  const args = "bigint, timestamptz, bigint, bigint, text, bigint";
  await asOwner(`CREATE FUNCTION effect_probe_apply(${args}, jsonb) RETURNS void LANGUAGE plpgsql AS $$ BEGIN
    IF $5 = 'never' THEN RAISE EXCEPTION 'limit_reached' USING ERRCODE = 'KO001'; END IF;
    INSERT INTO probe VALUES ($1, $5, $6); END $$`);
  await asOwner(`CREATE FUNCTION effect_probe_undo(${args}, boolean, jsonb) RETURNS text LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO probe VALUES ($1, $5, -$6); RETURN CASE WHEN $7 AND $5 = 'kept' THEN 'points_taken_back' END; END $$`);
  ctx = await newBusiness();
  memberId = await newMember(ctx, "+380501110000");
});

const receipt = {
  totalMinor: 10_000n,
  skipMinor: 0n,
  unredeemableMinor: 0n,
  points: 0n,
  cashMinor: null,
  number: null,
  certificateMinor: 3_000n,
};
const probe = (ref: string, amount: bigint) => ({
  kind: "probe",
  ref,
  amount,
  detail: { say: { minor: "7" } },
});
const buy = async (refs: readonly string[]) =>
  await record(at(ctx, days(NOON, 1)), {
    by: { memberId },
    receipt,
    key: null,
    staffId: null,
    locationId: null,
    source: "desk",
    effects: refs.map((ref, index) => probe(ref, 100n + BigInt(index))),
  });
const used = async (ref: string) =>
  (await asOwner<{ used: string }>("SELECT sum(used) AS used FROM probe WHERE ref = $1", [ref]))[0]?.used;

test("a certificate pays without earning, and a refund in parts undoes all of it", async () => {
  const { operationId, price } = await buy(["plain", "kept"]);
  expect(price).toMatchObject({ cashMinor: 7_000n, certificateMinor: 3_000n, cashback: 350n });
  expect([await used("kept"), await used("plain")]).toEqual(["101", "100"]);
  const parts = [1n, 3_333n, null];
  const said = [];
  for (const partMinor of parts) {
    const part = {
      operationId,
      partMinor,
      key: null,
      staffId: null,
      locationId: null,
      source: "desk" as const,
    };
    said.push(await operation(ctx, (await refund(at(ctx, days(NOON, 2)), part)).operationId));
  }
  expect(said.reduce((sum, { certificateMinor }) => sum + certificateMinor, 0n)).toBe(3_000n);
  expect(said.reduce((sum, { cashMinor }) => sum + cashMinor, 0n)).toBe(7_000n);
  expect([await used("kept"), await used("plain")]).toEqual(["0", "0"]);
  expect(said.at(-1)?.because.at(-1)).toEqual({
    code: "points_taken_back",
    ref: "kept",
    amount: "67",
    minor: "7",
  });
  expect(await customer(ctx, { memberId })).toMatchObject({ savedMinor: 0n, cashSpentMinor: 0n, visits: 0 });
});

test("an effect that refuses leaves nothing behind", async () => {
  await expect(buy(["fine", "never"])).rejects.toThrow("limit_reached");
  expect(await used("fine")).toBeNull();
});

test("a certificate pays no more than the bill", async () => {
  const bill = { ...receipt, certificateMinor: 10_001n };
  const asked = { by: { memberId }, receipt: bill, key: null, staffId: null, locationId: null };
  await expect(record(ctx, { ...asked, source: "desk" })).rejects.toThrow("invalid");
});
