/** The built-in PostgreSQL: made, started, healed after a crash, and stopped. */
import { spawn, spawnSync } from "node:child_process";
import {
  chownSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { freemem, totalmem } from "node:os";
import path from "node:path";
import { Client } from "pg";
import { freePort, portTrouble } from "./free-port";
import { type Account, placeForData, placeOfPrograms, postgresAccount } from "./postgres-files";
import { diskFull, Problem } from "./problem";
import { commandLine, until } from "./processes";

export type Cluster = {
  /** The folder that holds the data, one folder in it for each major version of PostgreSQL. */
  folder: string;
  /** What PostgreSQL says goes to this file. */
  log: string;
  /** The administrator's password. */
  password: string;
  /** The port to take when it is free; otherwise another is chosen. */
  port?: number;
  /** For tests: nothing is forced to disk, so it is fast and lost with the power. */
  throwAway?: boolean;
};

export type Running = {
  port: number;
  /** Resolves when the server is gone, whoever ended it. */
  gone: Promise<void>;
  /** Ends it cleanly: no client is waited for, every commit is kept. */
  stop(): Promise<void>;
  /** Ends it at once; the next start recovers what was committed. */
  kill(): void;
};

// Started through a shell that ends PostgreSQL when the pipe to us closes: it never outlives us, even after kill -9.
const GUARD = `exec 3<&0
"$@" </dev/null 3<&- &
server=$!
{ read -r _ <&3; kill -INT $server; } 2>/dev/null &
watch=$!
wait $server
code=$?
kill $watch 2>/dev/null
exit $code`;

const MAJOR = "18";

/** Starts the cluster, making it first when there is none. */
export async function startPostgres(cluster: Cluster): Promise<Running> {
  const account = postgresAccount(cluster.folder);
  const programs = placeOfPrograms(account);
  const data = path.join(placeForData(cluster.folder, account), MAJOR);
  if (!existsSync(data)) initialise(cluster, data, programs, account);
  await endLeftover(data);
  const port = await choosePort(cluster.port);
  const log = openSync(cluster.log, "a");
  const logged = statSync(cluster.log).size;
  const child = spawn(
    "/bin/sh",
    [
      "-c",
      GUARD,
      "guard",
      path.join(programs, "bin/postgres"),
      "-D",
      data,
      ...settings(port, cluster.throwAway),
    ],
    // A group of its own: Ctrl-C in the terminal is ours to handle, in our order.
    { ...account, stdio: ["pipe", log, log], detached: true, env: environment() },
  );
  let alive = true;
  const gone = new Promise<void>((resolve) => {
    const end = () => {
      alive = false;
      resolve();
    };
    child.once("error", end).once("exit", end);
  });
  const ready = await until(async () => !alive || (await accepts(port, cluster.password)), 60_000);
  if (!alive || !ready) throw whyNotStarted(readFileSync(cluster.log).subarray(logged).toString(), cluster);
  return { port, gone, stop: () => stop(data, child, gone), kill: () => killServer(data) };
}

async function stop(data: string, child: { stdin: { end(): void } | null }, gone: Promise<void>) {
  child.stdin?.end();
  const impatience = setTimeout(() => killServer(data), 8000);
  await gone;
  clearTimeout(impatience);
}

function killServer(data: string) {
  const pid = serverPid(data);
  if (pid) process.kill(pid, "SIGQUIT");
}

function initialise(cluster: Cluster, data: string, programs: string, account: Account | undefined) {
  const [older] = readdirSync(cluster.folder).filter((name) => /^\d+$/.test(name));
  if (older)
    throw new Problem(
      `The data in ${cluster.folder} were made by PostgreSQL ${older}, this Kolo brings ${MAJOR}: dump them with the Kolo you had and restore, or move the folder away to begin anew.`,
    );
  // Made beside and renamed at the end, so that a start killed half-way leaves nothing that looks finished.
  const half = `${data}.half`;
  rmSync(half, { recursive: true, force: true });
  const passwordFile = path.join(path.dirname(data), "password");
  writeFileSync(passwordFile, cluster.password, { mode: 0o600 });
  if (account) chownSync(passwordFile, account.uid, account.gid);
  const done = spawnSync(
    path.join(programs, "bin/initdb"),
    [
      `--pgdata=${half}`,
      "--username=postgres",
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--no-instructions",
      ...(cluster.throwAway ? ["--no-sync"] : []),
    ],
    { ...account, encoding: "utf8", env: environment() },
  );
  rmSync(passwordFile, { force: true });
  if (done.status !== 0) {
    rmSync(half, { recursive: true, force: true });
    throw whyNotStarted(`${done.stderr}${done.error?.message ?? ""}`, cluster);
  }
  renameSync(half, data);
}

function environment() {
  // A user's own PG* variables, time zone and language must not change how our server behaves.
  return { NODE_ENV: process.env.NODE_ENV, PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" };
}

function settings(port: number, throwAway = false): string[] {
  const sharedMb = throwAway ? 128 : Math.round(Math.min(Math.max(totalmem() / 2 ** 20 / 8, 128), 2048));
  const values: Record<string, string | number> = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    timezone: "UTC",
    log_timezone: "UTC",
    max_connections: 200,
    shared_buffers: `${sharedMb}MB`,
    effective_cache_size: `${Math.max(sharedMb, Math.round(freemem() / 2 ** 20 / 2))}MB`,
    work_mem: "16MB",
    maintenance_work_mem: "256MB",
    max_wal_size: "4GB",
    checkpoint_timeout: "15min",
    random_page_cost: 1.1,
    jit: "off",
    // Small /dev/shm (containers give 64 MB) makes parallel queries fail as if the disk were full.
    dynamic_shared_memory_type: smallSharedMemory() ? "mmap" : "posix",
    ...(throwAway
      ? {
          fsync: "off",
          synchronous_commit: "off",
          full_page_writes: "off",
          autovacuum: "off",
          wal_level: "minimal",
          max_wal_senders: 0,
        }
      : { log_min_duration_statement: "2s" }),
  };
  return Object.entries(values).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

function smallSharedMemory(): boolean {
  if (process.platform !== "linux") return false;
  try {
    const { blocks, bsize } = statfsSync("/dev/shm");
    return blocks * bsize < 2 ** 28;
  } catch {
    return true;
  }
}

/** The server's pid as its own lock file names it, if that process is really this cluster's server. */
export function serverPid(data: string): number | undefined {
  const file = path.join(data, "postmaster.pid");
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  return commandLine(pid).includes(data) ? pid : undefined;
}

/** After a crash the server may still run without its owner, or its lock file may name a stranger. */
async function endLeftover(data: string) {
  const pid = serverPid(data);
  if (pid) {
    process.kill(pid, "SIGINT");
    if (!(await until(() => serverPid(data) === undefined, 10_000))) process.kill(pid, "SIGQUIT");
    if (await until(() => serverPid(data) === undefined, 5000)) return;
    throw new Problem(
      `PostgreSQL still runs on ${data} (process ${pid}) and does not end: run \`kill -9 ${pid}\` and try again.`,
    );
  }
  rmSync(path.join(data, "postmaster.pid"), { force: true });
}

async function accepts(port: number, password: string): Promise<boolean> {
  const client = new Client({ host: "127.0.0.1", port, user: "postgres", password, database: "postgres" });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

function whyNotStarted(said: string, { folder, log }: Cluster): Problem {
  const full = diskFull(said);
  if (full) return full;
  const words = said.trim().split("\n").slice(-5).join("\n");
  return new Problem(
    `The built-in PostgreSQL did not start on ${folder}: read ${log}, or set DATABASE_URL to a server of yours.\n${words}`,
  );
}

async function choosePort(usual: number | undefined): Promise<number> {
  return usual && (await portTrouble(usual, "127.0.0.1")) === undefined ? usual : await freePort();
}
