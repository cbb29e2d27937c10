// `npm run bench -- <name>`.
import { launch } from "./runner/launch.mjs";

await launch("scripts/bench/index.ts");
