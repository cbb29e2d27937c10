/** Bringing a database up to date: Kolo's migrations, the job queue's own, and the app's role. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Logger, runMigrations } from "graphile-worker";
import { escapeIdentifier } from "pg";
import { appUrl, databaseOf, makeAppRole, proveAppRole } from "./app-role";
import { checkServer, connected } from "./connect";
import { applyMigrations, migrationsFolder, readMigrations } from "./migrations";
import { Problem } from "./problem";
import { sqlToReachSchema } from "./schema-engine";

/** Applies everything pending over the owner's connection. Returns the names applied and the app's address. */
export async function migrate(
  ownerUrl: string,
  secret: string,
): Promise<{ applied: string[]; appUrl: string }> {
  const derived = appUrl(ownerUrl, secret);
  const address = process.env.DATABASE_APP_URL ?? derived;
  const applied = await connected(ownerUrl, async (owner) => {
    await checkServer(owner);
    const names = await applyMigrations(owner);
    await runMigrations({ connectionString: ownerUrl, logger: new Logger(() => () => {}) });
    if (address === derived) await makeAppRole(owner, ownerUrl, secret);
    return names;
  });
  await connected(address, proveAppRole, "DATABASE_APP_URL");
  return { applied, appUrl: address };
}

/** The SQL by which prisma/schema differs from the migrations, found in a database of its own that is dropped again. */
export async function difference(ownerUrl: string): Promise<string> {
  const shadow = `kolo_shadow_${process.pid}`;
  return connected(ownerUrl, async (owner) => {
    await checkServer(owner);
    await owner.query(`create database ${escapeIdentifier(shadow)} template template0`);
    try {
      const url = withDatabase(ownerUrl, shadow);
      await connected(url, (client) => applyMigrations(client));
      return await sqlToReachSchema(url);
    } finally {
      await owner.query(`drop database ${escapeIdentifier(shadow)} with (force)`);
    }
  });
}

/** Writes the difference as a new migration, to be read and completed by hand. Returns its file, or nothing when there is none. */
export async function writeMigration(ownerUrl: string, name: string): Promise<string | undefined> {
  if (!/^[a-z][a-z0-9_]*$/.test(name))
    throw new Problem(
      "Name the migration in lower case with underscores: npm run migrate -- --diff add_gift_cards",
    );
  const sql = await difference(ownerUrl);
  if (sql === "") return undefined;
  const last = Number(readMigrations().at(-1)?.name.slice(0, 4) ?? 0);
  const folder = path.join(migrationsFolder, `${String(last + 1).padStart(4, "0")}_${name}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(migrationsFolder, "migration_lock.toml"), 'provider = "postgresql"\n');
  const file = path.join(folder, "migration.sql");
  writeFileSync(file, `${sql}\n`);
  return file;
}

/** The same server, another database. */
export function withDatabase(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(database)}`;
  return other.href;
}

/** The name for people of what a connection string leads to, without its password. */
export function nameOf(url: string): string {
  const address = new URL(url);
  return `${databaseOf(address)} on ${address.host}`;
}
