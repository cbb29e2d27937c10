/** The doors as people find them: the owner by password and by link, a newcomer by code, and what is said when it fails. */
import type { Page } from "@playwright/test";
import { expect, test } from "../support/e2e";
import { expectReadable } from "../support/readable";

let count = 0;
const newcomer = () => `newcomer-${Date.now()}-${++count}@example.com`;

async function signInOwner(page: Page, owner: { email: string; password: string }, to: string) {
  await page.goto(`/en/sign-in?to=${encodeURIComponent(to)}`);
  await page.getByLabel("E-mail", { exact: true }).fill(owner.email);
  await page.getByLabel("Password", { exact: true }).fill(owner.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(`**${to}`);
}

/** What a letter's subject says, as the owner sees it appear in the mailbox. */
async function newestSubject(owner: Page, recipient: string): Promise<string> {
  const row = owner.getByRole("listitem").filter({ hasText: recipient }).first();
  await expect(row).toBeVisible();
  return await row.getByRole("link").innerText();
}

test("a newcomer gets a code by mail, mistypes it, and is in", async ({ page, browser, demo }) => {
  const owner = await (await browser.newContext()).newPage();
  await signInOwner(owner, demo.owner, "/en/office/mailbox");

  const email = newcomer();
  await page.goto("/en/card/sign-in?to=/en/office-is-not-here");
  await page.getByLabel("Your e-mail").fill(email);
  await page.getByRole("button", { name: "Send me a code" }).click();
  await expect(page.getByRole("heading", { name: "Enter the code" })).toBeVisible();
  await expect(page.getByRole("button", { name: /Send a new code in \d+ seconds?/ })).toBeDisabled();
  const code = /^\d{6}/.exec(await newestSubject(owner, email))?.[0] ?? "";
  const field = page.getByLabel("Code", { exact: true });
  await expect(field).toHaveAttribute("autocomplete", "one-time-code");
  await field.fill(code === "000000" ? "000001" : "000000");
  await expect(page.getByRole("alert").filter({ hasText: "not the code" })).toBeVisible();
  await field.fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await page.waitForURL("**/en/office-is-not-here");
  await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
  // A person is no staff: one browser holds both, and neither opens the other's doors. The page that is not there may still be
  // loading its document, which aborts a step taken at that moment.
  await expect(async () => {
    await page.goto("/en/office/account");
  }).toPass();
  await expect(page).toHaveURL(/\/en\/sign-in\?to=/);
  await owner.context().close();
});

test("a link signs in once, and only by its button", async ({ page, browser, demo }) => {
  const owner = await (await browser.newContext()).newPage();
  await signInOwner(owner, demo.owner, "/en/office/mailbox");
  const letters = owner.getByRole("link", { name: "Your sign-in link for Kolo" });
  const before = await letters.count();
  await page.goto("/en/sign-in?by=link&to=/en/office/account");
  await page.getByLabel("E-mail", { exact: true }).fill(demo.owner.email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText("Look into your mailbox")).toBeVisible();
  await expect(letters).toHaveCount(before + 1);
  await letters.first().click();
  const link = owner.frameLocator("iframe").getByRole("link");
  const address = String(await link.getAttribute("href"));

  for (let scan = 0; scan < 2; scan++) expect((await page.request.get(address)).status()).toBe(200);
  await page.goto(address);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/en/office/account");
  await expect(page.getByText(demo.owner.email)).toBeVisible();

  const late = await (await browser.newContext()).newPage();
  await late.goto(address);
  await late.getByRole("button", { name: "Sign in" }).click();
  await expect(late.getByRole("alert").filter({ hasText: "used already" })).toBeVisible();
  await expect(late.getByRole("link", { name: "Ask for a new link" })).toBeVisible();
  await Promise.all([owner.context().close(), late.context().close()]);
});

test("signing out everywhere ends the other browser too", async ({ page, browser, demo }) => {
  const other = await (await browser.newContext()).newPage();
  for (const each of [page, other]) await signInOwner(each, demo.owner, "/en/office/account");
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await page.waitForURL("**/en/sign-in");
  await other.reload();
  await expect(other).toHaveURL(/\/en\/sign-in\?to=/);
  await other.context().close();
});

test("too many guesses lock the address and say for how long", async ({ page }) => {
  const email = newcomer();
  await page.goto("/en/sign-in");
  await page.getByLabel("E-mail", { exact: true }).fill(email);
  const alert = page.getByRole("alert").filter({ hasText: /not right|Too many/ });
  for (let guess = 1; guess <= 11; guess++) {
    await page.getByLabel("Password", { exact: true }).fill(`guess number ${guess}`);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    const says = guess <= 10 ? "not right" : "Try again in 1 minute.";
    await expect(alert).toContainText(says);
    await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeEnabled();
  }
});

test("another site's address is never where one goes on to", async ({ page, demo }) => {
  await page.goto("/en/sign-in?to=https://evil.example/x");
  await page.getByLabel("E-mail", { exact: true }).fill(demo.owner.email);
  await page.getByLabel("Password", { exact: true }).fill(demo.owner.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL("**/en/office");
});

test("the doors fit every screen and pass axe, light and dark", async ({ page }) => {
  test.slow();
  for (const path of [
    "sign-in",
    "sign-in?by=link",
    "sign-in/link?token=a.b",
    "sign-in/link",
    "card/sign-in",
  ]) {
    for (const [locale, scheme, width] of [
      ["en", "light", 360],
      ["uk", "dark", 1024],
      ["ru", "light", 1280],
    ] as const) {
      await page.setViewportSize({ width, height: 760 });
      await page.emulateMedia({ colorScheme: scheme });
      await page.goto(`/${locale}/${path}`);
      await test.step(`${path}, ${locale}`, () => expectReadable(page));
    }
  }
});
