/** The installation as a newcomer finds it. */
import { expect, test } from "../support/e2e";

test("answers that all is up", async ({ request }) => {
  const answer = await request.get("/api/health");
  expect(answer.status()).toBe(200);
});

test.describe("in a browser", () => {
  for (const where of ["card", "desk", "office"] as const) {
    test(`${where} opens`, async ({ page, demo }) => {
      const answer = await page.goto(demo[where]);
      expect(answer?.status()).toBe(200);
      await expect(page.locator("main")).toBeVisible();
    });
  }
});
