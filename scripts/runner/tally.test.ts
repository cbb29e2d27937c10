import { expect, test, vi } from "vitest";
import { countPlaywright, countVitest, Tally } from "./tally";

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((each) => ({ status: each })),
});

test("a test file that does not load counts as one failure", () => {
  const report = {
    numPassedTests: 3,
    numFailedTests: 1,
    testResults: [file("passed", "passed", "passed"), file("failed", "passed", "failed"), file("failed")],
  };
  expect(countVitest(report)).toEqual({ passed: 3, failed: 2 });
});

test("a flaky browser test has failed, and so has a set-up", () => {
  const report = { stats: { expected: 4, unexpected: 1, flaky: 1 }, errors: ["set-up"] };
  expect(countPlaywright(report)).toEqual({ passed: 4, failed: 3 });
});

test("the last line sums steps and tests, and a run that leaves no report is a failure", async () => {
  const said = vi.spyOn(console, "log").mockImplementation(() => {});
  const before = process.exitCode;
  const tally = new Tally();
  await tally.step("fine", async () => {});
  await tally.step("broken", async () => {
    throw new Error("no");
  });
  await tally.tests("gone", async () => {}, countVitest);
  tally.finish();
  expect(said).toHaveBeenLastCalledWith("\n1 passed, 2 failed");
  expect(process.exitCode).toBe(1);
  process.exitCode = before;
  said.mockRestore();
});
