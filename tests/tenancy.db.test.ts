/** Invariant 4: no business sees another's rows, whatever table it asks and whatever it writes. */
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "@/lib/access";
import { record } from "@/lib/sales";
import { asOwner } from "./support/database";
import { newBusiness } from "./support/world";

/** Tables that belong to the installation or to a person, with the reason why no business owns their rows. */
const GLOBAL: Readonly<Record<string, string>> = {
  business: "a tenant itself: its policy compares its own id",
  credential: "a staff person's sign-in, across the businesses they work for",
  session: "who is signed in; read before a business is known",
  sign_in_code: "one-time codes on their way to a mailbox",
  sign_in_attempt: "failures per address, before anybody is known",
  person: "a human across all businesses",
  person_identifier: "a human's e-mail or phone",
  person_device: "which browsers a human signed in with; of the person, not of a business",
  mail: "the local mailbox: one-time codes belong to persons, not to a business",
  installation: "settings of the installation",
  _prisma_migrations: "the schema's own history; closed to the app",
};

let app: pg.Client;
let mine: Context;
let theirs: Context;

beforeAll(async () => {
  mine = await newBusiness();
  theirs = await newBusiness();
  for (const ctx of [mine, theirs]) {
    const receipt = {
      totalMinor: 10_000n,
      points: 0n,
      skipMinor: 0n,
      unredeemableMinor: 0n,
      cashMinor: null,
      number: null,
    };
    const lines = [{ itemId: null, name: "Cut", quantity: 1, amountMinor: 10_000n }];
    await record(ctx, {
      by: { phone: "+380671112233" },
      receipt,
      lines,
      key: "same key",
      staffId: null,
      locationId: null,
      source: "uds",
    });
  }
  app = new pg.Client({ connectionString: process.env.DATABASE_APP_URL });
  await app.connect();
});
afterAll(async () => await app.end());

const tables = async () =>
  await asOwner<{ name: string; secured: boolean; tenant: boolean; policies: number; owner: string }>(
    `SELECT c.relname AS name, c.relrowsecurity AS secured, pg_get_userbyid(c.relowner) AS owner,
       EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'business_id' AND NOT a.attisdropped) AS tenant,
       (SELECT count(*)::int FROM pg_policy p WHERE p.polrelid = c.oid) AS policies
     FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1`,
  );

test("every table is a tenant's with row-level security, or global with a reason", async () => {
  const all = await tables();
  expect(all.length).toBeGreaterThan(25);
  const open = all.filter(
    (table) => !(table.name in GLOBAL) && !(table.tenant && table.secured && table.policies > 0),
  );
  expect(open).toEqual([]);
});

test("every primary, unique and foreign key of a tenant's table begins with its business", async () => {
  const late = await asOwner(
    `SELECT i.indrelid::regclass::text AS table, i.indexrelid::regclass::text AS key FROM pg_index i
     JOIN pg_class c ON c.oid = i.indrelid
     JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attname = 'business_id'
     WHERE c.relnamespace = 'public'::regnamespace AND i.indisunique AND i.indkey[0] <> a.attnum AND NOT c.relname = ANY($1)`,
    [Object.keys(GLOBAL)],
  );
  expect(late).toEqual([]);
  expect(
    await asOwner(
      "SELECT conname FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace",
    ),
  ).toEqual([]);
});

test("the app's role owns nothing, bypasses nothing and cannot become anybody else", async () => {
  const { rows } = await app.query(
    `SELECT rolsuper, rolbypassrls, rolcreaterole, (SELECT count(*)::int FROM pg_class WHERE relowner = r.oid) AS owned
     FROM pg_roles r WHERE rolname = current_user`,
  );
  expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, owned: 0 }]);
  const [table] = await tables();
  await expect(app.query(`SET ROLE ${pg.escapeIdentifier(table!.owner)}`)).rejects.toThrow(
    "permission denied",
  );
});

test("without a business every tenant's table is empty; with one, only its rows are there", async () => {
  const owned = (await tables()).filter((table) => table.tenant && !(table.name in GLOBAL));
  const filled = [];
  for (const { name } of owned) {
    const nobody = await app.query(`SELECT count(*)::int AS n FROM ${pg.escapeIdentifier(name)}`);
    expect(nobody.rows[0].n, name).toBe(0);
    await app.query("BEGIN");
    await app.query("SELECT set_config('kolo.business', $1, true)", [String(mine.business.id)]);
    const seen = await app.query(`SELECT DISTINCT business_id FROM ${pg.escapeIdentifier(name)}`);
    await app.query("ROLLBACK");
    expect(
      seen.rows.filter((row) => row.business_id !== String(mine.business.id)),
      name,
    ).toEqual([]);
    if (seen.rows.length > 0) filled.push(name);
  }
  expect(filled.length).toBeGreaterThanOrEqual(11); // the walk must not pass because there was nothing to see
});

test("a row can be neither written into another business nor moved there", async () => {
  const owned = (await tables()).filter((table) => table.tenant && !(table.name in GLOBAL));
  let moved = 0;
  for (const { name } of owned) {
    const table = pg.escapeIdentifier(name);
    await app.query("BEGIN");
    await app.query("SELECT set_config('kolo.business', $1, true)", [String(mine.business.id)]);
    const { rows } = await app.query(`SELECT has_table_privilege(current_user, $1, 'UPDATE') AS may`, [name]);
    if (rows[0].may) {
      const any = await app.query(`SELECT 1 FROM ${table} LIMIT 1`);
      if (any.rowCount) {
        moved += 1;
        await expect(
          app.query(`UPDATE ${table} SET business_id = $1`, [String(theirs.business.id)]),
          name,
        ).rejects.toThrow(/row-level security/);
      }
    }
    await app.query("ROLLBACK");
  }
  expect(moved).toBeGreaterThanOrEqual(6);
});

test("history cannot be rewritten by the app, and not by the owner either", async () => {
  await app.query("BEGIN");
  await app.query("SELECT set_config('kolo.business', $1, true)", [String(mine.business.id)]);
  await expect(app.query("UPDATE transfer SET points = 1")).rejects.toThrow("permission denied");
  await app.query("ROLLBACK");
  await expect(asOwner("UPDATE transfer SET points = 1")).rejects.toThrow("never changed");
  await expect(asOwner("DELETE FROM audit")).rejects.toThrow("never changed");
});
