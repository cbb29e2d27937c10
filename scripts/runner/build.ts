/** `npm run build`: the production build, whatever is there already. */
import { orExplain } from "./problem";
import { ensureBuild } from "./production-build";
import { step } from "./progress";

await orExplain(() => step("building", () => ensureBuild(true)));
