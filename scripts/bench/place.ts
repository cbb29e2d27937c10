/** An installation for one benchmark: its own PostgreSQL that forces to disk, the production build, one web process. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, openSync, rmSync } from "node:fs";
import path from "node:path";
import { appUrl } from "../runner/app-role";
import { makeOwner } from "../runner/database";
import { freePort } from "../runner/free-port";
import { migrate } from "../runner/migrate";
import { startPostgres } from "../runner/postgres";
import { temporaryPlace } from "../runner/postgres-files";
import { until } from "../runner/processes";
import { ensureBuild } from "../runner/production-build";
import { packaged } from "../runner/tool";

const SECRET = "a secret for benchmarks, and for nothing else";
const READY_MS = 60_000;

export type Place = {
  readonly port: number;
  readonly ownerUrl: string;
  readonly databasePort: number;
  readonly close: () => Promise<void>;
};

/** PostgreSQL alone, and this process's own database settings pointed at it. */
export async function openDatabase(): Promise<{
  readonly ownerUrl: string;
  readonly port: number;
  readonly folder: string;
  readonly close: () => Promise<void>;
}> {
  const folder = temporaryPlace();
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const log = path.join(folder, "postgres.log");
  const server = await startPostgres({ folder: path.join(folder, "postgres"), log, password: SECRET });
  const ownerUrl = `postgresql://kolo:${encodeURIComponent(SECRET)}@127.0.0.1:${server.port}/kolo`;
  await makeOwner(server.port, SECRET);
  await migrate(ownerUrl, SECRET);
  const settings = { DATABASE_APP_URL: appUrl(ownerUrl, SECRET), KOLO_SECRET: SECRET };
  Object.assign(process.env, settings, { DATABASE_URL: ownerUrl });
  const close = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ownerUrl, port: server.port, folder, close };
}

/** Makes it and points this process's own database settings at it. */
export async function openPlace(): Promise<Place> {
  await ensureBuild();
  const { ownerUrl, port: databasePort, folder, close: closeDatabase } = await openDatabase();
  const port = await freePort();
  process.env.PORT = String(port);
  const { DATABASE_URL: _owner, ...env } = process.env;
  const web = startWeb(port, { ...env, NODE_ENV: "production" }, path.join(folder, "web.log"));
  const up = await until(
    async () => (await fetch(`http://127.0.0.1:${port}/api/ping`).catch(() => null))?.ok === true,
    READY_MS,
  );
  const close = async () => {
    const gone = new Promise((resolve) => web.once("exit", resolve));
    web.kill("SIGTERM");
    await gone;
    await closeDatabase();
  };
  if (!up) {
    await close();
    throw new Error("the web process did not come up");
  }
  return { port, ownerUrl, databasePort, close };
}

function startWeb(port: number, env: NodeJS.ProcessEnv, log: string): ChildProcess {
  const out = openSync(log, "a");
  const args = [packaged("next/dist/bin/next"), "start", "-p", String(port), "-H", "127.0.0.1"];
  return spawn(process.execPath, args, { env, stdio: ["ignore", out, out] });
}
