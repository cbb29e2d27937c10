/**
 * Every mechanic from the office to card, desk and tills: what is sold and the rule on it; what a guest collects, holds, is given and pays
 * with; the same over the native API. What other specs walk through (writing rules, rewards, friends) is only set up here.
 */
import { randomUUID } from "node:crypto";
import path from "node:path";
import type { Locator, Page } from "@playwright/test";
import { root } from "../../scripts/runner/data-folder";
import { runNode } from "../../scripts/runner/tool";
import { expect, test } from "../support/e2e";
import { shownCode, takeCard } from "../support/guest";
import { Till } from "../support/http-till";
import { signInStaff } from "../support/people";
import { expectReadable } from "../support/readable";

type House = {
  readonly companyId: string;
  readonly slug: string;
  readonly apiKey: string;
  readonly promo: string;
  readonly certificate: string;
};
const name = `mechanics-${randomUUID().slice(0, 6)}`;
const owner = { email: `${name}@kolo.example`, password: "kolo-mechanics-test" };
let house: House;

async function script<Said>(...args: string[]): Promise<Said> {
  const said = await runNode(
    [path.join(root, "scripts/run.mjs"), "tests/support/new-mechanics.ts", ...args],
    {
      env: { ...process.env, KOLO_DATA: process.env.KOLO_E2E, KOLO_OWNER_PASSWORD: owner.password },
    },
  );
  return JSON.parse(said.trim().split("\n").at(-1) ?? "") as Said;
}

test.beforeAll(async () => {
  house = await script<House>("found", name, owner.email);
});

/** The guest whose code the card shows now, before the desk. */
async function meet(desk: Page, card: Page): Promise<Locator> {
  await card.goto(`/en/card/${house.slug}`);
  const code = await shownCode(card);
  await desk.goto("/en/desk");
  const guest = desk.getByRole("region", { name: "Customer" });
  // Pressed again where the page was not awake yet.
  await expect(async () => {
    await desk.getByLabel("Code or phone").fill(code);
    await desk.getByRole("button", { name: "Find" }).click();
    await expect(guest).toBeVisible({ timeout: 8_000 });
  }).toPass({ timeout: 120_000 });
  return guest;
}

/** Has the stamp card fill up by one thing of the catalogue, or by any again. */
async function onlyForWhites(office: Page, isOnly: boolean): Promise<void> {
  await office.goto("/en/office/rewards/stamps");
  await office.getByRole("button", { name: "Change Every tenth" }).click();
  const form = office.getByRole("dialog", { name: "Stamps" });
  const items = form.getByLabel("Only these goods and services");
  await items.click();
  await expect(office.getByLabel("Old tea")).toHaveCount(0);
  await office.getByLabel("Flat white").setChecked(isOnly);
  await office.keyboard.press("Escape");
  await expect(items).toHaveText(isOnly ? "Flat white" : "Choose…");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form).toBeHidden();
}

/** Without the worker that keeps the card for when there is no network: here only what the server says now counts. */
const PHONE = { viewport: { width: 360, height: 740 }, serviceWorkers: "block" } as const;
const TABLET = { viewport: { width: 1024, height: 768 } };

