/** The front door and the frame around every page: languages, appearance, policy, and the page for what is not there. */
import { expect, test } from "../support/e2e";
import { expectReadable } from "../support/readable";

test.describe("a Ukrainian browser", () => {
  test.use({ locale: "uk-UA" });

  test("is answered in Ukrainian, and a choice made by hand is kept", async ({ page }) => {
    await page.goto("/");
    await expect(page).toHaveURL(/\/uk$/);
    await expect(page.locator("html")).toHaveAttribute("lang", "uk");
    await page.getByRole("link", { name: "English" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Guests who come back");
    await page.goto("/");
    await expect(page).toHaveURL(/\/en$/);
  });
});

test("an appearance chosen by hand holds against the system's, and over a reload", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/en");
  await page.getByRole("button", { name: "Dark" }).click();
  await expect(page.locator("body")).toHaveCSS("background-color", "rgb(14, 20, 18)");
  await page.reload();
  await expect(page.locator("body")).toHaveCSS("background-color", "rgb(14, 20, 18)");
});

test("the keyboard can skip to the content", async ({ page }) => {
  await page.goto("/en");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.locator("#main")).toBeFocused();
});

test("every answer has its own nonce, and a page asks nothing of anybody else", async ({ page, baseURL }) => {
  const strangers: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(String(baseURL)) && !/^(data|blob):/.test(request.url()))
      strangers.push(request.url());
  });
  const policies = [await page.goto("/en"), await page.goto("/en")].map(
    (response) => response?.headers()["content-security-policy"] ?? "",
  );
  expect(policies[0]).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic' 'wasm-unsafe-eval';/);
  expect(policies[0]).not.toBe(policies[1]);
  expect(strangers).toEqual([]);
});

test("an unknown address says so in the language of the address", async ({ page }) => {
  const response = await page.goto("/ru/nothing/here");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Здесь ничего нет");
  await page.getByRole("link", { name: "На главную" }).click();
  await expect(page).toHaveURL(/\/ru$/);
});

test("the landing page fits phones and tablets in every language", async ({ page }) => {
  for (const locale of ["en", "ru", "uk"]) {
    await page.goto(`/${locale}`);
    for (const width of [360, 768, 1024]) {
      await page.setViewportSize({ width, height: 768 });
      const overflow = () =>
        page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      await expect.poll(overflow, `${locale}, ${width} wide`).toBe(0);
    }
  }
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the landing page is accessible, ${colorScheme}`, async ({ page }) => {
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto("/uk");
    await expectReadable(page);
  });
}
