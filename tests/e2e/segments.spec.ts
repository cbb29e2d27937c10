/** Segments in the office: a ready-made one, one of one's own by keyboard, why somebody is in, and the file. */
import { expect, test } from "../support/e2e";
import { Till } from "../support/http-till";
import { signInStaff } from "../support/people";
import { expectReadable } from "../support/readable";

const somePhone = () => `+38050${String(Date.now()).slice(-7)}`;

test("a ready-made segment is added and follows the till within a second or two", async ({ page, demo }) => {
  await signInStaff(page, demo.owner, "/office/segments");
  await page.getByRole("button", { name: "Add: New", exact: true }).click();
  await page.getByRole("link", { name: "New", exact: true }).click();
  await expect(page.getByTestId("segment-count")).toBeVisible();
  await expect(page.getByTestId("segment-sentence")).toHaveText("First visit: within the last 30 days");
  const phone = somePhone();
  await new Till(demo).ask("POST", "operations", {
    participant: { phone },
    nonce: crypto.randomUUID(),
    receipt: { total: 500, cash: 500, points: 0, number: "SEGMENT-1" },
  });
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("region", { name: "Who is in" }).getByText(phone)).toBeVisible({
      timeout: 500,
    });
  }).toPass({ timeout: 10_000 });
  await expectReadable(page);

  const csv = await page.request.get(`${page.url()}/members.csv`);
  expect(csv.headers()["content-type"]).toContain("text/csv");
  expect(await csv.text()).toContain(phone);
});

test("a segment is built, moved about by keyboard, said in words, saved and taken away", async ({
  page,
  demo,
}) => {
  const name = `Regulars ${Date.now()}`;
  await signInStaff(page, demo.owner, "/office/segments");
  await page.getByRole("link", { name: "New segment" }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Condition" }).click();
  await page.getByLabel("What about").selectOption("field:visits");
  await page.getByLabel("Value").fill("2");
  await expect(page.getByTestId("segment-sentence")).toHaveText("Visits: at least 2");
  await page.getByRole("button", { name: "Condition" }).last().click();
  const sentence = page.getByTestId("segment-sentence");
  await expect(sentence).toHaveText("Visits: at least 2 and Purchase within the last 30 days: at least one");
  await page.getByRole("button", { name: "Drag to move" }).last().press("ArrowUp");
  await expect(sentence).toHaveText("Purchase within the last 30 days: at least one and Visits: at least 2");
  await expect(page.getByTestId("segment-count")).toBeVisible();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("link", { name })).toBeVisible();
  await page.getByRole("link", { name }).click();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("link", { name })).toHaveCount(0);
});

test("who only works at the desk has no segments to build", async ({ page, demo }) => {
  await signInStaff(page, demo.cashier, "/desk");
  const answer = await page.request.post("/api/office/segments/preview", {
    data: {
      rule: {
        version: 1,
        root: { kind: "all", nodes: [{ kind: "text", field: "shoe", test: { op: "known" } }] },
      },
    },
  });
  expect(answer.status()).toBe(400);
  expect(await answer.json()).toMatchObject({ fields: { "rule.root.nodes.0.field": ["unknown_field"] } });
});
