/** The browser for the end-to-end tests: one that is there, else Playwright's own, else Debian's. */
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import path from "node:path";
import { chromium } from "@playwright/test";
import { Problem } from "../../scripts/runner/problem";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** The path of a Chromium to use. Refuses with the one command to run when there is none. */
export function findChromium(): string {
  const chosen = process.env.KOLO_CHROMIUM;
  if (chosen && !existsSync(chosen))
    throw new Problem(`KOLO_CHROMIUM names ${chosen}, which does not exist: correct it or unset it.`);
  const found = chosen ?? onThisMachine() ?? playwrightsOwn() ?? debians();
  if (found) return found;
  throw new Problem(
    "The end-to-end tests need a browser: run `npx playwright install chromium`, then npm test again.",
  );
}

function onThisMachine(): string | undefined {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  return [...folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name))), ...PLACES].find(
    runnable,
  );
}

function playwrightsOwn(): string | undefined {
  const place = chromium.executablePath();
  return runnable(place) ? place : undefined;
}

/** Root on Debian may simply install it. */
function debians(): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) return undefined;
  console.log("  installing Debian's chromium for the end-to-end tests");
  if (apt("install", "-y", "--no-install-recommends", "chromium").status !== 0) {
    apt("update");
    apt("install", "-y", "--no-install-recommends", "chromium");
  }
  return onThisMachine();
}

const apt = (...args: string[]) =>
  spawnSync("apt-get", args, { stdio: "ignore", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });

function runnable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
