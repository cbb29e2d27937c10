// Runs a TypeScript script of this repository with a database at hand: `node scripts/run.mjs scripts/seed.ts salon`.
import { launch } from "./runner/launch.mjs";

await launch("scripts/runner/with-database.ts");
