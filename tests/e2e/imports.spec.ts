/** Import: the beginning of the CDNOW sample is read, mapped and checked on the screen; the database tests import it and take it back. */
import { readFileSync } from "node:fs";
import { expect, test } from "../support/e2e";
import { signInStaff } from "../support/people";

/** Enough rows for a few customers, moved to our years; the database tests take the whole file as it is. */
const SAMPLE = readFileSync("tests/fixtures/cdnow/cdnow_sample.txt", "utf8")
  .split("\n")
  .slice(0, 200)
  .map((line) =>
    line.replace(/ 199([78])(?=\d{4} )/, (_, year: string) => (year === "7" ? " 2025" : " 2026")),
  );

test("a file of purchases is mapped and checked before anything is imported", async ({ page, demo }) => {
  await signInStaff(page, demo.owner, "/office/imports");
  await expect(page.getByRole("heading", { level: 1, name: "Import & export" })).toBeVisible();
  await page.getByRole("radio", { name: /^Past purchases/ }).check({ force: true });
  await page.getByLabel("File", { exact: true }).setInputFiles({
    name: "cdnow.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(SAMPLE.join("\n")),
  });
  await page.getByRole("button", { name: "Upload" }).click();
  await expect(page.getByText("Which column is what?")).toBeVisible();
  await page.getByLabel("Customer number").selectOption({ index: 2 });
  await page.getByLabel("Date", { exact: true }).selectOption({ index: 3 });
  await page.getByLabel("Bill").selectOption({ index: 5 });
  await page.getByRole("button", { name: "Check the file" }).click();
  await expect(page.getByRole("button", { name: "Import 200 rows" })).toBeEnabled();
  await expect(page.getByText("Rows with errors")).toBeVisible();
  const members = await page.request.get("/en/office/imports/export/members");
  expect((await members.text()).split("\r\n").length).toBeGreaterThan(2_000);
});

test("a workbook is refused with the way out, and a cashier has no business here", async ({ page, demo }) => {
  await signInStaff(page, demo.owner, "/office/imports");
  await page.getByLabel("File", { exact: true }).setInputFiles({
    name: "book.csv",
    mimeType: "text/csv",
    buffer: Buffer.from([0x50, 0x4b, 3, 4, 0, 0]),
  });
  await page.getByRole("button", { name: "Upload" }).click();
  await expect(page.getByText(/Save it as CSV/)).toBeVisible();
  await page.context().clearCookies();
  await signInStaff(page, demo.cashier, "/office/members");
  await page.goto("/en/office/imports");
  await expect(page.getByText("Your role does not open this page")).toBeVisible();
});
