/**
 * Applies prisma/migrations in Prisma's own layout and table, so `prisma migrate` stays usable beside it.
 *
 * Prisma's engine could apply them too, but its pg adapter cuts a script at every semicolon, which breaks function
 * bodies, and it records a migration outside of the migration's transaction, so a kill between the two needs repair by
 * hand. Here one transaction holds a migration and its record: it happened, or it did not.
 */
import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Client } from "pg";
import { root } from "./data-folder";
import { messageOf, Problem } from "./problem";

export type Migration = { name: string; sql: string; checksum: string };

export const migrationsFolder = path.join(root, "prisma/migrations");

// Prisma's own number, so that a `prisma migrate deploy` at the same moment waits too.
const PRISMA_LOCK = 72_707_369;

const TABLE = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`;

/** All migrations in the repository, in the order they apply. */
export function readMigrations(folder = migrationsFolder): Migration[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(path.join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}

/** Applies what the database does not have yet and returns the names. Several at once wait for each other. */
export async function applyMigrations(owner: Client, migrations = readMigrations()): Promise<string[]> {
  await owner.query("select pg_advisory_lock($1)", [PRISMA_LOCK]);
  try {
    await owner.query(TABLE);
    const pending = await whatIsPending(owner, migrations);
    for (const migration of pending) await apply(owner, migration);
    return pending.map((migration) => migration.name);
  } finally {
    await owner.query("select pg_advisory_unlock($1)", [PRISMA_LOCK]);
  }
}

async function whatIsPending(owner: Client, migrations: Migration[]): Promise<Migration[]> {
  const { rows } = await owner.query<{ name: string; checksum: string; finished: boolean }>(
    `select migration_name as name, checksum, finished_at is not null as finished
       from _prisma_migrations where rolled_back_at is null`,
  );
  const applied = new Map(rows.map((row) => [row.name, row]));
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const { name, checksum, finished } of rows) {
    if (!finished)
      throw new Problem(
        `Migration ${name} failed half-way in another tool: repair the database, then run \`npx prisma migrate resolve\`.`,
      );
    const here = known.get(name);
    if (here === undefined)
      throw new Problem(
        `The database has migration ${name}, which this version of Kolo does not know: run the newer version, or restore a backup from before it.`,
      );
    if (here.checksum !== checksum)
      throw new Problem(
        `Migration ${name} was changed after it had been applied: restore the file, and put the change into a new migration (npm run migrate -- --diff <name>).`,
      );
  }
  return migrations.filter((migration) => !applied.has(migration.name));
}

async function apply(owner: Client, { name, sql, checksum }: Migration): Promise<void> {
  await owner.query("begin");
  try {
    await owner.query(sql); // without parameters the server takes a whole script
    await owner.query(
      `insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       values ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await owner.query("commit");
  } catch (error) {
    await owner.query("rollback");
    throw new Error(`Migration ${name} was not applied${lineOf(error, sql)}: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function lineOf(error: unknown, sql: string): string {
  const position = error instanceof Error && "position" in error ? Number(error.position) : Number.NaN;
  return Number.isNaN(position) ? "" : ` (line ${sql.slice(0, position).split("\n").length})`;
}
