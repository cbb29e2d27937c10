/** The member's card in a browser: joining, the code at the till, news without a reload, no network, signing out. */
import { randomUUID } from "node:crypto";
import { expect, test } from "../support/e2e";
import { shownCode, takeCard } from "../support/guest";
import { Till } from "../support/http-till";
import { codeFromLetter, doorOf } from "../support/letters";
import { expectReadable } from "../support/readable";

test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

const buy = (code: string, total: number, points: number) => ({
  code,
  nonce: randomUUID(),
  receipt: { total, cash: total - points, points, number: `E-${total}` },
});

test("somebody new has a card after an address and a code", async ({ page, demo }) => {
  const { slug } = await doorOf(demo.companyId);
  await page.goto(`/en/join/${slug}`);
  await expectReadable(page);
  await takeCard(page, `/en/join/${slug}`, { name: "Olha" });
  await expect(page.getByText("Olha", { exact: true })).toBeVisible();
  await expectReadable(page);
  // Who has a card is led straight to it, from the door and from the start of the app.
  for (const address of [`/en/join/${slug}`, "/card"]) {
    await page.goto(address);
    await expect(page).toHaveURL(new RegExp(`/en/card/${slug}$`));
  }
});

test("the till's calls are on the card without a reload, and the used code is replaced", async ({
  page,
  demo,
}) => {
  const { slug } = await doorOf(demo.companyId);
  await takeCard(page, `/en/join/${slug}`);
  const till = new Till(demo);
  const code = await shownCode(page);

  const listening = page.waitForResponse((answer) => answer.url().includes("/api/card/live"));
  await page.reload();
  await listening;
  const bought = await till.ask("POST", "operations", buy(code, 1000, 0));
  expect(bought.status).toBe(200);
  await expect(page.getByText("Paid in money").or(page.getByText("1,000")).first()).toBeAttached();
  await expect.poll(() => shownCode(page)).not.toBe(code);
  expect((await till.ask("GET", `customers/find?code=${code}`)).status).toBe(404);
  expect((await till.ask("GET", `customers/find?code=${await shownCode(page)}`)).status).toBe(200);

  await page.getByRole("link", { name: "History", exact: true }).click();
  await expect(page.getByRole("heading", { name: "History" })).toBeVisible();
  await page.locator("summary").first().click();
  await expect(page.getByText(/back for the .* tier on|earns no points/)).toBeVisible();
  await expectReadable(page);
});

test("opens without a network, with its code and the time it is from", async ({ page, context, demo }) => {
  const { slug } = await doorOf(demo.companyId);
  await takeCard(page, `/en/join/${slug}`);
  await page.goto(`/en/card/${slug}`);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    const isKept = async () => {
      const names = (await caches.keys()).filter((name) => name.startsWith("kolo-card-"));
      const pages = await Promise.all(
        names.map(async (name) => (await (await caches.open(name)).keys()).length),
      );
      return (
        pages.some((count) => count > 0) && (await (await caches.open("kolo-files-1")).keys()).length > 3
      );
    };
    while (!(await isKept())) await new Promise((resolve) => setTimeout(resolve, 50));
  });
  await page.reload();
  const code = await shownCode(page);
  await context.setOffline(true);
  await page.goto("/card");
  await expect(page).toHaveURL(new RegExp(`/en/card/${slug}$`));
  await expect(page.getByText(/^No network\. As of/)).toBeVisible();
  expect(await shownCode(page)).toBe(code);

  await context.setOffline(false);
  await expect(page.getByText(/^No network/)).toBeHidden({ timeout: 15_000 });
});

test("signing out leaves nothing of the card in the browser", async ({ page, context, demo }) => {
  const { slug } = await doorOf(demo.companyId);
  await takeCard(page, `/en/join/${slug}`);
  await page.goto(`/en/card/${slug}/profile`);
  await expectReadable(page);
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(page).toHaveURL(/\/en\/card\/sign-in/);
  const kept = () =>
    page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith("kolo-card-")).length);
  await expect.poll(kept).toBe(0);
  await context.setOffline(true);
  await page.goto(`/en/card/${slug}`);
  await expect(page.getByRole("heading", { name: "No network" })).toBeVisible();
});

