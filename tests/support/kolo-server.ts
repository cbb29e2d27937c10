/** Before the end-to-end tests: Kolo itself, started as a newcomer starts it, on a free port with data of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { root } from "../../scripts/runner/data-folder";
import { freePort } from "../../scripts/runner/free-port";
import { temporaryPlace } from "../../scripts/runner/postgres-files";
import { runNode } from "../../scripts/runner/tool";

const READY_MS = 30 * 60_000;

export default async function setup() {
  const folder = temporaryPlace();
  mkdirSync(folder, { recursive: true });
  const env = { ...process.env, KOLO_DATA: folder, PORT: String(await freePort()) };
  for (const name of [
    "DATABASE_URL",
    "DATABASE_APP_URL",
    "KOLO_BASE_URL",
    "HOST",
    "SMTP_URL",
    "RESEND_API_KEY",
  ])
    Reflect.deleteProperty(env, name);
  const kolo = spawn(process.execPath, [path.join(root, "scripts/start.mjs")], { env, stdio: "pipe" });
  await ready(kolo);
  // The tests run in other processes and find the installation by this.
  process.env.KOLO_E2E = folder;
  return async () => {
    try {
      await runNode([path.join(root, "scripts/run.mjs"), "scripts/books.ts"], { env });
    } finally {
      const gone = new Promise((resolve) => kolo.once("exit", resolve));
      kolo.kill("SIGTERM");
      await gone;
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

function ready(kolo: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    const fail = () => reject(new Error(`Kolo did not start:\n${said}`));
    const late = setTimeout(() => {
      kolo.kill("SIGTERM");
      fail();
    }, READY_MS);
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      if (!said.includes("Kolo is ready")) return;
      clearTimeout(late);
      kolo.off("exit", fail);
      resolve();
    };
    kolo.stdout?.on("data", hear);
    kolo.stderr?.on("data", hear);
    kolo.once("exit", fail);
  });
}
