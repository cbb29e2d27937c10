// `npm run pictures`.
import { launch } from "./runner/launch.mjs";

await launch("scripts/pictures.ts", { withTools: true });
