/** The built-in server after bad days: killed, started twice, its lock left behind. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { connected } from "./connect";
import { type Running, serverPid, startPostgres } from "./postgres";
import { temporaryPlace } from "./postgres-files";
import { until } from "./processes";

let folder = "";
let server: Running | undefined;
const data = () => path.join(folder, "postgres/18");
const start = (throwAway = true) =>
  startPostgres({
    folder: path.join(folder, "postgres"),
    log: path.join(folder, "postgres.log"),
    password: "p",
    throwAway,
  });
const ask = (port: number, sql: string) =>
  connected(
    `postgresql://postgres:p@127.0.0.1:${port}/postgres`,
    async (client) => (await client.query(sql)).rows,
  );

beforeEach(() => {
  folder = temporaryPlace();
  mkdirSync(folder, { mode: 0o711 });
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
  rmSync(folder, { recursive: true, force: true });
});

test("speaks UTC and UTF-8, and keeps what was committed when it is killed", async () => {
  server = await start(false); // one that forces to disk, as people's data is kept
  expect(
    await ask(server.port, "select current_setting('timezone') as zone, lower('ЇЖАК') as lower"),
  ).toEqual([{ zone: "UTC", lower: "їжак" }]);
  await ask(server.port, "create table kept as select 1 as one");
  process.kill(serverPid(data()) ?? 0, "SIGKILL");
  await server.gone;
  expect(existsSync(path.join(data(), "postmaster.pid"))).toBe(true);
  server = await start(false);
  expect(await ask(server.port, "select one from kept")).toEqual([{ one: 1 }]);
});

test("a lock file that names a stranger does not stop it", async () => {
  server = await start();
  await server.stop();
  // The pid of a live process that is no PostgreSQL, as after a crash and a reboot.
  writeFileSync(
    path.join(data(), "postmaster.pid"),
    `${process.pid}\n${data()}\n0\n5432\n\n127.0.0.1\n0 0\n\n`,
  );
  server = await start();
  expect(await ask(server.port, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("a server left behind by a dead owner is ended and started again", async () => {
  const first = await start();
  const pid = serverPid(data());
  server = await start();
  await first.gone;
  expect(serverPid(data())).not.toBe(pid);
  expect(
    await until(() => readFileSync(path.join(folder, "postgres.log"), "utf8").includes("shut down"), 5000),
  ).toBe(true);
});

test("data of another version are named, not touched", async () => {
  mkdirSync(path.join(folder, "postgres/17"), { recursive: true });
  await expect(start()).rejects.toThrow("made by PostgreSQL 17, this Kolo brings 18");
});
