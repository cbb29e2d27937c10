/** `npm test`: the checks, the tests against a real database, and the tests in a real browser against the production build. */
import { check, vitest } from "./checks";
import { orExplain } from "./problem";
import { ensureBuild } from "./production-build";
import { countPlaywright, Tally } from "./tally";
import { packaged, runNode } from "./tool";

await orExplain(async () => {
  const tally = new Tally();
  await check(tally);
  await vitest(tally, "database");
  if (await tally.step("build", () => ensureBuild())) {
    await tally.tests(
      "end-to-end tests",
      (report, say) =>
        runNode([packaged("@playwright/test/cli.js"), "test", "--reporter=list,json"], {
          env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report, NO_COLOR: undefined, FORCE_COLOR: "0" },
          onLine: say,
        }),
      countPlaywright,
    );
  }
  tally.finish();
});
