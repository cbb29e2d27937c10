/** `npm run bench -- pages`, while a demo runs: what a phone and a browser wait for, and how much script they load. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from "@playwright/test";
import { findChromium } from "../../tests/support/chromium";
import { codeFor, signInStaff } from "../../tests/support/people";
import { dataFolder } from "../runner/data-folder";

type SignIn = { email: string; password: string };
type Demo = { baseUrl: string; slug: string; owner: SignIn; cashier: SignIn; member: { email: string } };
type Figures = { lcp: number; cls: number; tbt: number };

/** As Lighthouse throttles a phone: 150 ms there and back, 1.6 Mbit/s down, a processor four times slower. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 204_800, uploadThroughput: 96_000 };
const SLOWER = 4;
const ROUNDS = 3;
const PHONE = { width: 390, height: 844 };
const WIDE = { width: 1280, height: 800 };

/** Begins to watch before the page does: the largest paint, shifts, and tasks that keep a tap waiting for more than 50 ms. */
const WATCH = `
  window.kolo = { lcp: 0, cls: 0, tbt: 0 };
  new PerformanceObserver((l) => { for (const e of l.getEntries()) kolo.lcp = e.startTime; }).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((l) => { for (const e of l.getEntries()) if (!e.hadRecentInput) kolo.cls += e.value; }).observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((l) => { for (const e of l.getEntries()) kolo.tbt += Math.max(0, e.duration - 50); }).observe({ type: "longtask", buffered: true });
`;

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function open(
  browser: Browser,
  baseURL: string,
  viewport: typeof PHONE,
): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ baseURL, viewport, locale: "en-GB" });
  return { context, page: await context.newPage() };
}

async function throttled(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  await session.send("Network.emulateNetworkConditions", SLOW_4G);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  return session;
}

/** A first visit of somebody signed in: nothing cached, no service worker. */
async function visit(signedIn: BrowserContext, url: string, viewport: typeof PHONE, slow: boolean) {
  const browser = signedIn.browser();
  if (!browser) throw new Error("the browser is gone");
  const options = { viewport, locale: "en-GB", serviceWorkers: "block" as const };
  const context = await browser.newContext({ ...options, storageState: await signedIn.storageState() });
  try {
    const page = await context.newPage();
    await page.addInitScript(WATCH);
    const session = await context.newCDPSession(page);
    let scriptBytes = 0;
    const scripts = new Set<string>();
    await session.send("Network.enable");
    session.on("Network.responseReceived", ({ requestId, type }) => {
      if (type === "Script") scripts.add(requestId);
    });
    session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      if (scripts.has(requestId)) scriptBytes += encodedDataLength;
    });
    if (slow) await throttled(page);
    await page.goto(url, { waitUntil: "load" });
    await page.waitForTimeout(slow ? 4_000 : 2_000);
    const figures = await page.evaluate<Figures>("window.kolo");
    const answered = await page.evaluate<number>(
      "(([n]) => n.responseStart - n.requestStart)(performance.getEntriesByType('navigation'))",
    );
    return { ...figures, scriptKb: scriptBytes / 1024, answered };
  } finally {
    await context.close();
  }
}

async function show(
  name: string,
  signedIn: BrowserContext,
  url: string,
  viewport: typeof PHONE,
  slow: boolean,
): Promise<void> {
  const visits: Awaited<ReturnType<typeof visit>>[] = [];
  for (let round = 0; round < ROUNDS; round += 1) visits.push(await visit(signedIn, url, viewport, slow));
  const of = (pick: (each: (typeof visits)[number]) => number) => median(visits.map(pick));
  console.log(
    `  ${name.padEnd(28)} LCP ${of((v) => v.lcp)
      .toFixed(0)
      .padStart(5)} ms   TBT ${of((v) => v.tbt)
      .toFixed(0)
      .padStart(4)} ms   CLS ${of((v) => v.cls).toFixed(3)}   script ${of((v) => v.scriptKb)
      .toFixed(0)
      .padStart(4)} KB   server ${of((v) => v.answered).toFixed(0)} ms`,
  );
}

/** How long a card that was open before takes to be on the screen with the network gone. */
async function offline(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.evaluate("navigator.serviceWorker.ready.then(() => true)");
  await page.reload();
  await page.waitForTimeout(2_000);
  const context = page.context();
  await context.setOffline(true);
  const took: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = performance.now();
    await page.goto(url, { waitUntil: "commit" });
    await page.locator("main").first().waitFor();
    took.push(performance.now() - began);
  }
  await context.setOffline(false);
  console.log(`  the card with the network gone: on the screen after ${median(took).toFixed(0)} ms`);
}

/** Prints, for each screen, the largest paint, blocking time, shifts, script and the server's time; the card as on a slow phone. */
export async function benchPages(): Promise<void> {
  const demo = JSON.parse(readFileSync(path.join(dataFolder(), "demo.json"), "utf8")) as Demo;
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const browser = await chromium.launch({ executablePath: findChromium(), args });
  try {
    const { page: card, context: member } = await open(browser, demo.baseUrl, PHONE);
    await card.goto(`/en/card/sign-in?to=/en/card/${demo.slug}`);
    await card.getByLabel("Your e-mail").fill(demo.member.email);
    await card.getByRole("button", { name: "Send me a code" }).click();
    const field = card.getByLabel("Code", { exact: true });
    await field.waitFor();
    await field.fill(await codeFor(browser, demo.baseUrl, demo.owner, demo.member.email));
    await card.waitForURL(`**/card/${demo.slug}`);
    const at = (where: string) => `${demo.baseUrl}/en${where}`;
    console.log("a phone on slow 4G, nothing cached");
    for (const [name, where] of [
      ["card", `/card/${demo.slug}`],
      ["all cards", "/card"],
      ["join", `/join/${demo.slug}`],
    ] as const)
      await show(name, member, at(where), PHONE, true);
    await offline(card, at(`/card/${demo.slug}`));
    console.log("a computer, not slowed down");
    const { page: till, context: cashier } = await open(browser, demo.baseUrl, WIDE);
    await signInStaff(till, demo.cashier, "/desk");
    await show("desk", cashier, at("/desk"), WIDE, false);
    const { page: desk, context: owner } = await open(browser, demo.baseUrl, WIDE);
    await signInStaff(desk, demo.owner, "/office");
    for (const where of ["", "/members", "/segments", "/insights", "/programme", "/journeys", "/operations"])
      await show(`office${where}`, owner, at(`/office${where}`), WIDE, false);
  } finally {
    await browser.close();
  }
}
