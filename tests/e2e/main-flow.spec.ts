/** The main job: join on the card, find by code, calc, create with points, the card shows it, refund in two parts. */
import { expect, test } from "../support/e2e";
import { shownCode } from "../support/guest";
import { Till } from "../support/http-till";
import { joinByEmail, signInStaff } from "../support/people";

const points = (amount: number) =>
  new Intl.NumberFormat("en", { minimumFractionDigits: amount % 1 ? 2 : 0 }).format(amount);

test("a till's purchase shows on the card at once, and in the office", async ({ page, browser, demo }) => {
  test.setTimeout(120_000);
  const email = `flow-${Date.now()}@example.com`;
  await joinByEmail(page, browser, { baseURL: demo.baseUrl, slug: demo.slug, owner: demo.owner, email });
  const balance = page.getByRole("status").filter({ hasText: /point/ }).first();
  await expect(balance).toContainText("300 points");

  const till = new Till(demo);
  const code = await shownCode(page);
  const found = await till.ask("GET", `customers/find?code=${code}`);
  expect(found.status).toBe(200);
  const { participant } = found.body.user as { participant: { id: number; points: number } };
  expect(participant.points).toBe(300);

  const calc = await till.ask("POST", "operations/calc", { code, receipt: { total: 1_000, points: 100 } });
  const bill = calc.body.purchase as { cash: number; points: number; cashBack: number };
  expect(bill).toMatchObject({ points: 100, cash: 900 });

  // The page must change by itself: remember it, and look for the change on the same document.
  await page.evaluate(() => Object.assign(window, { stillHere: true }));
  const body = {
    code,
    nonce: crypto.randomUUID(),
    receipt: { total: 1_000, cash: 900, points: 100, number: "E2E-1" },
  };
  const made = await till.ask("POST", "operations", body);
  expect(made.status, JSON.stringify(made.body)).toBe(200);
  const after = await till.ask("GET", `customers/${participant.id}`);
  const now = (after.body.participant as { points: number }).points;
  await expect(balance).toContainText(points(now));
  expect(await page.evaluate(() => "stillHere" in window)).toBe(true);
  // A used code is gone for good, and the card has the next one.
  expect((await till.ask("GET", `customers/find?code=${code}`)).status).toBe(404);
  await expect.poll(() => shownCode(page), { timeout: 3_000 }).not.toBe(code);

  // Again with the same nonce: the first operation.
  const again = await till.ask("POST", "operations", body);
  expect(again.body.id).toBe(made.body.id);

  const owner = await browser.newContext({ baseURL: demo.baseUrl });
  const office = await owner.newPage();
  await signInStaff(office, demo.owner, "/office/operations");
  await expect(office.getByText(email).first()).toBeVisible();
  await owner.close();

  const part = await till.ask("POST", `operations/${String(made.body.id)}/refund`, { partialAmount: 400 });
  expect(part.body).toMatchObject({
    state: "REVERSAL",
    total: -400,
    points: 40,
    origin: { id: made.body.id },
  });
  const rest = await till.ask("POST", `operations/${String(made.body.id)}/refund`);
  expect(rest.body).toMatchObject({ state: "REVERSAL", total: -600, cash: -540, points: 60 });
  await expect(balance).toContainText("300 points");
  expect((await till.ask("POST", `operations/${String(made.body.id)}/refund`)).status).toBe(400);

  await page.getByRole("link", { name: "History", exact: true }).click();
  await expect(page.getByText("Welcome points").first()).toBeVisible();
  await expect(page.getByText("Return").first()).toBeVisible();
});
