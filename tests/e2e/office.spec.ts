/** The office: what an owner sees and changes, what a cashier may not, and that the page keeps up with the till. */
import { expect, test } from "../support/e2e";
import { Till } from "../support/http-till";
import { signInStaff } from "../support/people";
import { expectReadable } from "../support/readable";

const somePhone = () => `+38050${String(Date.now()).slice(-7)}`;

test("the dashboard shows figures, a chart with its table, and keeps up with the till", async ({
  page,
  demo,
}) => {
  await signInStaff(page, demo.owner, "/office");
  await expect(page.getByRole("heading", { level: 1, name: "Dashboard" })).toBeVisible();
  const figures = page.getByRole("region", { name: "Figures" });
  for (const name of ["Visits", "Revenue", "Average bill", "Returning", "Points outstanding"])
    await expect(figures.getByText(name, { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Month" }).click();
  await expect(page).toHaveURL(/span=month/);
  await page.getByText("Show as a table").click();
  await expect(
    page.getByRole("table", { name: "The last 90 days" }).or(page.getByRole("table")).first(),
  ).toBeVisible();
  await expect(page.locator(".recharts-surface")).toBeVisible();
  await expectReadable(page);

  const csv = await page.request.get("/en/office/days.csv");
  expect(csv.headers()["content-type"]).toContain("text/csv");
  expect((await csv.text()).split("\r\n")).toHaveLength(92);

  const phone = somePhone();
  const made = await new Till(demo).ask("POST", "operations", {
    participant: { phone },
    nonce: crypto.randomUUID(),
    receipt: { total: 777, cash: 777, points: 0, number: "OFFICE-1" },
  });
  expect(made.status, JSON.stringify(made.body)).toBe(200);
  await expect(page.getByText(phone).first()).toBeVisible({ timeout: 5_000 });
});

test("a member is found, given points with a word why, and the page tells the story", async ({
  page,
  demo,
}) => {
  const phone = somePhone();
  await new Till(demo).ask("POST", "operations", {
    participant: { phone },
    nonce: crypto.randomUUID(),
    receipt: { total: 500, cash: 500, points: 0, number: "OFFICE-2" },
  });
  await signInStaff(page, demo.owner, "/office/members");
  const search = page.getByRole("searchbox", { name: "Search members" });
  await search.fill("ab");
  await expect(page.getByText("Type at least 3 characters")).toBeVisible();
  await search.fill(phone.slice(-7));
  await page.getByRole("link", { name: phone }).click();
  await expect(page.getByRole("heading", { level: 1, name: phone })).toBeVisible();
  await expect(page.getByRole("link", { name: "Purchase" })).toBeVisible();

  await page.getByRole("button", { name: "Give points" }).click();
  const dialog = page.getByRole("dialog", { name: "Points by hand" });
  await dialog.getByLabel("How many points").fill("12,50");
  await dialog.getByLabel("Why").fill("Sorry for the wait");
  await dialog.getByRole("button", { name: "Give" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("+12.50").first()).toBeVisible();

  await page.getByLabel("A note for colleagues").fill("Prefers the seat by the window");
  await page.getByRole("button", { name: "Add the note" }).click();
  await expect(page.getByText("Prefers the seat by the window")).toBeVisible();
  await page.getByRole("link", { name: "Points", exact: true }).click();
  await expect(page.getByText("Prefers the seat by the window")).toBeHidden();
  await page.getByRole("link", { name: "Everything", exact: true }).click();
  await expect(page.getByRole("link", { name: "Purchase" })).toBeVisible();

  await page.getByRole("button", { name: "Edit" }).click();
  const edit = page.getByRole("dialog", { name: "Edit the member" });
  await edit.getByLabel("Phone").fill("not a phone");
  await edit.getByRole("button", { name: "Save" }).click();
  await expect(edit.getByRole("alert").first()).toBeVisible();
  await edit.getByLabel("Phone").fill(phone);
  await edit.getByLabel("Name").fill("Olena from the office");
  await edit.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Olena from the office" })).toBeVisible();

  await page.getByRole("button", { name: "Refund" }).first().click();
  const refund = page.getByRole("dialog", { name: "Refund the purchase" });
  await refund.getByLabel("How much of the bill").fill("200");
  await refund.getByRole("button", { name: "Refund" }).click();
  await expect(page.getByText(/200(\.00)? refunded/)).toBeVisible();
  await expectReadable(page);
});

test("the programme shows what a change would do, and whoever saved first wins", async ({
  browser,
  page,
  demo,
}) => {
  await signInStaff(page, demo.owner, "/office/programme");
  const limit = page.getByLabel("Largest bill accepted");
  const before = await limit.inputValue();
  // Another number each time, so that what an earlier run left behind is not in the way.
  const amount = 90_000 + (Date.now() % 9_000);
  const sentence = new RegExp(`Largest bill: .* → .*${new Intl.NumberFormat("en").format(amount)}`);
  const context = await browser.newContext({
    baseURL: demo.baseUrl,
    storageState: await page.context().storageState(),
  });
  const other = await context.newPage();
  await other.goto("/en/office/programme");
  await expect(page.getByText("Nothing is changed yet")).toBeVisible();
  await limit.fill(String(amount));
  await page.getByRole("button", { name: "Save changes…" }).click();
  const question = page.getByRole("alertdialog", { name: "Put this in force?" });
  await expect(question.getByText(sentence)).toBeVisible();
  await question.getByRole("button", { name: "Put in force" }).click();
  await expect(page.getByText("The programme is in force", { exact: true })).toBeVisible();
  // The page is read anew, with what is in force now.
  await expect(page.getByText("Nothing is changed yet")).toBeVisible();
  await expect(limit).toHaveValue(new Intl.NumberFormat("en").format(amount));

  await other.getByLabel("Largest bill accepted").fill("80000");
  await other.getByRole("button", { name: "Save changes…" }).click();
  await other.getByRole("button", { name: "Put in force" }).click();
  await expect(other.getByText("Somebody saved meanwhile")).toBeVisible();
  await context.close();

  await limit.fill(before);
  await page.getByRole("button", { name: "Save changes…" }).click();
  await page.getByRole("button", { name: "Put in force" }).click();
  await expect(page.getByLabel("Largest bill accepted")).toHaveValue(before);
  await expectReadable(page);
});

test("a key is shown once", async ({ page, demo }) => {
  await signInStaff(page, demo.owner, "/office/integrations");
  await page.getByRole("button", { name: "New key" }).click();
  const name = `Till ${Date.now()}`;
  await page.getByLabel("What is it for").fill(name);
  await page.getByRole("button", { name: "Make the key" }).click();
  const key = await page.getByTestId("new-key").textContent();
  expect(key?.length).toBeGreaterThan(20);
  await page.getByRole("button", { name: "I have kept it" }).click();
  await expect(page.getByText(name)).toBeVisible();
  await expect(page.getByText(key ?? "")).toHaveCount(0);
  await page.getByRole("button", { name: `Revoke ${name}` }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByText("The key is revoked", { exact: true })).toBeVisible();
});

test("a cashier sees people and operations, and a page of their own for everything else", async ({
  page,
  demo,
}) => {
  await signInStaff(page, demo.cashier, "/office/members");
  const places = page.getByRole("navigation", { name: "Main" }).first();
  await expect(places.getByRole("link", { name: "Operations" })).toBeVisible();
  await expect(places.getByRole("link", { name: "Team and locations" })).toHaveCount(0);
  for (const place of ["team", "integrations", "business", "audit"]) {
    const answer = await page.goto(`/en/office/${place}`);
    expect(answer?.status()).toBe(403);
    await expect(page.getByText("Your role does not open this page")).toBeVisible();
  }
  await page.goto("/en/office");
  await expect(page).toHaveURL(/\/office\/members$/);
  expect((await page.request.get("/en/office/days.csv")).status()).toBe(403);
});

for (const [locale, title] of [
  ["ru", "Участники"],
  ["uk", "Учасники"],
] as const)
  test(`fits a phone, in ${locale}`, async ({ page, demo }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await signInStaff(page, demo.owner, "/office/members", locale);
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    for (const place of [
      "",
      "/operations",
      "/programme",
      "/team",
      "/integrations",
      "/poster",
      "/business",
      "/audit",
    ]) {
      await page.goto(`/${locale}/office${place}`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth), place).toBeLessThanOrEqual(360);
    }
  });
