/** The reception's tablet: who is it, how much, done; bad input, bad networks, refunds. */
import type { Cookie, Page } from "@playwright/test";
import { test as base, expect } from "../support/e2e";
import { expectReadable } from "../support/readable";

/** A page signed in as the demo's cashier, on a tablet lying on the counter. */
const test = base.extend<{ desk: Page }, { cookies: Cookie[] }>({
  cookies: [
    async ({ browser, demo }, use) => {
      const page = await browser.newPage({ baseURL: demo.baseUrl });
      await page.goto("/en/desk");
      await page.getByLabel("E-mail").first().fill(demo.cashier.email);
      await page.getByLabel("Password", { exact: true }).fill(demo.cashier.password);
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await page.waitForURL((url) => url.pathname === "/en/desk");
      const cookies = await page.context().cookies();
      await page.close();
      await use(cookies);
    },
    { scope: "worker" },
  ],
  desk: async ({ page, cookies }, use) => {
    await page.context().addCookies(cookies);
    await page.setViewportSize({ width: 1024, height: 768 });
    await page.goto("/en/desk");
    await use(page);
  },
});

const someDigits = (count: number) =>
  Array.from({ length: count }, () => Math.floor(Math.random() * 10)).join("");
/** A phone nobody in the demo has. */
const newPhone = () => `+99899${someDigits(8)}`;
const field = (page: Page) => page.getByLabel("Code or phone");
const amount = (page: Page) => page.getByLabel("Amount of the bill");
const confirm = (page: Page) => page.getByRole("button", { name: /^Confirm/ });
const today = (page: Page) => page.getByRole("region", { name: "Today" });

async function identify(page: Page, who: string) {
  await field(page).fill(who);
  await page.getByRole("button", { name: "Find" }).click();
}

async function sell(page: Page, who: string, total: string) {
  await identify(page, who);
  await amount(page).fill(total);
  await expect(confirm(page)).toHaveText(/\d/);
  await confirm(page).click();
  await expect(page.getByRole("heading", { name: /Recorded/ })).toBeVisible();
}

test("who is not signed in comes to the sign-in, and back from there", async ({ page }) => {
  await page.goto("/en/desk");
  await expect(page).toHaveURL(/\/en\/sign-in\?to=%2Fen%2Fdesk/);
});

test("a new phone becomes a member with its first purchase, typed on the keypad", async ({ desk }) => {
  const phone = newPhone();
  for (const key of phone) await desk.getByRole("button", { name: key, exact: true }).click();
  await expect(desk.getByText(`Phone ${phone}`)).toBeVisible();
  await desk.getByRole("button", { name: "Find" }).click();
  await expect(desk.getByText("New customer")).toBeVisible();
  for (const key of ["1", "2", "0", ".", "5"])
    await desk.getByRole("button", { name: key, exact: true }).click();
  await expect(amount(desk)).toHaveValue("120.5");
  await expect(confirm(desk)).toHaveText(/120\.50/);
  await expectReadable(desk);
  await confirm(desk).dblclick();
  await expect(desk.getByRole("heading", { name: /Take .*120\.50/ })).toBeVisible();
  await expect(today(desk).getByRole("button", { name: phone })).toHaveCount(1);
  await expectReadable(desk);
  await desk.getByRole("button", { name: /Next customer/ }).click();
  await identify(desk, phone);
  await expect(desk.getByText("1 visit")).toBeVisible();
});

test("a lost answer is said so, and asking again counts once", async ({ desk }) => {
  const phone = newPhone();
  let isFirst = true;
  await desk.route("**/api/desk/sales", async (route) => {
    if (!isFirst) return await route.continue();
    isFirst = false;
    await route.fetch();
    await route.abort("connectionreset");
  });
  await identify(desk, phone);
  await amount(desk).fill("75");
  await expect(confirm(desk)).toHaveText(/75/);
  await confirm(desk).click();
  await expect(desk.getByText("it is not known whether the purchase was recorded")).toBeVisible();
  await expect(amount(desk)).toBeDisabled();
  await desk.goBack();
  await expect(desk.getByRole("button", { name: "Try again" })).toBeVisible();
  await desk.getByRole("button", { name: "Try again" }).click();
  await expect(desk.getByText("It was recorded the first time")).toBeVisible();
  await expect(today(desk).getByRole("button", { name: phone })).toHaveCount(1);
});

