// Plain Node >= 20.9 and nothing installed: this file and launch.mjs must not import packages.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * Why the packages in node_modules are not the ones package-lock.json names, or nothing when they are. Those only
 * developers need (checks, tests) count when `withTools` says so.
 */
export function staleness(root, withTools = true) {
  const wanted = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8")).packages;
  // npm writes this file last, so a folder without it was never finished.
  const record = path.join(root, "node_modules/.package-lock.json");
  if (!existsSync(record)) return "packages are not installed";
  const present = JSON.parse(readFileSync(record, "utf8")).packages;
  for (const [where, { version, integrity, optional, dev, devOptional }] of Object.entries(wanted)) {
    if (where === "") continue;
    const here = present[where];
    if (here === undefined && (optional || devOptional)) continue; // made for another platform
    if (here === undefined && dev && !withTools) continue;
    if (here?.version !== version || here?.integrity !== integrity) return `${where} changed`;
  }
  return undefined;
}

/** Installs the exact lockfile when node_modules does not already hold it. Throws one sentence. */
export async function install(root, withTools) {
  const reason = staleness(root, withTools);
  if (reason === undefined) return;
  const began = Date.now();
  const seconds = () => `${Math.round((Date.now() - began) / 1000)} s`;
  const say = process.stdout.isTTY
    ? setInterval(() => process.stdout.write(`\r  installing packages  ${seconds()} `), 1000)
    : setInterval(() => console.log(`  installing packages  ${seconds()}`), 20_000);
  console.log(`  installing packages (${reason})`);
  const { code, output } = await npm(root, commandFor(root, withTools));
  clearInterval(say);
  if (process.stdout.isTTY) process.stdout.write("\r");
  if (code !== 0) throw new Error(whyFailed(output));
  console.log(`  installing packages  done in ${seconds()}`);
}

function commandFor(root, withTools) {
  if (!withTools) return ["ci", "--omit=dev"];
  // Where only tools are missing they are added: an installation that runs from this folder keeps its packages.
  const onlyTools = staleness(root, false) === undefined;
  return [...(onlyTools ? ["install", "--no-save"] : ["ci"]), "--include=dev"];
}

function npm(root, subcommand) {
  const args = [...subcommand, "--no-audit", "--no-fund", "--loglevel=error"];
  const own = process.env.npm_execpath;
  const [command, before] = own?.endsWith(".js") ? [process.execPath, [own]] : ["npm", []];
  return new Promise((resolve) => {
    const child = spawn(command, [...before, ...args], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const keep = (chunk) => (output = (output + chunk).slice(-20_000));
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => resolve({ code: 1, output: String(error) }));
    child.on("close", (code) => resolve({ code, output }));
  });
}

/** npm's own words, and the one sentence that says what to do about them. */
export function whyFailed(output) {
  if (/ENOSPC|no space left/i.test(output))
    return "The disk is full, so the packages could not be installed: free about 1.5 GB and run the command again.";
  if (/ENOENT.*spawn npm|spawn npm ENOENT/.test(output))
    return "npm was not found: install Node.js 20.9 or newer together with npm, then run the command again.";
  if (/EACCES|EPERM/.test(output))
    return "npm may not write to this folder: make it yours (chown), delete node_modules, and run the command again.";
  if (/ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ECONNRESET|network/i.test(output))
    return `npm could not reach its package registry: check the network (or \`npm config get registry\`) and run the command again.\n${firstLines(output)}`;
  if (/EUSAGE|in sync/.test(output))
    return "package.json and package-lock.json name different packages: restore both (git checkout package.json package-lock.json), or run `npm install` after a change of yours.";
  return `Packages could not be installed: run \`npm ci\` to see the whole of what npm says.\n${firstLines(output)}`;
}

const firstLines = (output) => output.trim().split("\n").slice(0, 8).join("\n");
