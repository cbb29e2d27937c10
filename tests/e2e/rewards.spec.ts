/** Rewards from the office to the card and the desk: made, given by a code, shown, bought, used, paid by certificate. */
import { randomUUID } from "node:crypto";
import type { BrowserContext, Page } from "@playwright/test";
import { expect, test } from "../support/e2e";
import { takeCard } from "../support/guest";
import { signInStaff } from "../support/people";

const mark = () => randomUUID().slice(0, 6).toUpperCase();

async function addReward(page: Page, name: string, points: string) {
  await page.goto("/en/office/rewards");
  await page.getByRole("button", { name: "New reward" }).first().click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Name").fill(name);
  await form.getByLabel("Price in points").fill(points);
  await form.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Reward saved", { exact: true })).toBeVisible();
  await expect(page.getByText(name, { exact: true })).toBeVisible();
}

async function addCode(page: Page, name: string, code: string) {
  await page.goto("/en/office/rewards/codes");
  await page.getByRole("button", { name: "New code" }).first().click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Name").fill(name);
  await form.getByLabel("Code", { exact: true }).fill(code);
  await form.getByLabel("How many points").fill("100");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Promo code saved", { exact: true })).toBeVisible();
}

test("a reward is made, its points brought by a code, bought on the card and handed over at the desk", async ({
  browser,
  demo,
}) => {
  const contexts: BrowserContext[] = [];
  const open = async (viewport: { width: number; height: number }) => {
    const context = await browser.newContext({ baseURL: demo.baseUrl, viewport });
    contexts.push(context);
    return await context.newPage();
  };
  const [name, code] = [`Tea ${mark()}`, `TEA${mark()}`];

  const office = await open({ width: 1280, height: 800 });
  await signInStaff(office, demo.owner, "/office");
  await addReward(office, name, "50");
  await addCode(office, `Campaign ${code}`, code);

  const card = await open({ width: 360, height: 740 });
  await takeCard(card, `/en/join/${demo.slug}`);
  const spoken = await card
    .getByText(/^Code: (\d ?){6}$/)
    .first()
    .textContent();
  await card.getByRole("link", { name: "Rewards" }).click();
  await card.getByLabel("Code", { exact: true }).fill("NOSUCHCODE1");
  await card.getByRole("button", { name: "Use the code" }).click();
  await expect(card.getByText("There is no such code.")).toBeVisible();
  await card.getByLabel("Code", { exact: true }).fill(code.toLowerCase());
  await card.getByRole("button", { name: "Use the code" }).click();
  await expect(card.getByText("+100 points are yours.")).toBeVisible();
  const offered = card.getByRole("listitem").filter({ hasText: name });
  await offered.getByRole("button", { name: /Take it for 50 points/ }).click();
  await offered.getByRole("button", { name: "Yes, take it" }).click();
  const yours = card.getByRole("region", { name: "Yours" });
  await expect(yours.getByText(name)).toBeVisible();
  const overflow = await card.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);

  const desk = await open({ width: 1024, height: 768 });
  await signInStaff(desk, demo.cashier, "/desk");
  await desk.getByLabel("Code or phone").fill((spoken ?? "").replace(/\D/g, ""));
  await desk.getByRole("button", { name: "Find" }).click();
  const panel = desk.getByRole("region", { name: "Rewards" });
  await panel.getByRole("button", { name: `Use ${name}` }).click();
  await expect(panel.getByText(/Set aside for this bill until/)).toBeVisible();
  await panel.getByRole("button", { name: "Hand over now" }).click();
  await expect(panel.getByText(/Set aside for this bill until/)).toBeHidden();
  await expect(panel.getByRole("button", { name: `Use ${name}` })).toBeHidden();
  await card.reload();
  await expect(card.getByText(name)).toBeVisible();
  await expect(card.getByRole("region", { name: "Yours" })).toBeHidden();
  for (const context of contexts) await context.close();
});

test("a certificate is sold, printed and pays a bill at the desk in parts", async ({ browser, demo }) => {
  const office = await browser.newPage({ baseURL: demo.baseUrl });
  await signInStaff(office, demo.owner, "/office");
  await office.goto("/en/office/rewards/certificates");
  await office.getByRole("button", { name: "Sell a certificate" }).first().click();
  const form = office.getByRole("dialog");
  await form.getByLabel("Amount").fill("500");
  await form.getByRole("button", { name: "Sell", exact: true }).click();
  const shown = office.getByTestId("certificate-code");
  await expect(shown).toHaveText(/^([2-9A-Z]{4}-){3}[2-9A-Z]{4}$/);
  const code = (await shown.textContent()) ?? "";

  const desk = await browser.newPage({ baseURL: demo.baseUrl, viewport: { width: 1024, height: 768 } });
  await signInStaff(desk, demo.cashier, "/desk");
  const phone = `+99898${String(Math.floor(Math.random() * 1e8)).padStart(8, "0")}`;
  await desk.getByLabel("Code or phone").fill(phone);
  await desk.getByRole("button", { name: "Find" }).click();
  await desk.getByLabel("Reward, promo or certificate code").fill(code);
  await desk
    .getByRole("region", { name: "Rewards" })
    .getByRole("button", { name: "Use", exact: true })
    .click();
  await expect(desk.getByText("The certificate pays")).toBeVisible();
  await desk.getByLabel("Amount of the bill").fill("800");
  await expect(desk.getByRole("button", { name: /^Confirm/ })).toHaveText(/300/);
  await desk.getByRole("button", { name: /^Confirm/ }).click();
  await expect(desk.getByRole("heading", { name: /Take .*300/ })).toBeVisible();
  await office.reload();
  await expect(office.getByText("Paid with")).toBeVisible();
  await office.close();
  await desk.close();
});