test("what is sold is made in the office, a rule pays for it, the desk picks it, the card says why", async ({
  page: office,
  browser,
  demo,
}) => {
  test.slow();
  const card = await (await browser.newContext({ baseURL: demo.baseUrl, ...PHONE })).newPage();
  await takeCard(card, `/en/join/${house.slug}`);

  await signInStaff(office, owner, "/office/catalogue");
  await expect(office.getByText("The catalogue is empty")).toBeVisible();
  for (const [item, price] of [
    ["Flat white", "80"],
    ["Old tea", "50"],
  ] as const) {
    await office.getByRole("button", { name: "Add an item" }).first().click();
    const form = office.getByRole("dialog");
    await form.getByLabel("Name").fill(item);
    await form.getByText("Good", { exact: true }).click();
    await form.getByLabel("Category").fill("Coffee");
    await form.getByLabel("Price").fill(price);
    await form.getByRole("button", { name: "Save" }).click();
    await expect(form).toBeHidden();
    await expect(office.getByRole("listitem").filter({ hasText: item })).toBeVisible();
  }
  await office.getByRole("button", { name: "Put Old tea away" }).click();
  await office.getByRole("button", { name: "Put away", exact: true }).click();
  await expect(office.getByRole("listitem").filter({ hasText: "Old tea" })).toHaveCount(0);
  await expectReadable(office);

  await office.goto("/en/office/programme/rules/new");
  await office.getByLabel("Name", { exact: true }).fill("White mornings");
  await office.getByRole("button", { name: "Add a condition" }).click();
  await office.getByRole("menuitem", { name: "Goods and services" }).click();
  await office.getByRole("button", { name: "Goods and services" }).click();
  await expect(office.getByLabel("Old tea")).toHaveCount(0);
  await office.getByLabel("Flat white").check();
  await office.keyboard.press("Escape");
  await office.getByLabel("Effect").selectOption({ label: "Fixed points" });
  await office.getByLabel("Points", { exact: true }).fill("25");
  await office.getByRole("button", { name: "Publish now" }).click();
  await office.waitForURL(/\/programme\/rules$/);

  await office.goto("/en/office/rewards");
  await office.getByRole("button", { name: "New reward" }).first().click();
  const reward = office.getByRole("dialog");
  await reward.getByLabel("Name").fill("A white on us");
  await reward.getByLabel("Which one").selectOption({ label: "Flat white" });
  await reward.getByLabel("Price in points").fill("500");
  await reward.getByRole("button", { name: "Save" }).click();
  await expect(reward).toBeHidden();

  await onlyForWhites(office, true);
  await expect(office.getByText("visits with Flat white")).toBeVisible();
  await expectReadable(office);

  // What a rule or reward names stays, and says so with the way there.
  await office.goto("/en/office/catalogue");
  await office.getByRole("button", { name: "Delete Flat white" }).click();
  const asking = office.getByRole("dialog");
  await asking.getByRole("button", { name: "Delete", exact: true }).click();
  for (const use of ["Rule “White mornings”", "Reward “A white on us”", "Stamp card “Every tenth”"])
    await expect(asking.getByRole("link", { name: use })).toBeVisible();
  await onlyForWhites(office, false);
  await expect(office.getByText("visits with Flat white")).toHaveCount(0);

  const desk = await (await browser.newContext({ baseURL: demo.baseUrl, ...TABLET })).newPage();
  await signInStaff(desk, owner, "/desk");
  await meet(desk, card);
  await desk.getByRole("button", { name: "Add items" }).click();
  await expect(desk.getByRole("button", { name: /Old tea/ })).toHaveCount(0);
  await desk.getByRole("button", { name: /Flat white/ }).click();
  await desk.keyboard.press("Escape");
  await desk.getByRole("button", { name: /^Confirm/ }).click();
  await expect(desk.getByRole("heading", { name: /Take .*80/ })).toBeVisible();
  // 5 % of 80 and 25 for the rule.
  await expect(desk.getByText("+29", { exact: true }).first()).toBeVisible();
  await card.goto(`/en/card/${house.slug}/history`);
  await card.locator("summary").first().click();
  await expect(card.getByText(/White mornings/).first()).toBeVisible();
  await card.context().close();
  await desk.context().close();
});

