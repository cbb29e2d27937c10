/** `npm start` and `npm run dev` (--dev): from whatever state the clone is in to Kolo on the screen, and down again. */
import path from "node:path";
import { appUrl } from "./app-role";
import { dataFolder, secret } from "./data-folder";
import { type Database, holdDatabase } from "./database";
import { block, halfSeeded, isEmpty, keepDemo, readDemo, seed } from "./demo";
import { migrate } from "./migrate";
import { generateClient } from "./prisma-client";
import { diskFull, explain, Problem } from "./problem";
import { pause } from "./processes";
import { ensureBuild } from "./production-build";
import { type Addresses, type Installation, ownerEnv, webProgram, workerProgram } from "./programs";
import { elapsed, step } from "./progress";
import { checkPort, readSettings } from "./settings";
import { Shutdown } from "./shutdown";
import { Supervised } from "./supervisor";

const dev = process.argv.includes("--dev");
const command = dev ? "npm run dev" : "npm start";
const READY_MS = 120_000;
const DEATHS_MAX = 3;

const shutdown = new Shutdown();
shutdown.listen();
try {
  await main();
} catch (error) {
  // What fails while we stop fails because we stop.
  if (!shutdown.begun) {
    console.error(`\n${explain(error)}\n`);
    await shutdown.run();
    process.exit(1);
  }
}

async function main() {
  const settings = readSettings(process.env);
  const folder = dataFolder();
  const here: Installation = { ...settings, folder, secret: secret(folder), dev };
  console.log(`\nKolo${dev ? " (development)" : ""}\n`);
  // Before the port: the sentence about a second start on the same data says more than the one about its port.
  const database = await step("database", () => holdDatabase(folder, command));
  shutdown.add(database);
  await checkPort(settings);
  await step("migrations", () => prepare(here, database));
  const addresses = (): Addresses => ({
    ownerUrl: database.ownerUrl,
    appUrl: process.env.DATABASE_APP_URL ?? appUrl(database.ownerUrl, here.secret),
  });
  await seedAndBuild(here, database, addresses());
  await run(here, database, addresses);
}

async function prepare(here: Installation, database: Database) {
  if (database.own && halfSeeded(here.folder)) await database.empty();
  await Promise.all([migrate(database.ownerUrl, here.secret), generateClient()]);
}

async function seedAndBuild(here: Installation, database: Database, addresses: Addresses) {
  const scenario = process.env.KOLO_SEED || "salon";
  const seeding = database.own && (await isEmpty(database.ownerUrl));
  await Promise.all([
    seeding &&
      step(`demo: ${scenario}`, (say) => seed(here.folder, scenario, ownerEnv(here, addresses), say)),
    !dev && step("build", () => ensureBuild()),
  ]);
}

async function run(here: Installation, database: Database, addresses: () => Addresses) {
  const worker = new Supervised(() => workerProgram(here, addresses()));
  const web = new Supervised(() => webProgram(here, addresses()));
  await step("web and worker", async () => {
    for (const each of [worker, web]) {
      shutdown.add(each);
      each.start();
    }
    await healthy(here, web, worker);
  });
  database.keepUp(console.log, () => {
    web.restart();
    worker.restart();
  });
  const demo = readDemo(here.folder);
  if (demo) keepDemo(here.folder, demo, here.baseUrl);
  console.log(block(here.baseUrl, demo, elapsed()));
  const shown = (name: string) => path.relative(process.cwd(), path.join(here.folder, name));
  if (demo) console.log(`  The same as JSON is in ${shown("demo.json")}.`);
  console.log(`  Logs are in ${shown("logs")}. Ctrl-C stops everything.\n`);
  web.shown = true;
  worker.shown = true;
}

/** Waits until all is up, or says why it does not come up. */
async function healthy(here: Installation, web: Supervised, worker: Supervised) {
  const address = `http://${here.host === "0.0.0.0" ? "127.0.0.1" : here.host}:${here.port}/api/health`;
  const end = Date.now() + READY_MS;
  for (;;) {
    const answer = await fetch(address, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
    if (answer?.ok) return;
    for (const each of [web, worker]) {
      if (each.deaths < DEATHS_MAX) continue;
      if (each.said.includes("EADDRINUSE")) await checkPort(here);
      throw (
        diskFull(each.said) ??
        new Problem(`${each.name} does not start; the last it said:\n${each.said.trim()}`)
      );
    }
    if (Date.now() > end)
      throw new Problem(
        `Kolo did not come up within ${READY_MS / 1000} s: read ${path.join(here.folder, "logs")}.`,
      );
    await pause(100);
  }
}