test("without a network nothing is lost: the same form goes on when it is back", async ({
  desk,
  context,
}) => {
  await identify(desk, newPhone());
  await context.setOffline(true);
  await amount(desk).fill("64");
  await expect(desk.getByText("What you entered is kept")).toBeVisible();
  await context.setOffline(false);
  await expect(confirm(desk)).toHaveText(/64/);
  await confirm(desk).click();
  await expect(desk.getByRole("heading", { name: /Take .*64/ })).toBeVisible();
});

test("refunds a part and then the rest, showing first what goes back", async ({ desk }) => {
  const phone = newPhone();
  await sell(desk, phone, "200");
  await today(desk).getByRole("button", { name: phone }).click();
  const dialog = desk.getByRole("dialog");
  await dialog.getByRole("button", { name: "Refund" }).click();
  await dialog.getByText("A part").click();
  await dialog.getByLabel("Amount to refund").fill("200.01");
  await expect(dialog.getByRole("alert")).toContainText("left to refund");
  await dialog.getByLabel("Amount to refund").fill("50");
  await expect(dialog.getByText("Money to give back")).toBeVisible();
  await expectReadable(desk);
  await dialog.getByRole("button", { name: /^Refund .*50/ }).dblclick();
  await expect(dialog.getByText(/Refunded: give back .*50/)).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(today(desk).getByRole("button", { name: phone })).toHaveCount(2);
  await today(desk).getByRole("button", { name: phone }).last().click();
  await dialog.getByRole("button", { name: "Refund" }).click();
  await dialog.getByRole("button", { name: /^Refund .*150/ }).click();
  await expect(dialog.getByText(/Refunded: give back .*150/)).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();
  await today(desk).getByRole("button", { name: phone }).last().click();
  await expect(dialog.getByText("All of it has been refunded.")).toBeVisible();
});

test("says what is wrong with a code, a phone and an amount", async ({ desk }) => {
  const alert = desk.locator("form").getByRole("alert");
  await identify(desk, "12345");
  await expect(desk.getByText("Type all six digits")).toBeVisible();
  await identify(desk, "+0000000000");
  await expect(desk.getByText("neither a code nor a phone number")).toBeVisible();
  await identify(desk, someDigits(6));
  await expect(alert).toContainText("This code does not work");
  await identify(desk, newPhone());
  await confirm(desk).click();
  await expect(alert).toContainText("Enter the amount");
  for (const [typed, said] of [
    ["0", "above zero"],
    ["1,2,3", "not an amount"],
    ["-5", "not an amount"],
    ["99999999999999", "too large"],
  ] as const) {
    await amount(desk).fill(typed);
    await confirm(desk).click();
    await expect(alert).toContainText(said);
  }
  await desk.goBack();
  await expect(field(desk)).toBeVisible();
});

test("finds by name, who then cannot pay with points", async ({ desk }) => {
  await desk.getByRole("button", { name: "By name" }).click();
  await desk.getByLabel("Search by name").fill("ол");
  await expect(desk.getByText("Type at least 3 letters")).toBeVisible();
  await desk.getByLabel("Search by name").fill("оле");
  const hit = desk.locator("form").getByRole("listitem").getByRole("button").first();
  await expect(hit).toBeVisible();
  await expectReadable(desk);
  await hit.click();
  await amount(desk).fill("100");
  await expect(confirm(desk)).toHaveText(/100/);
  await expect(desk.getByRole("radio")).toHaveCount(1);
});

test("says why the camera does not help", async ({ desk }) => {
  await desk.getByRole("button", { name: "Scan" }).click();
  await desk.getByRole("dialog").getByRole("button", { name: "Type the code" }).click();
  await expect(field(desk)).toBeVisible();
});

test("a sign-in that ended keeps the form and offers the way back in", async ({ desk, context }) => {
  await identify(desk, newPhone());
  await context.clearCookies();
  await amount(desk).fill("10");
  await expect(desk.getByText("You are signed out.")).toBeVisible();
  await expect(desk.getByRole("link", { name: "Sign in" })).toBeVisible();
});

test.describe("on a phone", () => {
  test("nothing is wider than the screen, at any step", async ({ desk }) => {
    await desk.setViewportSize({ width: 360, height: 740 });
    const fits = () => desk.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
    expect(await fits()).toBe(true);
    await identify(desk, newPhone());
    await amount(desk).fill("9876.54");
    await expect(confirm(desk)).toHaveText(/9,876/);
    expect(await fits()).toBe(true);
    await expectReadable(desk);
  });
});
