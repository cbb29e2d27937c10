/**
 * Every ready-made journey on the demo: switched on in the office, begun by what really begins it, carried through a year by the test's
 * clock, and read where the member and the owner read it. The last of the screens: a year leaves its traces.
 */
import { randomUUID } from "node:crypto";
import path from "node:path";
import type { Browser, Page } from "@playwright/test";
import { root } from "../../scripts/runner/data-folder";
import { runNode } from "../../scripts/runner/tool";
import { expect, test } from "../support/e2e";
import { takeCard } from "../support/guest";
import { startJourney } from "../support/office-journeys";
import { flip, signInStaff } from "../support/people";

/** Said the moment somebody joins, before they can agree to letters: it stands in the card alone. */
const GREETING = /^Welcome to /;

/** What each says, as the card and the letters head it, by the name it has among the ready-made ones. */
const BUYER: Readonly<Record<string, readonly RegExp[]>> = {
  "Welcome, with the end of the welcome points": [GREETING],
  "A week after a haircut: colouring −20 %": [/^A week after your haircut$/],
  "Sleeping for 30, 60 and 90 days": [
    /^It has been a month$/,
    /^A gift that burns in five days$/,
    /^We would love to see you again$/,
  ],
  "A year since the first purchase": [/^A year together$/],
  "Points about to burn": [/points burn soon$/],
  "A nudge to bring a friend": [/^Liked it\? Bring a friend$/],
  "The next tier within reach": [/^One step from the next tier$/],
};
const LOOKER: Readonly<Record<string, readonly RegExp[]>> = {
  "Welcome, with the end of the welcome points": [GREETING, /^Your welcome points end soon$/],
  Birthday: [/^Happy birthday/],
};
const BIRTHDAY_IN_DAYS = 100;

type Somebody = { readonly page: Page; readonly email: string };

/** Somebody with a telephone of their own who takes the card, says when they were born, and agrees to letters. */
async function join(browser: Browser, baseURL: string, slug: string, bornOn: string): Promise<Somebody> {
  // A page that is slow to come must not be answered from the card's own cache: this is not about being offline.
  const viewport = { width: 360, height: 740 };
  const context = await browser.newContext({ baseURL, viewport, serviceWorkers: "block" });
  const page = await context.newPage();
  const email = await takeCard(page, `/en/join/${slug}`, { bornOn });
  await page.goto(`/en/card/${slug}/messages/settings`);
  const letters = page
    .getByRole("region", { name: "Offers and news" })
    .getByRole("switch", { name: /E-mail/ });
  await flip(letters, true);
  return { page, email };
}

/** Puts a ready-made journey in force, with nobody left out. */
async function switchOn(page: Page, name: string, choose?: () => Promise<void>): Promise<void> {
  await page.goto("/en/office/journeys");
  await page.getByRole("button", { name: `Use it: ${name}`, exact: true }).click();
  await page.waitForURL(/\/office\/journeys\/\d+$/);
  await page.getByRole("spinbutton", { name: /Control group/ }).fill("0");
  await choose?.();
  await startJourney(page);
}

async function newReward(page: Page, name: string): Promise<void> {
  await page.goto("/en/office/rewards");
  await page.getByRole("button", { name: "New reward" }).first().click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Name").fill(name);
  await form.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(name, { exact: true })).toBeVisible();
}

/** A haircut that leaves two hundred to the first tier, through the till's own interface. */
async function buy(
  demo: { baseUrl: string; companyId: number | string; apiKey: string },
  code: string,
  category: string,
): Promise<void> {
  const authorization = `Basic ${Buffer.from(`${demo.companyId}:${demo.apiKey}`).toString("base64")}`;
  const settings = await fetch(`${demo.baseUrl}/partner/v2/settings`, { headers: { authorization } });
  const { loyaltyProgramSettings } = (await settings.json()) as {
    loyaltyProgramSettings: {
      membershipTiers: { conditions: { totalCashSpent?: { target: number | null } } }[];
    };
  };
  const targets = loyaltyProgramSettings.membershipTiers.flatMap(
    ({ conditions }) => conditions.totalCashSpent?.target ?? [],
  );
  const total = Math.min(...targets) - 200;
  const answer = await fetch(`${demo.baseUrl}/api/pos/v1/operations`, {
    method: "POST",
    headers: { authorization, "Content-Type": "application/json", "Idempotency-Key": randomUUID() },
    body: JSON.stringify({
      customer: { code },
      total,
      lines: [{ name: "Haircut", category, amount: total }],
    }),
  });
  expect(answer.status, await answer.clone().text()).toBe(201);
}

