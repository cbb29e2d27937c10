/** What an owner does with a draft of a journey or campaign. */
import { expect, type Page } from "@playwright/test";

/** Saves what was changed, and puts it in force. */
export async function startJourney(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save the draft" }).click();
  await expect(page.getByText("Not saved yet")).toBeHidden();
  const dialog = page.getByRole("dialog");
  const live = page.getByText("Live", { exact: true }).first();
  // What was saved is read anew, and a dialog opened that very moment closes with the old page.
  await expect(async () => {
    if (await live.isVisible()) return;
    if (!(await dialog.isVisible()))
      await page.getByRole("button", { name: "Start", exact: true }).click({ timeout: 3_000 });
    await dialog.getByRole("button", { name: "Start", exact: true }).click({ timeout: 3_000 });
    await expect(live).toBeVisible();
  }).toPass({ timeout: 60_000 });
}
