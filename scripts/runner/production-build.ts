/** The production build: made when it is missing or its sources changed, by one process at a time. */
import { existsSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { root } from "./data-folder";
import { holder, takeLock } from "./lock";
import { generateClient } from "./prisma-client";
import { until } from "./processes";
import { unlessFresh } from "./stamp";
import { packaged, runNode } from "./tool";

const SOURCES = [
  "app",
  "components",
  "emails",
  "lib",
  "public",
  "prisma/schema",
  "proxy.ts",
  "instrumentation.ts",
  "next.config.ts",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
];
const STAMP = ".next/kolo-stamp";
const LOCK = path.join(root, "node_modules/.cache/kolo-build.json");
const OTHER_BUILD_MS = 15 * 60_000;

/** Builds unless the build at hand was made from these very sources; `force` builds anyway. */
export async function ensureBuild(force = false): Promise<void> {
  mkdirSync(path.dirname(LOCK), { recursive: true });
  await until(() => holder(LOCK) === undefined, OTHER_BUILD_MS);
  const letGo = takeLock(LOCK, "a build");
  try {
    if (force || !existsSync(path.join(root, ".next/BUILD_ID")))
      rmSync(path.join(root, STAMP), { force: true });
    await generateClient();
    await unlessFresh(STAMP, SOURCES, build);
  } finally {
    letGo();
  }
}

async function build() {
  // What a half-finished build leaves must not pass for a whole one.
  rmSync(path.join(root, ".next/BUILD_ID"), { force: true });
  await runNode([packaged("next/dist/bin/next"), "build"], {
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
}