test("the cashier's view fills the screen and closes with Escape", async ({ page, demo }) => {
  const { slug } = await doorOf(demo.companyId);
  await takeCard(page, `/en/join/${slug}`);
  await page.getByRole("button", { name: /Show to the cashier/ }).click();
  const view = page.getByRole("dialog", { name: "Code for the cashier" });
  await expect(view).toBeVisible();
  await expect(view.getByRole("img", { name: /QR code/ })).toBeVisible();
  await expectReadable(page);
  await page.keyboard.press("Escape");
  await expect(view).toBeHidden();
});

test("a wrong code says so and can be put right", async ({ page, demo }) => {
  const { slug } = await doorOf(demo.companyId);
  const email = `guest-${randomUUID().slice(0, 8)}@card.example`;
  await page.goto(`/en/join/${slug}`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Get the card" }).click();
  const right = await codeFromLetter(email);
  const wrong = right === "000000" ? "111111" : "000000";
  await page.getByLabel("Code from the letter").fill(wrong);
  await expect(page.getByRole("alert").filter({ hasText: "does not fit" })).toBeVisible();
  await page.getByLabel("Code from the letter").fill(right);
  await expect(page.getByRole("heading", { name: "Your card is ready" })).toBeVisible();
});

test("the poster's code leads to the door, a wrong one is explained", async ({ page, demo }) => {
  const { slug, joinCode } = await doorOf(demo.companyId);
  await page.goto(`/en/join?code=${joinCode.toLowerCase()}`);
  await expect(page).toHaveURL(new RegExp(`/en/join/${slug}$`));
  await page.goto("/en/join?code=NOSUCH99");
  await expect(page.getByText("There is no business with this code")).toBeVisible();
  await expectReadable(page);
  const qr = await page.request.get(`/api/qr/join/${slug}?format=png&size=256`);
  expect([qr.status(), qr.headers()["content-type"]]).toEqual([200, "image/png"]);
});

test("a friend joins by an invitation, and the inviter sees it", async ({ page, browser, demo }) => {
  const { slug } = await doorOf(demo.companyId);
  await takeCard(page, `/en/join/${slug}`);
  await page.goto(`/en/card/${slug}/invite`);
  await expectReadable(page);
  const link = await page.getByText(/\/join\/.*\?invite=/).textContent();
  const friends = await browser.newContext();
  const friend = await friends.newPage();
  await takeCard(friend, `/en/join/${slug}${new URL(link ?? "").search}`);
  await friends.close();
  await page.reload();
  await expect(page.getByText(/^joined \d/)).toHaveCount(1);
});

test("a receipt's points are taken once", async ({ page, demo }) => {
  const { slug } = await doorOf(demo.companyId);
  await takeCard(page, `/en/join/${slug}`);
  const made = await new Till(demo).ask("POST", "operations/voucher", {
    nonce: randomUUID(),
    receipt: { total: 800 },
  });
  expect(made.status).toBe(200);
  await page.goto(`/en/card/voucher/${String(made.body.code)}?b=${slug}`);
  await expectReadable(page);
  await page.getByRole("button", { name: "Take the points" }).click();
  await page.getByRole("link", { name: "To my card" }).click();
  await expect(page.getByText("Points from a receipt", { exact: true })).toBeVisible();
  await page.goto(`/en/card/voucher/${String(made.body.code)}?b=${slug}`);
  await expect(page.getByText("There are no points here")).toBeVisible();
});

test("nobody sees a card that is not theirs", async ({ page, demo, request }) => {
  const { slug } = await doorOf(demo.companyId);
  await page.goto(`/en/card/${slug}`);
  await expect(page).toHaveURL(/\/en\/card\/sign-in\?to=/);
  for (const endpoint of ["state", "live"]) {
    const answer = await request.get(`/api/card/${endpoint}?business=${slug}`);
    expect([answer.status(), answer.headers()["cache-control"]]).toEqual([
      401,
      expect.stringContaining("no-store"),
    ]);
  }
});
