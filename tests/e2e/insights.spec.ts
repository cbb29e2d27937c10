/** Rhythm & value: groups lead to people, lists and forecasts are there with their tables and files, a purchase moves its member. */
import { expect, test } from "../support/e2e";
import { signInStaff } from "../support/people";
import { expectReadable } from "../support/readable";

test("groups show everybody, and lead to their people and on to one of them", async ({ page, demo }) => {
  await signInStaff(page, demo.owner, "/office/insights");
  await expect(page.getByRole("heading", { level: 1, name: "Rhythm & value" })).toBeVisible();
  await expect(page.getByRole("link", { name: /^Champions: \d/ }).first()).toBeVisible();
  await expect(page.getByText("Who moved")).toBeVisible();
  await expectReadable(page);
  await page.getByRole("region", { name: "Groups" }).getByRole("link", { name: "Loyal" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Loyal" })).toBeVisible();
  await page.getByRole("region", { name: "Loyal" }).getByRole("link").first().click();
  await expect(page.getByRole("heading", { name: "Rhythm & value" })).toBeVisible();
  await expect(page.getByText(/^(Usually every|Used to come every)/).first()).toBeVisible();
  await expect(page.getByText("As in the past:").first()).toBeVisible();
});

test("due lists, forecast and charts are there, each chart with a table and a file", async ({
  page,
  demo,
}) => {
  await signInStaff(page, demo.owner, "/office/insights/due");
  await page.goto("/en/office/insights/due?list=overdue");
  await expect(page.getByText(/days? late/).first()).toBeVisible();
  await expectReadable(page);
  await page.getByRole("link", { name: "Value", exact: true }).click();
  await expect(page.getByRole("region", { name: "What the coming year brings" })).toBeVisible();
  await expect(page.getByText("Predicted against what happened")).toBeVisible();
  await page.getByText("Parameters", { exact: true }).click();
  await expect(page.getByText("MBG/NBD").first()).toBeVisible();
  await expectReadable(page);
  await page.getByRole("link", { name: "Charts", exact: true }).click();
  await expect(page.locator(".recharts-surface").first()).toBeVisible();
  await page.getByText("Show as a table").first().click();
  await expect(page.getByRole("region", { name: "New and returning by month" })).toBeVisible();
  for (const chart of ["grid", "months", "cohorts", "gaps", "bills", "ageing", "ending", "weeks", "groups"]) {
    const csv = await page.request.get(`/en/office/insights/csv/${chart}`);
    expect(csv.headers()["content-type"], chart).toContain("text/csv");
    expect((await csv.text()).split("\r\n").length, chart).toBeGreaterThan(3);
  }
});

test("the owner's limits are taken only when they ascend", async ({ page, demo }) => {
  await signInStaff(page, demo.owner, "/office/insights");
  await page.getByText("My own limits").click();
  const numbers = [10, 20, 40, 80];
  for (const what of ["Days since the last visit", "Visits", "Money paid"])
    for (const [no, value] of numbers.entries())
      await page.getByLabel(`${what}, limit ${no + 1}`).fill(String(value));
  await page.getByLabel("Visits, limit 2").fill("5");
  await expect(page.getByText("Each limit must be above the one before it.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Save" })).toBeDisabled();
  await page.getByText("By fifths").click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved: everybody is being scored anew", { exact: true })).toBeVisible();
});

test("a cashier sees no figures here", async ({ page, demo }) => {
  await signInStaff(page, demo.cashier, "/office/members");
  await page.goto("/en/office/insights");
  await expect(page.getByText("Your role does not open this page")).toBeVisible();
  expect((await page.request.get("/en/office/insights/csv/grid")).status()).toBe(403);
});