test("a guest collects, is given, buys, pays and uses; each is on the card and at the desk, and is undone", async ({
  browser,
  demo,
}) => {
  test.slow();
  const card = await (await browser.newContext({ baseURL: demo.baseUrl, ...PHONE })).newPage();
  const desk = await (await browser.newContext({ baseURL: demo.baseUrl, ...TABLET })).newPage();
  const till = new Till({ ...house, baseUrl: demo.baseUrl });
  const email = await takeCard(card, `/en/join/${house.slug}`);
  // Welcome points burn, and the card says when.
  await expect(card.getByText(/300 points to the end of/)).toBeVisible();
  const { memberId, given } = await script<{ memberId: string; given: number }>(
    "night",
    house.companyId,
    email,
  );
  expect(given).toBe(1);

  // The tenth visit fills the row; the last of them reaches Silver with its gift. Nobody looks at the card meanwhile.
  await card.goto("about:blank");
  const patience = Date.now() + 90_000;
  const detail = await till.insist("GET", `customers/${memberId}`, undefined, patience);
  const uid = detail?.body.uid;
  for (let visit = 0; visit < 10; visit += 1) {
    const receipt = { total: 10, cash: 10, points: 0 };
    const bill = { participant: { uid }, nonce: randomUUID(), receipt };
    const made = await till.insist("POST", "operations", bill, patience);
    expect(made?.status, JSON.stringify(made?.body)).toBe(200);
  }
  const rewards = `/en/card/${house.slug}/rewards`;
  const yours = card.getByRole("region", { name: "Yours" });
  await card.goto(rewards);
  await expect(yours.getByText("Coffee on us")).toBeVisible();
  await expect(yours.getByText("Birthday cake")).toBeVisible();
  // The code of one letter, once.
  for (const answer of ["+200 points are yours.", "This code has been used already."]) {
    await card.getByLabel("Code", { exact: true }).fill(house.promo);
    await card.getByRole("button", { name: "Use the code" }).click();
    await expect(card.getByText(answer)).toBeVisible();
  }
  const mug = card.getByRole("listitem").filter({ hasText: "House mug" });
  await mug.getByRole("button", { name: /Take it for 100 points/ }).click();
  await mug.getByRole("button", { name: "Yes, take it" }).click();
  await expect(yours.getByText("House mug")).toBeVisible();
  await expectReadable(card);
  await yours.locator("summary").filter({ hasText: "House mug" }).click();
  const mugCode = (await yours.locator("details[open] .tracking-wider").textContent()) ?? "";
  await card.goto(`/en/card/${house.slug}`);
  await expect(card.getByText("Silver").first()).toBeVisible();
  await expect(card.getByText("Free delivery").first()).toBeVisible();

  await signInStaff(desk, owner, "/desk");
  const guest = await meet(desk, card);
  await expect(guest.getByText("Silver").first()).toBeVisible();
  await expect(guest.getByText("Free delivery")).toBeVisible();
  const panel = desk.getByRole("region", { name: "Rewards" });
  await panel.getByLabel("Reward, promo or certificate code").fill(mugCode);
  await panel.getByRole("button", { name: "Use", exact: true }).first().click();
  const held = panel.getByRole("listitem").filter({ hasText: "House mug" });
  await held.getByRole("button", { name: "Hand over now" }).click();
  await expect(held).toHaveCount(0);
  // A package is sold at the desk, and a visit of it used.
  await panel.getByText(/more for points or money/).click();
  await panel.getByRole("button", { name: /^Three massages for/ }).click();
  await panel.getByRole("button", { name: "Yes" }).click();
  const massages = panel.getByRole("listitem").filter({ hasText: "3 of 3 left" });
  await massages.getByRole("button", { name: "Use Three massages" }).click();
  await panel.getByRole("button", { name: "Hand over now" }).click();
  await expect(panel.getByText(/2 of 3 left/)).toBeVisible();
  await card.goto(rewards);
  await expect(yours.getByText(/2 of 3 left/)).toBeVisible();
  await expect(yours.getByText("House mug")).toHaveCount(0);

  // Both uses are taken back in the office, and are the guest's again.
  await desk.goto(`/en/office/members/${memberId}`);
  await desk.getByRole("link", { name: "What is known", exact: true }).click();
  for (const thing of ["House mug", "Three massages"]) {
    await desk.getByRole("button", { name: `What to do with ${thing}` }).click();
    await desk.getByRole("menuitem", { name: "Take the last use back" }).click();
    await expect(desk.getByText("Use taken back").last()).toBeVisible();
  }
  await expect(async () => {
    await card.goto(rewards);
    await expect(yours.getByText("House mug")).toBeVisible({ timeout: 3_000 });
    await expect(yours.getByText(/3 of 3 left/)).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 60_000 });
  await card.context().close();
  await desk.context().close();
});

