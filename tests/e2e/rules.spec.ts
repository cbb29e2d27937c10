/** Rules from the office to the till and back: written, tried, priced over HTTP, explained, refunded; changes to come taken back; the past played again. */
import { expect, test } from "../support/e2e";
import { shownCode } from "../support/guest";
import { Till } from "../support/http-till";
import { joinByEmail, signInStaff } from "../support/people";
import { expectReadable } from "../support/readable";

/** Bills no other test makes, so that the rule of this one touches nobody else's. */
const TOTAL = 73_310;

test("a rule is written in the office, paid out at the till, named on the card, taken back by a refund", async ({
  page,
  browser,
  demo,
}) => {
  test.slow();
  const email = `rules-${Date.now()}@example.com`;
  const name = `Grand bill ${Date.now()}`;
  const guest = await browser.newContext({ baseURL: demo.baseUrl });
  const card = await guest.newPage();
  await joinByEmail(card, browser, { baseURL: demo.baseUrl, slug: demo.slug, owner: demo.owner, email });
  const till = new Till(demo);
  const receipt = { total: TOTAL, points: 0 };
  const cashBack = async () => {
    const { body } = await till.ask("POST", "operations/calc", { code: await shownCode(card), receipt });
    return (body.purchase as { cashBack: number }).cashBack;
  };
  const before = await cashBack();

  await signInStaff(page, demo.owner, "/office/programme/rules");
  await expectReadable(page);
  await page.getByRole("link", { name: "Start from: Bonus for a big bill" }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("The bill is at least").fill("70000");
  await expect(page.getByText(/^Gives 150 points, on bills from .*70,000/)).toBeVisible();
  await page.getByLabel("Amount of line 1").fill(String(TOTAL));
  const answer = page.getByRole("region", { name: "The bill worked out" });
  await expect(answer.getByText(name)).toBeVisible();
  await expectReadable(page);
  await page.getByRole("button", { name: "Publish now" }).click();
  await page.waitForURL(/\/programme\/rules$/);
  await expect(page.getByRole("link", { name })).toBeVisible();

  expect(await cashBack()).toBe(before + 150);
  const made = await till.ask("POST", "operations", {
    code: await shownCode(card),
    nonce: crypto.randomUUID(),
    receipt: { total: TOTAL, cash: TOTAL, points: 0, number: `RULES-${Date.now()}` },
  });
  expect(made.status, JSON.stringify(made.body)).toBe(200);
  const operation = String(made.body.id);
  await card.getByRole("link", { name: "History", exact: true }).click();
  await expect(card.getByText(name).first()).toBeAttached();
  await page.goto(`/en/office/operations/${operation}`);
  await expect(page.getByText(name).first()).toBeVisible();

  expect((await till.ask("POST", `operations/${operation}/refund`)).status).toBe(200);
  await card.getByRole("link", { name: "Card", exact: true }).click();
  await expect(card.getByRole("status").filter({ hasText: /point/ }).first()).toContainText("300 points");

  await page.goto("/en/office/programme/rules");
  await page.getByRole("button", { name: `Archive “${name}”` }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Archive" }).click();
  await expect(page.getByRole("link", { name })).toHaveCount(0);
  await page.getByRole("link", { name: "Archive", exact: true }).click();
  await expect(page.getByText(name)).toBeVisible();
  await guest.close();
});

test("a rule on a category is put together by keyboard and says what is wrong before it is saved", async ({
  page,
  demo,
}) => {
  await signInStaff(page, demo.owner, "/office/programme/rules/new");
  await page.getByLabel("Name", { exact: true }).fill("Colour days");
  await page.getByRole("button", { name: "Add a condition" }).press("Enter");
  await page.getByRole("menuitem", { name: "Categories" }).press("Enter");
  await expect(page.getByText("Choose at least one.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Publish now" })).toBeDisabled();
  await page.getByRole("button", { name: "Add a condition" }).press("Enter");
  await page.getByRole("menuitem", { name: "Dates", exact: true }).press("Enter");
  await page.getByRole("region", { name: "Dates" }).getByLabel("To", { exact: true }).fill("2020-01-01");
  await page.getByRole("button", { name: "Remove condition: Goods and categories" }).press("Enter");
  await expect(page.getByText("The last date lies before the first")).toBeVisible();
  await expect(page.getByRole("button", { name: "Publish now" })).toBeDisabled();
  await expectReadable(page);
});

test("a change to come is taken back, and the unchanged past comes out as it was", async ({ page, demo }) => {
  test.slow();
  const name = `Prepaid ${Date.now()}`;
  await signInStaff(page, demo.owner, "/office/programme/rules/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Add a condition" }).click();
  await page.getByRole("menuitem", { name: "Paid in advance" }).click();
  await page.getByText("On a date", { exact: true }).click();
  await page.getByRole("button", { name: "Schedule" }).click();
  await page.waitForURL(/\/programme\/versions$/);
  const row = page
    .getByRole("listitem")
    .filter({ hasText: `Rule “${name}” added` })
    .first();
  await expect(row.getByText(/^from /)).toBeVisible();
  await expectReadable(page);
  await row.getByRole("button", { name: /^Take back version/ }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Take back" }).click();
  await expect(row.getByText("taken back")).toBeVisible();

  await page.goto("/en/office/programme/simulation");
  await page.getByRole("radio", { name: /^Nothing changed/ }).check();
  await page.getByRole("button", { name: "Play" }).click();
  await expect(page.getByText("It comes out as it was")).toBeVisible({ timeout: 60_000 });
  await expectReadable(page);
});
