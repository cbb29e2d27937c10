// `npm run build`.
import { launch } from "./runner/launch.mjs";

await launch("scripts/runner/build.ts");
