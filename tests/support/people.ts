/** What people do before a test begins: sign in, and read their letters in the office's mailbox. */
import { type Browser, expect, type Locator, type Page } from "@playwright/test";

type SignIn = { readonly email: string; readonly password: string };

/** Signs a staff person in and ends on `to`, a path without its language. */
export async function signInStaff(
  page: Page,
  { email, password }: SignIn,
  to: string,
  locale = "en",
): Promise<void> {
  await page.goto(`/${locale}/sign-in?to=${encodeURIComponent(`/${locale}${to}`)}`);
  await page.locator("input[name=email]").first().fill(email);
  await page.locator("input[name=password]").fill(password);
  await page.locator("form button[type=submit]").first().click();
  await page.waitForURL((url) => url.pathname === `/${locale}${to}`);
}

/** The code in the newest letter to an address, read as the owner reads it. */
export async function codeFor(
  browser: Browser,
  baseURL: string,
  owner: SignIn,
  address: string,
): Promise<string> {
  const context = await browser.newContext({ baseURL });
  try {
    const page = await context.newPage();
    await signInStaff(page, owner, "/office/mailbox");
    const letter = page.getByRole("listitem").filter({ hasText: address }).first();
    await expect(letter).toBeVisible();
    const code = /\d{6}/.exec((await letter.textContent()) ?? "")?.[0];
    expect(code, "the letter carries a code").toBeDefined();
    return code ?? "";
  } finally {
    await context.close();
  }
}

/** Joins a business as a new person, as far as the card. */
export async function joinByEmail(
  page: Page,
  browser: Browser,
  { baseURL, slug, owner, email }: { baseURL: string; slug: string; owner: SignIn; email: string },
): Promise<void> {
  await page.goto(`/en/join/${slug}`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Get the card" }).click();
  await expect(page.getByLabel("Code from the letter")).toBeVisible();
  await page.getByLabel("Code from the letter").fill(await codeFor(browser, baseURL, owner, email));
  // Six digits may be enough by themselves; the button is for who wants to press.
  const enter = page.getByRole("button", { name: "Continue" });
  if (await enter.isVisible().catch(() => false)) await enter.click({ timeout: 2_000 }).catch(() => {});
  await page.waitForURL(/\/(about|card\/)/);
  if (page.url().includes("/about")) await page.getByRole("link", { name: "Skip", exact: true }).click();
  await page.waitForURL(`**/en/card/${slug}`);
}

/** Switches something that is kept at once; a page that has just come may not listen yet. */
export async function flip(control: Locator, isOn: boolean): Promise<void> {
  await expect(async () => {
    if ((await control.isChecked()) !== isOn) await control.click();
    await expect(control).toBeChecked({ checked: isOn, timeout: 3_000 });
    await expect(control).toHaveAttribute("aria-busy", "false", { timeout: 5_000 });
  }).toPass({ timeout: 30_000 });
}
