/** Messages as an owner and a member keep them: a template with its warnings, views, gifts and a test; the rules of sending; the stop list; a member's own say. */
import { randomUUID } from "node:crypto";
import { expect, test } from "../support/e2e";
import { takeCard } from "../support/guest";
import { flip, signInStaff } from "../support/people";
import { expectReadable } from "../support/readable";

test("a template is written: what is wrong is said while one types, it is seen as it will be, and tried", async ({
  page,
  demo,
}) => {
  const name = `Gift ${randomUUID().slice(0, 6)}`;
  await signInStaff(page, demo.owner, "/office/messages/templates/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("radio", { name: "English" }).check({ force: true });
  await page.getByLabel("Title", { exact: true }).fill("A gift for {name}");
  await page.getByLabel("Text", { exact: true }).fill("{offerPoints} points until {offerUntil}, {nmae}");
  const remarks = page.locator("[aria-live=polite]");
  await expect(remarks.getByText("nothing is called nmae")).toBeVisible();
  await expect(remarks.getByText("offerPoints needs something given with the message")).toBeVisible();
  await expect(page.getByRole("button", { name: "Save", exact: true })).toBeDisabled();
  const given = page.getByRole("group", { name: "Given with the message" });
  await given.getByRole("button", { name: "Points", exact: true }).click();
  await given.getByLabel("How many points").fill("75");
  await given.getByLabel("Good for, days").fill("5");
  await page
    .getByLabel("Text", { exact: true })
    .fill("{offerPoints, plural, one {# point} other {# points}} until {offerUntil}");
  await expect(remarks.getByText("nothing is called nmae")).toBeHidden();
  // As the lock screen, the mail program and the card will show it, with everything filled in.
  for (const view of ["Lock screen", "Letter", "In the card"]) {
    await page.getByRole("radio", { name: view }).check({ force: true });
    await expect(page.getByText(/^A gift for (?!\{)/).last()).toBeVisible();
  }
  await expectReadable(page);
  await page.getByRole("button", { name: "Test to my mail" }).click();
  await expect(page.getByText("Sent to you").first()).toBeVisible();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.waitForURL(/\/messages\/templates$/);
  await expect(page.getByRole("link", { name })).toBeVisible();
  await page.goto("/en/office/mailbox");
  await expect(page.getByRole("link", { name: /A gift for/ }).first()).toBeVisible();
});

test("the rules of sending are changed, and an address is closed and opened again", async ({
  page,
  demo,
}) => {
  await signInStaff(page, demo.owner, "/office/messages/rules");
  await expectReadable(page);
  await page.getByLabel("In a day", { exact: true }).fill("3");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Rules saved").first()).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("In a day", { exact: true })).toHaveValue("3");
  const address = page.getByLabel("Address or phone");
  await address.fill(`closed-${randomUUID().slice(0, 6)}@example.com`);
  const closed = await address.inputValue();
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await expect(page.getByText("Nothing is sent there any more").first()).toBeVisible();
  await expect(page.getByText(/closed by you: \d/)).toBeVisible();
  await address.fill(closed);
  await page.getByRole("button", { name: "Open again" }).click();
  await expect(page.getByText("The address is open again").first()).toBeVisible();
});

test("a member says what may come, and reads what was agreed to", async ({ page, demo }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await takeCard(page, `/en/join/${demo.slug}`);
  await page.goto(`/en/card/${demo.slug}/messages/settings`);
  const letters = page
    .getByRole("region", { name: "Offers and news" })
    .getByRole("switch", { name: /E-mail/ });
  const own = page.getByRole("region", { name: "Quiet hours" });
  await expect(letters).not.toBeChecked();
  for (const isOn of [true, false]) await flip(letters, isOn);
  await own.getByRole("radio", { name: "My own" }).check({ force: true });
  await expect(own.getByText("Saved")).toBeVisible();
  await page.reload();
  await expect(letters).not.toBeChecked();
  await expect(own.getByRole("radio", { name: "My own" })).toBeChecked();
  const said = page.getByRole("region", { name: "What I agreed to" }).getByRole("listitem");
  await expect(said.first()).toContainText(/E-mail · Offers and news.*No/);
  await expect(said.nth(1)).toContainText(/E-mail · Offers and news.*Yes/);
  await expectReadable(page);
});
