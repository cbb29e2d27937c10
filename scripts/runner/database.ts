/** The database of this installation: DATABASE_URL's, or the built-in one under the data folder. */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { escapeLiteral } from "pg";
import { checkServer, connected } from "./connect";
import { keep } from "./data-folder";
import { holder, takeLock } from "./lock";
import { type Running, startPostgres } from "./postgres";
import { explain } from "./problem";
import { pause } from "./processes";

export type Database = {
  /** Where it is now; a built-in server that was started again may have moved to another port. */
  ownerUrl: string;
  /** Whether it is the built-in server and this process runs it. */
  own: boolean;
  /** From now on, starts the built-in server again when it dies; `moved` hears of a new address. */
  keepUp(say: (line: string) => void, moved: () => void): void;
  /** The built-in database emptied, for a demo that was cut off half-way. */
  empty(): Promise<void>;
  stop(): Promise<void>;
  kill(): void;
};

const theirs = (ownerUrl: string): Database => ({
  ownerUrl,
  own: false,
  keepUp: () => {},
  empty: async () => {},
  stop: async () => {},
  kill: () => {},
});

const lockFile = (folder: string) => path.join(folder, "lock.json");
const portFile = (folder: string) => path.join(folder, "postgres-port");

/** For `npm start`: the only holder of the data folder. `doing` names it to a second one that tries. */
export async function holdDatabase(folder: string, doing: string): Promise<Database> {
  const url = process.env.DATABASE_URL;
  if (url) {
    await connected(url, checkServer);
    return theirs(url);
  }
  const letGo = takeLock(lockFile(folder), doing);
  try {
    return ours(folder, await startBuiltIn(folder), letGo);
  } catch (error) {
    letGo();
    throw error;
  }
}

function ours(folder: string, first: Running, letGo: () => void): Database {
  let server = first;
  let stopping = false;
  const database: Database = {
    ownerUrl: builtInUrl(folder, server.port),
    own: true,
    keepUp: (say, moved) => void watch(say, moved),
    empty: () => dropDatabase(folder, server.port),
    stop: async () => {
      stopping = true;
      await server.stop();
      letGo();
    },
    kill: () => {
      stopping = true;
      server.kill();
      letGo();
    },
  };
  async function watch(say: (line: string) => void, moved: () => void) {
    for (let deaths = 0; ; deaths++) {
      await server.gone;
      if (stopping) return;
      say("the database ended; starting it again");
      try {
        server = await startBuiltIn(folder);
        deaths = 0;
      } catch (error) {
        say(explain(error));
        await pause(Math.min(500 * 2 ** deaths, 30_000));
        continue;
      }
      const url = builtInUrl(folder, server.port);
      if (url !== database.ownerUrl) moved();
      database.ownerUrl = url;
    }
  }
  return database;
}

/** For a script beside a running Kolo: the database that is up, or one of our own for as long as the script runs. */
export async function borrowDatabase(folder: string, doing: string): Promise<Database> {
  const running = process.env.DATABASE_URL ? undefined : holder(lockFile(folder));
  if (running && existsSync(portFile(folder)))
    return theirs(builtInUrl(folder, Number(readFileSync(portFile(folder), "utf8"))));
  return holdDatabase(folder, doing);
}

/** Starts the built-in server of a data folder and makes sure that the owner and the database are there. */
export async function startBuiltIn(folder: string): Promise<Running> {
  const port = existsSync(portFile(folder)) ? Number(readFileSync(portFile(folder), "utf8")) : undefined;
  const server = await startPostgres({
    folder: path.join(folder, "postgres"),
    log: path.join(folder, "logs/postgres.log"),
    password: password(folder),
    ...(port ? { port } : {}),
  });
  writeFileSync(portFile(folder), `${server.port}\n`);
  await makeOwner(server.port, password(folder));
  return server;
}

const password = (folder: string) =>
  keep(path.join(folder, "postgres-password"), () => randomBytes(24).toString("hex"));

function builtInUrl(folder: string, port: number): string {
  return `postgresql://kolo:${password(folder)}@127.0.0.1:${port}/kolo`;
}

async function dropDatabase(folder: string, port: number) {
  await connected(adminUrl(port, password(folder)), async (admin) => {
    await admin.query("drop database kolo with (force)");
  });
  await makeOwner(port, password(folder));
}

const adminUrl = (port: number, key: string) => `postgresql://postgres:${key}@127.0.0.1:${port}/postgres`;

/** The owner is no superuser, as on a managed server, so that nothing is built that would fail there. */
export async function makeOwner(port: number, key: string): Promise<void> {
  await connected(adminUrl(port, key), async (admin) => {
    const role = await admin.query("select 1 from pg_roles where rolname = 'kolo'");
    if (role.rowCount === 0)
      await admin.query(`create role kolo login createrole createdb password ${escapeLiteral(key)}`);
    const database = await admin.query("select 1 from pg_database where datname = 'kolo'");
    if (database.rowCount === 0) await admin.query("create database kolo owner kolo");
  });
}
