/** What needs neither a database nor a browser: format, lint, types, and the core's tests. */
import { existsSync } from "node:fs";
import path from "node:path";
import { root } from "./data-folder";
import { generateClient } from "./prisma-client";
import { unlessFreshNames } from "./stamp";
import { countVitest, type Tally } from "./tally";
import { packaged, runNode, runTool } from "./tool";

/** Runs all of them, whatever fails. */
export async function check(tally: Tally): Promise<void> {
  await tally.step("prepare", async () => {
    await generateClient();
    await routeTypes();
  });
  await tally.step("format", () => runTool(packaged(".bin/biome"), ["check", "."]));
  await tally.step("lint", () => runTool(packaged(".bin/oxlint"), ["--type-aware"]));
  await tally.step("types", () => runNode([packaged("typescript/bin/tsc"), "--noEmit"]));
  await vitest(tally, "core");
}

/** The types of routes and of their parameters, which Next derives from the folders under app. */
async function routeTypes() {
  const made = existsSync(path.join(root, "next-env.d.ts"));
  await unlessFreshNames(".next/types/.stamp", ["app", "next.config.ts"], made, async () => {
    await runNode([packaged("next/dist/bin/next"), "typegen"], {
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
    });
  });
}

/** Runs one of Vitest's projects. */
export async function vitest(tally: Tally, project: "core" | "database"): Promise<void> {
  await tally.tests(
    `${project} tests`,
    (report) =>
      runNode([
        packaged("vitest/vitest.mjs"),
        "run",
        `--project=${project}`,
        "--reporter=default",
        "--reporter=json",
        `--outputFile.json=${report}`,
      ]),
    countVitest,
  );
}
