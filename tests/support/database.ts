/**
 * Before each database test file: a fresh database of this worker's own, cloned from the migrated one, in DATABASE_URL
 * (the owner, who sees all) and DATABASE_APP_URL (the app's role). After each: the proofs that hold for any database.
 */
import { Client, escapeIdentifier } from "pg";
import { afterAll, inject } from "vitest";
import { appUrl, databaseOf, makeAppRole } from "../../scripts/runner/app-role";
import { connected } from "../../scripts/runner/connect";
import { withDatabase } from "../../scripts/runner/migrate";
import { SECRET } from "./database-server";

const templateUrl = inject("templateUrl");
const ownerUrl = withDatabase(templateUrl, `kolo_test_${process.env.VITEST_POOL_ID}`);

/** Makes one more database like this file's own, for a test that must not share. Returns the owner's address. */
export async function cloneDatabase(url: string): Promise<string> {
  const name = escapeIdentifier(databaseOf(new URL(url)));
  const template = escapeIdentifier(databaseOf(new URL(templateUrl)));
  await connected(withDatabase(templateUrl, "postgres"), async (admin) => {
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.query(`create database ${name} template ${template}`);
  });
  await connected(url, (owner) => makeAppRole(owner, url, SECRET));
  return url;
}

process.env.DATABASE_URL = await cloneDatabase(ownerUrl);
process.env.DATABASE_APP_URL = appUrl(ownerUrl, SECRET);
process.env.KOLO_SECRET = SECRET;

let owner: Client | undefined;

/** Asks this file's database as its owner, past row-level security: for what the app itself must not see or do. */
export async function asOwner<Row extends object>(
  sql: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  if (!owner) {
    owner = new Client({ connectionString: ownerUrl, options: "-c TimeZone=UTC" });
    await owner.connect();
  }
  return (await owner.query<Row>(sql, [...values])).rows;
}

afterAll(async () => {
  // Loaded late, so that a test file may choose its settings before anything reads them.
  const { booksOf } = await import("../../lib/ledger");
  const { disconnect } = await import("../../lib/platform/db");
  try {
    const [breach] = await booksOf((sql, values) => asOwner(sql, values));
    if (breach) throw new Error(`The books do not balance: ${breach.rule}: ${JSON.stringify(breach.row)}`);
  } finally {
    await owner?.end();
    await disconnect();
  }
});
