/** Journeys and campaigns as an owner makes them: from the ready-made one to the message, and from the audience to the report. */
import { expect, test } from "../support/e2e";
import { Till } from "../support/http-till";
import { startJourney } from "../support/office-journeys";
import { signInStaff } from "../support/people";
import { expectReadable } from "../support/readable";

test("the welcome journey is begun from the ready-made one and greets who joins", async ({ page, demo }) => {
  await signInStaff(page, demo.owner, "/office/journeys");
  await page.getByRole("button", { name: /Use it: Welcome/ }).click();
  await page.waitForURL(/\/office\/journeys\/\d+$/);
  await expect(page.getByText(/When somebody joins: send “Welcome to/)).toBeVisible();
  // Nobody is left out of this one, so that the test knows who is greeted.
  await page.getByRole("spinbutton", { name: /Control group/ }).fill("0");
  await expectReadable(page);
  await startJourney(page);
  const phone = `+38063${String(Date.now()).slice(-7)}`;
  const made = await new Till(demo).ask("POST", "operations", {
    participant: { phone },
    nonce: crypto.randomUUID(),
    receipt: { total: 100, cash: 100, points: 0, number: "JOURNEY-1" },
  });
  expect(made.status, JSON.stringify(made.body)).toBe(200);
  await page.getByRole("link", { name: "People", exact: true }).click();
  await page.waitForURL(/view=people$/);
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("row", { name: new RegExp(phone.slice(1)) })).toBeVisible();
    await expect(page.getByRole("row", { name: new RegExp(phone.slice(1)) })).toContainText("sent");
  }).toPass({ timeout: 60_000 });
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Stop" }).click();
  await expect(page.getByText("Stopped", { exact: true }).first()).toBeVisible();
});

test("a campaign with a control group is built, started, watched and read", async ({ page, demo }) => {
  await signInStaff(page, demo.owner, "/office/campaigns");
  await page.getByRole("button", { name: "New campaign" }).first().click();
  await page.waitForURL(/\/office\/campaigns\/\d+$/);
  await expect(page.getByText(/\d+ members?/).first()).toBeVisible();
  await expect(page.getByText("Inbox in the card").first()).toBeVisible();
  await page.getByLabel("Name", { exact: true }).first().fill("Spring");
  await page.getByRole("button", { name: "Add a step here" }).first().click();
  await page.getByRole("menuitem", { name: "Message" }).click();
  await page.getByLabel("Title").fill("Spring is here");
  await page.getByLabel("Text", { exact: true }).fill("Come and see us.");
  await page.getByRole("spinbutton", { name: /Control group/ }).fill("20");
  await expect(page.getByText(/20 % get nothing/)).toBeVisible();
  await startJourney(page);
  await page.getByRole("link", { name: "What it brought" }).click();
  await page.waitForURL(/view=report$/);
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("heading", { name: "In plain words" })).toBeVisible();
    await expect(page.getByRole("cell", { name: "Spring is here" })).toBeVisible();
  }).toPass({ timeout: 60_000 });
  // A moment after the start nothing can be told yet, and it says so.
  await expect(page.getByText(/cannot be told apart from nothing|Too few people/).first()).toBeVisible();
  await expectReadable(page);
});

test("steps are moved and removed with the keyboard alone", async ({ page, demo }) => {
  await signInStaff(page, demo.owner, "/office/journeys");
  await page.getByRole("button", { name: "Empty journey" }).first().click();
  await page.waitForURL(/\/office\/journeys\/\d+$/);
  for (const kind of ["Wait", "Points"]) {
    await page.getByRole("button", { name: "Add a step here" }).last().focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: kind, exact: true }).press("Enter");
  }
  const steps = page.getByRole("button", { name: /^Edit:/ });
  await expect(steps).toHaveCount(2);
  await expect(steps.first()).toHaveAccessibleName(/Wait/);
  // A menu gives the focus back as it closes.
  await expect(page.getByRole("menu")).toHaveCount(0);
  await steps.last().press("Alt+ArrowUp");
  await expect(steps.first()).toHaveAccessibleName(/Points/);
  await steps.first().press("Delete");
  await expect(steps).toHaveCount(1);
});
