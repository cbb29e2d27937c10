/** Migrations: what they leave behind, and that they apply whole or not at all. */
import { Client } from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import { appUrl, proveAppRole } from "../scripts/runner/app-role";
import { connected } from "../scripts/runner/connect";
import { withDatabase } from "../scripts/runner/migrate";
import { applyMigrations, type Migration, readMigrations } from "../scripts/runner/migrations";
import { sqlToReachSchema } from "../scripts/runner/schema-engine";
import { asOwner, cloneDatabase } from "./support/database";
import { SECRET } from "./support/database-server";

const migration = (name: string, sql: string): Migration => ({
  name,
  sql,
  checksum: `${name} ${sql.length}`,
});
const ownerUrl = () => process.env.DATABASE_URL ?? "";

test("the migrations lead to prisma/schema, nothing more and nothing less", async () => {
  expect(await sqlToReachSchema(ownerUrl())).toBe("");
});

test("every migration is recorded as Prisma records it", async () => {
  const rows = await asOwner<{ name: string; checksum: string }>(
    "select migration_name as name, checksum from _prisma_migrations where finished_at is not null order by 1",
  );
  expect(rows).toEqual(readMigrations().map(({ name, checksum }) => ({ name, checksum })));
});

test("the app's role passes its own proof, and the owner does not pass for it", async () => {
  await connected(appUrl(ownerUrl(), SECRET), proveAppRole);
  const admin = new URL(ownerUrl());
  admin.username = "postgres";
  await expect(connected(admin.href, proveAppRole)).rejects.toThrow("can bypass row-level security");
});

const bodies = migration(
  "9001_bodies",
  `create function twice(i int) returns int language plpgsql as $f$
     begin if i > 1 then return i; end if; return 2 * i; end; $f$;
   create table note (text text default 'a;b''c'); insert into note default values;`,
);

describe("applying", () => {
  let url = "";
  const run = <T>(what: (client: Client) => Promise<T>) => connected(url, what);
  beforeAll(async () => {
    url = await cloneDatabase(withDatabase(ownerUrl(), `kolo_migrations_${process.env.VITEST_POOL_ID}`));
  });

  test("takes function bodies with semicolons, quotes and dollar quotes", async () => {
    await run((client) => applyMigrations(client, [...readMigrations(), bodies]));
    const { rows } = await run((client) => client.query("select twice(1), text from note"));
    expect(rows).toEqual([{ twice: 2, text: "a;b'c" }]);
  });

  test("leaves nothing of a migration that fails, names its line, and takes it when mended", async () => {
    const list = [...readMigrations(), bodies];
    const broken = migration("9002_broken", "create table half (id int);\nselect * from nowhere;");
    await expect(run((client) => applyMigrations(client, [...list, broken]))).rejects.toThrow(
      '9002_broken was not applied (line 2): relation "nowhere" does not exist',
    );
    const mended = migration("9002_broken", "create table half (id int);");
    expect(await run((client) => applyMigrations(client, [...list, mended]))).toEqual(["9002_broken"]);
  });

  test("refuses a changed migration and one it does not know", async () => {
    const [first, ...rest] = readMigrations();
    const changed = { ...(first ?? migration("", "")), checksum: "another" };
    await expect(run((client) => applyMigrations(client, [changed, ...rest]))).rejects.toThrow(
      "was changed after",
    );
    await expect(run((client) => applyMigrations(client, []))).rejects.toThrow("does not know");
  });

  test("two at once apply each migration once", async () => {
    const fresh = await cloneDatabase(withDatabase(url, `kolo_race_${process.env.VITEST_POOL_ID}`));
    const list = [...readMigrations(), migration("9003_race", "create table raced (id int);")];
    const both = await Promise.all(
      [1, 2, 3].map(() => connected(fresh, (client) => applyMigrations(client, list))),
    );
    expect(both.flat()).toEqual(["9003_race"]);
  });
});
