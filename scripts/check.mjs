// `npm run check`: everything that needs neither a database nor a browser.
import { launch } from "./runner/launch.mjs";

await launch("scripts/runner/check.ts", { withTools: true });