test("the native API quotes, holds, confirms and refunds; a certificate pays in parts and is whole again", async ({
  browser,
  demo,
}) => {
  const card = await (await browser.newContext({ baseURL: demo.baseUrl, ...PHONE })).newPage();
  const email = await takeCard(card, `/en/join/${house.slug}`);
  const { memberId } = await script<{ memberId: string }>("night", house.companyId, email);
  const login = Buffer.from(`${house.companyId}:${house.apiKey}`).toString("base64");
  const ask = async (
    method: "GET" | "POST",
    to: string,
    body?: object,
    key: string | null = randomUUID(),
  ) => {
    const response = await fetch(`${demo.baseUrl}/api/pos/v1/${to}`, {
      method,
      headers: {
        Authorization: `Basic ${login}`,
        ...(body && { "Content-Type": "application/json" }),
        ...(body && key !== null && { "Idempotency-Key": key }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const type = response.headers.get("content-type") ?? "";
    return { status: response.status, type, body: (await response.json()) as Record<string, unknown> };
  };
  const customer = { id: Number(memberId) };
  const lines = [{ name: "Flat white", category: "Coffee", amount: 80 }];

  // What the night gave is set aside, handed over with the bill, and comes back with it.
  const held = await ask("GET", `members/${memberId}/entitlements`);
  const [cake] = held.body.entitlements as { id: number; name: string }[];
  expect(cake?.name).toBe("Birthday cake");
  const hold = await ask("POST", `entitlements/${cake?.id}/hold`, {});
  expect([hold.status, hold.body.state]).toEqual([201, "held"]);
  const bill = { customer, total: 80, lines, certificate: house.certificate };
  const quoted = await ask("POST", "quotes?lang=uk", bill, null);
  expect(quoted).toMatchObject({ status: 200, body: { bill: { certificate: 80, cash: 0, earns: 0 } } });
  expect((quoted.body.because as { text: string }[]).length).toBeGreaterThan(0);
  const key = randomUUID();
  const sold = await ask("POST", "operations", { ...bill, cash: 0 }, key);
  expect(sold).toMatchObject({ status: 201, body: { certificate: 80, cash: 0 } });
  expect((await ask("POST", "operations", { ...bill, cash: 0 }, key)).body.id).toBe(sold.body.id);
  const { id } = sold.body as { id: number };
  const confirmed = await ask("POST", `holds/${hold.body.id as number}/confirm`, { operationId: id });
  expect(confirmed.body).toMatchObject({ state: "confirmed" });
  const rest = await ask("POST", "operations", { ...bill, total: 50, lines: [] });
  expect(rest.body).toMatchObject({ certificate: 20, cash: 30 });
  const empty = await ask("POST", "quotes", { ...bill, total: 10, lines: [] }, null);
  expect(empty.body).toMatchObject({ bill: { certificate: 0, cash: 10 } });

  for (const each of [id, rest.body.id as number]) {
    const back = await ask("POST", `operations/${each}/refunds`, {});
    expect(back).toMatchObject({ status: 201, body: { kind: "refund", originId: each } });
  }
  const again = await ask("GET", `members/${memberId}/entitlements`);
  expect(again.body.entitlements).toMatchObject([{ name: "Birthday cake", usesLeft: 1 }]);
  const whole = await ask("POST", "quotes", { ...bill, total: 100, lines: [] }, null);
  expect(whole.body).toMatchObject({ bill: { certificate: 100, cash: 0 } });

  // Wrong calls are problems with a word to act on.
  const keyless = await ask("POST", "operations", bill, null);
  expect([keyless.status, keyless.type, keyless.body.code]).toEqual([
    400,
    "application/problem+json",
    "invalid",
  ]);
  expect((await ask("POST", "operations", { ...bill, cash: 5 })).body.code).toBe("checksum");
  expect((await ask("GET", "operations/1")).status).toBe(404);

  // On the guest's card by its code, with all that is on it.
  await card.goto(`/en/card/${house.slug}/rewards`);
  await card.getByLabel("Code", { exact: true }).fill(house.certificate);
  await card.getByRole("button", { name: "Use the code" }).click();
  await expect(card.getByText(/The certificate is on your card: .*100/)).toBeVisible();
  await card.context().close();
});
