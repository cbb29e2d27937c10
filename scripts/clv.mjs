// `npm run clv -- purchases.csv`: no database, so it does not go through run.mjs.
import { launch } from "./runner/launch.mjs";

await launch("scripts/clv.ts");
