/** What a guest does with a telephone: takes the card by a letter's code, and shows the card's code. */
import { randomUUID } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { codeFromLetter } from "./letters";

/** Joins as somebody new at the address of a business's door; stands on the card then. Answers the e-mail address. */
export async function takeCard(
  page: Page,
  address: string,
  { name = "", bornOn = "" } = {},
): Promise<string> {
  const email = `guest-${randomUUID().slice(0, 8)}@card.example`;
  await page.goto(address);
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Get the card" }).click();
  const field = page.getByLabel("Code from the letter");
  await expect(field).toBeFocused();
  await field.fill(await codeFromLetter(email));
  await expect(page.getByRole("heading", { name: "Your card is ready" })).toBeVisible();
  if (name !== "") await page.getByLabel("Your name").fill(name);
  if (bornOn !== "") await page.getByLabel("Birthday").fill(bornOn);
  if (name + bornOn === "") await page.getByRole("link", { name: "Skip", exact: true }).click();
  else await page.getByRole("button", { name: "To my card" }).click();
  await expect(page.getByText("Show to the cashier")).toBeVisible();
  return email;
}

/** The code on the screen, as a screen reader says it and a cashier types it. */
export async function shownCode(card: Page): Promise<string> {
  const spoken = await card
    .getByText(/^Code: (\d ?){6}$/)
    .first()
    .textContent();
  return (spoken ?? "").replaceAll(/\D/g, "");
}
