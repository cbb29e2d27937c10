/** What an owner does with a draft of a journey or campaign. */
import { expect, type Page } from "@playwright/test";

/** Saves what was changed, and puts it in force. */
export async function startJourney(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save the draft" }).click();
  await expect(page.getByText("Not saved yet")).toBeHidden();
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Start", exact: true }).click();
  await expect(page.getByText("Live", { exact: true }).first()).toBeVisible();
}
