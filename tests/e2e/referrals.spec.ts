/** Friends: from the owner's terms to an invitation opened, joined and paid for, what it brings, and a refund that takes it back. */
import { randomUUID } from "node:crypto";
import { expect, test } from "../support/e2e";
import { shownCode, takeCard } from "../support/guest";
import { Till } from "../support/http-till";
import { doorOf } from "../support/letters";
import { signInStaff } from "../support/people";
import { expectReadable } from "../support/readable";

test("an owner switches a level on, a friend comes by the link, and what they pay comes back", async ({
  browser,
  page,
  demo,
}) => {
  test.slow();
  await signInStaff(page, demo.owner, "/office/programme/referrals");
  await expect(page.getByRole("heading", { level: 1, name: "Friends" })).toBeVisible();
  const first = page.getByRole("switch", { name: /^Friends To the guest/ });
  if (!(await first.isChecked())) await first.check();
  const share = page.getByLabel("Share, Friends", { exact: true });
  await share.fill("8");
  await expect(page.getByText("+80", { exact: true })).toBeVisible();
  await expectReadable(page);
  await page.getByRole("button", { name: "Save changes…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Put in force" }).click();
  await expect(page.getByRole("alertdialog")).toBeHidden();

  // Two guests on two telephones.
  const { slug } = await doorOf(demo.companyId);
  const phone = { viewport: { width: 360, height: 740 }, baseURL: demo.baseUrl };
  const [ownPage, friendPage] = await Promise.all(
    [0, 1].map(async () => (await browser.newContext(phone)).newPage()),
  );
  if (!ownPage || !friendPage) throw new Error("two pages were opened");
  await takeCard(ownPage, `/en/join/${slug}`, { name: "Nadia Bondar" });
  await ownPage.goto(`/en/card/${slug}/invite`);
  await expect(ownPage.getByText("8% of what your friends pay, for ever")).toBeVisible();
  await expectReadable(ownPage);
  const link = (await ownPage.getByText(/\/join\/.*invite=/).textContent()) ?? "";
  await takeCard(friendPage, link.replace(/^.*?\/join\//, "/en/join/"), { name: "Nadia Bondar" });

  const till = new Till(demo);
  const bought = await till.ask("POST", "operations", {
    code: await shownCode(friendPage),
    nonce: randomUUID(),
    receipt: { total: 500, cash: 500, points: 0, number: `R-${Date.now()}` },
  });
  expect(bought.status, JSON.stringify(bought.body)).toBe(200);
  const friends = ownPage.getByRole("region", { name: "Your friends" });
  await expect(async () => {
    await ownPage.goto(`/en/card/${slug}/invite`);
    await expect(friends.getByText("Nadia B.")).toBeVisible({ timeout: 2_000 });
    await expect(friends.getByText("has made a first visit")).toBeVisible({ timeout: 2_000 });
    await expect(friends.getByText(/^\+\d/)).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });

  // The tills are told the same shares.
  const settings = await till.ask("GET", "settings");
  expect(JSON.stringify(settings.body)).toContain('"referralCashbackRates":[8,');

  const { id } = bought.body as { id: number };
  const undone = await till.ask("POST", `operations/${id}/refund`, { partialAmount: 500 });
  expect(undone.status, JSON.stringify(undone.body)).toBe(200);
  await expect(async () => {
    await ownPage.goto(`/en/card/${slug}/invite`);
    await expect(friends.getByText(/^\+\d/)).toHaveCount(0, { timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
});

test("the ambassadors page opens whom a guest brought, by keyboard, and gives a file", async ({
  page,
  demo,
}) => {
  await signInStaff(page, demo.owner, "/office/ambassadors");
  await expect(page.getByRole("heading", { level: 1, name: "Ambassadors" })).toBeVisible();
  await expectReadable(page);
  const opener = page.getByRole("button", { name: /^Show whom/ }).first();
  await opener.focus();
  await page.keyboard.press("ArrowRight");
  const hide = page.getByRole("button", { name: /^Hide whom/ }).first();
  await expect(hide).toBeFocused();
  await expect(page.getByRole("list", { name: /^Whom/ }).getByRole("listitem").first()).toBeVisible();
  await expectReadable(page);
  await page.keyboard.press("ArrowLeft");
  await expect(opener).toBeFocused();
  await page.getByRole("link", { name: "Points", exact: true }).click();
  await expect(page).toHaveURL(/sort=points/);
  const csv = await page.request.get("/en/office/ambassadors.csv");
  expect(csv.headers()["content-type"]).toContain("text/csv");
  expect((await csv.text()).split("\r\n")[0]).toContain("friends_paid");
});
