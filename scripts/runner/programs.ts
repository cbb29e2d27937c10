/** What web and worker are started with. */
import path from "node:path";
import { root } from "./data-folder";
import type { Settings } from "./settings";
import type { Program } from "./supervisor";
import { packaged } from "./tool";

export type Installation = Settings & { folder: string; secret: string; dev: boolean };
export type Addresses = { ownerUrl: string; appUrl: string };

function common(
  { port, baseUrl, folder, secret, dev }: Installation,
  { appUrl }: Addresses,
): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: dev ? "development" : "production",
    PORT: String(port),
    KOLO_BASE_URL: baseUrl,
    KOLO_DATA: folder,
    KOLO_SECRET: secret,
    DATABASE_APP_URL: appUrl,
    NEXT_TELEMETRY_DISABLED: "1",
  };
}

/** Longer than tills and proxies keep an idle connection: whoever closes first must not be us, in the middle of their request. */
const KEEP_ALIVE_MS = 75_000;

/** The web process. It never learns the owner's password: row-level security holds even if it is taken over. */
export function webProgram(here: Installation, addresses: Addresses): Program {
  const { DATABASE_URL: _owner, ...env } = common(here, addresses);
  return {
    name: "web",
    args: [
      packaged("next/dist/bin/next"),
      here.dev ? "dev" : "start",
      "-p",
      String(here.port),
      "-H",
      here.host,
      ...(here.dev ? [] : ["--keepAliveTimeout", String(KEEP_ALIVE_MS)]),
    ],
    env,
    log: path.join(here.folder, "logs/web.log"),
    pidFile: path.join(here.folder, "web.pid"),
    patienceMs: 4000,
  };
}

/** The worker process. */
export function workerProgram(here: Installation, addresses: Addresses): Program {
  return {
    name: "worker",
    args: ["--import", path.join(root, "scripts/runner/loader.mjs"), path.join(root, "scripts/worker.ts")],
    env: ownerEnv(here, addresses),
    log: path.join(here.folder, "logs/worker.log"),
    pidFile: path.join(here.folder, "worker.pid"),
    patienceMs: 8000,
  };
}

/** For what works with the owner's eyes: the worker and the seeds. */
export function ownerEnv(here: Installation, addresses: Addresses): NodeJS.ProcessEnv {
  return { ...common(here, addresses), DATABASE_URL: addresses.ownerUrl };
}