/** Who got which letters, by the pages of the office's mailbox from the newest on. */
async function lettersTo(page: Page, emails: readonly string[]): Promise<Map<string, string[]>> {
  const found = new Map(emails.map((email) => [email, [] as string[]]));
  for (let pages = 0; pages < 20; pages += 1) {
    for (const row of await page.getByRole("main").getByRole("listitem").all()) {
      const recipient = (await row.locator("p").textContent()) ?? "";
      found.get(recipient)?.push((await row.getByRole("link").textContent()) ?? "");
    }
    const older = page.getByRole("link", { name: "Older letters", exact: true });
    // The codes they joined with are the first letters they got.
    if ([...found.values()].every((subjects) => subjects.some((subject) => /\d{6}|code/i.test(subject))))
      break;
    if ((await older.count()) === 0) break;
    const before = page.url();
    await older.click();
    await page.waitForURL((url) => url.href !== before);
  }
  return found;
}

test("a year with every ready-made journey", async ({ page, browser, demo }) => {
  test.slow();
  const reward = `Colouring ${randomUUID().slice(0, 4)}`;
  let category = "";
  await signInStaff(page, demo.owner, "/office/journeys");
  const offered = await page.getByRole("button", { name: /^Use it: / }).count();
  const names = [...new Set([...Object.keys(BUYER), ...Object.keys(LOOKER)])];
  expect(names).toHaveLength(offered);
  await newReward(page, reward);
  for (const name of names)
    await switchOn(
      page,
      name,
      name in BUYER && name.startsWith("A week after")
        ? async () => {
            const choice = page.getByLabel("Value", { exact: true });
            await choice.selectOption({ index: 1 });
            category = await choice.inputValue();
            await page.getByRole("button", { name: /^Edit: Reward/ }).click();
            await page.getByLabel("Reward", { exact: true }).selectOption({ label: reward });
          }
        : undefined,
    );

  const born = new Date(Date.now() + BIRTHDAY_IN_DAYS * 86_400_000).toISOString().replace(/^\d+/, "1990");
  const looker = await join(browser, demo.baseUrl, demo.slug, born.slice(0, 10));
  const buyer = await join(browser, demo.baseUrl, demo.slug, "1985-02-11");
  await buyer.page.goto(`/en/card/${demo.slug}`);
  const spoken = await buyer.page
    .getByText(/^Code: (\d ?){6}$/)
    .first()
    .textContent();
  await buy(demo, (spoken ?? "").replace(/\D/g, ""), category);

  await runNode(
    [path.join(root, "scripts/run.mjs"), "tests/support/a-year.ts", demo.slug, buyer.email, looker.email],
    { env: { ...process.env, KOLO_DATA: process.env.KOLO_E2E } },
  );

  const said = [
    { ...buyer, titles: Object.values(BUYER).flat() },
    { ...looker, titles: Object.values(LOOKER).flat() },
  ];
  for (const one of said) {
    await one.page.goto(`/en/card/${demo.slug}/messages`);
    for (const title of one.titles)
      await expect(one.page.getByRole("heading", { name: title }).first()).toBeVisible();
  }
  await expect(buyer.page.getByText(new RegExp(`“${reward}” is on your card until`))).toBeVisible();
  await expect(buyer.page.getByText(/100 points on your card\. They wait until/)).toBeVisible();
  await expect(buyer.page.getByText(/Only .*200.* left to spend/)).toBeVisible();

  await page.goto("/en/office/mailbox");
  const letters = await lettersTo(page, [buyer.email, looker.email]);
  for (const { email, titles } of said)
    for (const title of titles.filter((one) => one !== GREETING))
      expect(
        letters.get(email)?.filter((subject) => title.test(subject)),
        `${email}: ${title}`,
      ).not.toHaveLength(0);
  await page.goto("/en/office/journeys");
  for (const one of said) await one.page.context().close();
});
