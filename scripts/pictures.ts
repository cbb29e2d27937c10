/** `npm run pictures` while a demo runs: takes the README's pictures of card, desk and office from it. */
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import { findChromium } from "../tests/support/chromium";
import { codeFor, signInStaff } from "../tests/support/people";
import { dataFolder, root } from "./runner/data-folder";

type SignIn = { email: string; password: string };
type Demo = { baseUrl: string; slug: string; owner: SignIn; cashier: SignIn; member: { email: string } };

const OUT = path.join(root, "docs/images");

async function pageOf(browser: Browser, baseURL: string, width: number, height: number): Promise<Page> {
  const context = await browser.newContext({
    baseURL,
    viewport: { width, height },
    deviceScaleFactor: 2,
    locale: "en-GB",
  });
  return await context.newPage();
}

async function settle(page: Page, name: string): Promise<void> {
  await page.waitForLoadState("networkidle", { timeout: 5_000 }).catch(() => {}); // an open stream never is
  await page.waitForTimeout(1_500);
  await page.screenshot({ path: path.join(OUT, `${name}.png`) });
  console.log(`docs/images/${name}.png`);
}

async function card(browser: Browser, demo: Demo): Promise<void> {
  const page = await pageOf(browser, demo.baseUrl, 390, 844);
  await page.goto(`/en/card/sign-in?to=/en/card/${demo.slug}`);
  await page.getByLabel("Your e-mail").fill(demo.member.email);
  await page.getByRole("button", { name: "Send me a code" }).click();
  const field = page.getByLabel("Code", { exact: true });
  await field.waitFor();
  await field.fill(await codeFor(browser, demo.baseUrl, demo.owner, demo.member.email));
  await page.waitForURL(`**/card/${demo.slug}`);
  await settle(page, "card");
}

async function desk(browser: Browser, demo: Demo): Promise<void> {
  const page = await pageOf(browser, demo.baseUrl, 1024, 768);
  await signInStaff(page, demo.cashier, "/desk");
  await settle(page, "desk");
}

async function office(browser: Browser, demo: Demo): Promise<void> {
  const page = await pageOf(browser, demo.baseUrl, 1280, 800);
  await signInStaff(page, demo.owner, "/office");
  await settle(page, "office");
}

const demo = JSON.parse(readFileSync(path.join(dataFolder(), "demo.json"), "utf8")) as Demo;
mkdirSync(OUT, { recursive: true });
const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const browser = await chromium.launch({ executablePath: findChromium(), args });
try {
  await card(browser, demo);
  await desk(browser, demo);
  await office(browser, demo);
} finally {
  await browser.close();
}
