/** The database of this installation: DATABASE_URL's, or the built-in one under the data folder. */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { escapeLiteral } from "pg";
import { connected } from "./connect";
import { keep } from "./data-folder";
import { holder, takeLock } from "./lock";
import { type Running, startPostgres } from "./postgres";

export type Database = {
  ownerUrl: string;
  /** The built-in server when this process runs it. */
  server?: Running;
  stop(): Promise<void>;
};

const lockFile = (folder: string) => path.join(folder, "lock.json");
const portFile = (folder: string) => path.join(folder, "postgres-port");

/** For `npm start`: the only holder of the data folder. `doing` names it to a second one that tries. */
export async function holdDatabase(folder: string, doing: string): Promise<Database> {
  const url = process.env.DATABASE_URL;
  if (url) return { ownerUrl: url, stop: async () => {} };
  const letGo = takeLock(lockFile(folder), doing);
  try {
    const server = await startBuiltIn(folder);
    const stop = async () => {
      await server.stop();
      letGo();
    };
    return { ownerUrl: builtInUrl(folder, server.port), server, stop };
  } catch (error) {
    letGo();
    throw error;
  }
}

/** For a script beside a running Kolo: the database that is up, or one of our own for as long as the script runs. */
export async function borrowDatabase(folder: string, doing: string): Promise<Database> {
  const running = process.env.DATABASE_URL ? undefined : holder(lockFile(folder));
  if (running && existsSync(portFile(folder))) {
    const ownerUrl = builtInUrl(folder, Number(readFileSync(portFile(folder), "utf8")));
    return { ownerUrl, stop: async () => {} };
  }
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

/** The owner is no superuser, as on a managed server, so that nothing is built that would fail there. */
export async function makeOwner(port: number, key: string): Promise<void> {
  await connected(`postgresql://postgres:${key}@127.0.0.1:${port}/postgres`, async (admin) => {
    const role = await admin.query("select 1 from pg_roles where rolname = 'kolo'");
    if (role.rowCount === 0)
      await admin.query(`create role kolo login createrole createdb password ${escapeLiteral(key)}`);
    const database = await admin.query("select 1 from pg_database where datname = 'kolo'");
    if (database.rowCount === 0) await admin.query("create database kolo owner kolo");
  });
}
