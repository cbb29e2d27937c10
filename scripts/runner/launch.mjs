// Plain Node >= 20.9 and nothing installed: every `npm run` begins here, so this file must not import packages.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { install } from "./install.mjs";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/**
 * Installs what is missing, then runs a TypeScript file of this repository under the bundled Node 24. `withTools`: also
 * what only developers need; who just runs Kolo does not wait for it.
 */
export async function launch(script, { withTools = false } = {}) {
  const args = process.argv.slice(2);
  try {
    checkMachine();
    await install(root, withTools);
    process.exitCode = await run(bundledNode(), [
      "--import",
      path.join(root, "scripts/runner/loader.mjs"),
      path.resolve(root, script),
      ...args,
    ]);
  } catch (error) {
    console.error(`\nKolo: ${error.message}`);
    process.exitCode = 1;
  }
}

function checkMachine() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 9))
    throw new Error(
      `This is Node.js ${process.versions.node}; install version 20.9 or newer and run the command again.`,
    );
  if (process.platform === "win32")
    throw new Error("Kolo runs on Linux and macOS: on Windows, run the same command inside WSL.");
}

function bundledNode() {
  const bundled = path.join(root, "node_modules/node/bin/node");
  if (existsSync(bundled)) return bundled;
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  throw new Error(
    "The bundled Node 24 is missing because npm did not run install scripts: run `npm rebuild node --ignore-scripts=false`, then the command again.",
  );
}

/** Runs the command as if it were this process: same terminal, same signals, same exit code. */
function run(command, args) {
  return new Promise((resolve, reject) => {
    // The extra channel tells the child when this process is gone, however it went.
    const child = spawn(command, args, {
      stdio: ["inherit", "inherit", "inherit", "ipc"],
      env: { ...process.env, PATH: `${path.dirname(command)}${path.delimiter}${process.env.PATH ?? ""}` },
    });
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
    // npm killed outright tells nobody; what it started must not stay behind.
    const parent = process.ppid;
    const watch = () => process.ppid !== parent && child.kill("SIGTERM");
    if (process.env.npm_lifecycle_event) setInterval(watch, 1000).unref();
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}
