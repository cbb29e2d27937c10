// `npm test`: proves everything.
import { launch } from "./runner/launch.mjs";

await launch("scripts/runner/test.ts", { withTools: true });
