/** Import: the whole CDNOW sample through the screen into a business of its own, seen in segments and insights, and taken back. */
import { readFileSync } from "node:fs";
import { expect, foundBusiness, test } from "../support/e2e";
import { signInStaff } from "../support/people";
import { packed } from "../support/workbook";

const FILE = readFileSync("tests/fixtures/cdnow/cdnow_sample.txt");
/** Reading, bringing in and learning from 6,919 purchases is seconds of work, more on a busy machine. */
const WORK = { timeout: 120_000 };

test("the CDNOW sample comes in through the screen, is seen in segments and insights, and goes again", async ({
  page,
}) => {
  const owner = await foundBusiness("CDNOW");
  await signInStaff(page, owner, "/office/segments");
  await page.getByRole("button", { name: "Add: Lost", exact: true }).click();
  await expect(page.getByRole("link", { name: "Lost", exact: true })).toBeVisible();

  await page.goto("/en/office/imports");
  await expect(page.getByRole("heading", { level: 1, name: "Import & export" })).toBeVisible();
  await page.getByRole("radio", { name: /^Past purchases/ }).check({ force: true });
  await page
    .getByLabel("File", { exact: true })
    .setInputFiles({ name: "cdnow.txt", mimeType: "text/plain", buffer: FILE });
  await page.getByRole("button", { name: "Upload" }).click();
  await expect(page.getByText("Which column is what?")).toBeVisible();
  await page.getByLabel("Customer number").selectOption({ label: "Column 2" });
  await page.getByLabel("Date", { exact: true }).selectOption({ label: "Column 3" });
  await page.getByLabel("Bill").selectOption({ label: "Column 5" });
  await page.getByRole("button", { name: "Check the file" }).click();
  await expect(page.getByRole("button", { name: "Import 6,919 rows" })).toBeEnabled(WORK);
  await expect(page.getByText("Rows with errors")).toBeVisible();
  await page.getByRole("button", { name: "Import 6,919 rows" }).click();
  await expect(page.getByText("The sums agree")).toBeVisible(WORK);
  await expect(page.getByText("2,357", { exact: true })).toBeVisible();
  const imported = page.url();

  await page.goto("/en/office/segments");
  await expect(page.getByRole("row", { name: /^Lost/ })).toContainText("2,357");
  await page.goto("/en/office/insights");
  await expect(page.getByRole("link", { name: /^Champions: \d/ }).first()).toBeVisible();
  await page.goto("/en/office/insights/value");
  await expect(page.getByText("Predicted against what happened")).toBeVisible();
  await page.getByText("Parameters", { exact: true }).click();
  await expect(page.getByText("MBG/NBD").first()).toBeVisible();
  const book = await page.request.get("/en/office/imports/export/purchases?as=xlsx");
  expect((await book.body()).subarray(0, 2).toString()).toBe("PK");

  await page.goto(imported);
  await page.getByRole("button", { name: "Take the import back" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Take the import back" }).click();
  await expect(page.getByText("Taken back: 6,919. Customers who left with it: 2,357.")).toBeVisible(WORK);
});

test("a workbook is mapped and checked like a table of text; a torn one is refused with the way out", async ({
  page,
  demo,
}) => {
  await signInStaff(page, demo.owner, "/office/imports");
  const members = await page.request.get("/en/office/imports/export/members?as=xlsx");
  const send = async (name: string, buffer: Buffer) => {
    await page.goto("/en/office/imports");
    await page.getByLabel("File", { exact: true }).setInputFiles({ name, mimeType: "", buffer });
    await page.getByRole("button", { name: "Upload" }).click();
  };
  await send("members.xlsx", await members.body());
  await expect(page.getByText("Which column is what?")).toBeVisible();
  await expect(page.getByLabel("Exported from")).toHaveValue("kolo");
  await expect(page.getByLabel("Cells are divided by")).toHaveCount(0);
  await send("torn.xlsx", packed({ "a.txt": "no workbook" }));
  await expect(page.getByText(/Save it again, or save it as CSV/)).toBeVisible();
  await page.context().clearCookies();
  await signInStaff(page, demo.cashier, "/office/members");
  await page.goto("/en/office/imports");
  await expect(page.getByText("Your role does not open this page")).toBeVisible();
});
