// `npm start` and `npm run dev`.
import { launch } from "./runner/launch.mjs";

await launch("scripts/runner/start.ts");
