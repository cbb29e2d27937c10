/** Counts what passed and what failed, over steps of ours and over the reports of the test runners. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as z from "zod";
import { messageOf } from "./problem";
import { step } from "./progress";

export class Tally {
  passed = 0;
  failed = 0;

  /** Runs one step that passes or fails as a whole; shows what it said when it fails, and goes on. */
  async step(name: string, run: (say: (detail: string) => void) => Promise<unknown>): Promise<boolean> {
    try {
      await step(name, run);
      this.passed++;
      return true;
    } catch (error) {
      this.failed++;
      console.log(`\n${messageOf(error)}\n`);
      return false;
    }
  }

  /** Runs a test runner that writes a JSON report, and counts its tests. A run without a report counts as one failure. */
  async tests(
    name: string,
    run: (report: string, say: (detail: string) => void) => Promise<unknown>,
    count: Count,
  ) {
    const folder = mkdtempSync(path.join(tmpdir(), "kolo-report-"));
    const report = path.join(folder, "report.json");
    let said: unknown;
    await step(name, async (say) => {
      try {
        await run(report, say);
      } catch (error) {
        said = error;
        throw error;
      }
    }).catch(() => console.log(`\n${messageOf(said)}\n`));
    try {
      const { passed, failed } = count(JSON.parse(readFileSync(report, "utf8")));
      this.passed += passed;
      // A runner may fail outside of any test: in its set-up, or in a file that does not load.
      this.failed += said !== undefined && failed === 0 ? 1 : failed;
    } catch {
      this.failed++;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** The last line, and an exit code that agrees with it. */
  finish(): void {
    console.log(`\n${this.passed} passed, ${this.failed} failed`);
    process.exitCode = this.failed === 0 && this.passed > 0 ? 0 : 1;
  }
}

export type Count = (report: unknown) => { passed: number; failed: number };

const Vitest = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
});

/** Vitest's tests; a file that failed without a failed test (it did not load) counts as one. */
export const countVitest: Count = (report) => {
  const { numPassedTests, numFailedTests, testResults } = Vitest.parse(report);
  const broken = testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((each) => each.status === "failed"),
  );
  return { passed: numPassedTests, failed: numFailedTests + broken.length };
};

const Playwright = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
  errors: z.array(z.unknown()),
});

/** Playwright's tests; one that passed only the second time has failed. */
export const countPlaywright: Count = (report) => {
  const { stats, errors } = Playwright.parse(report);
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
};
