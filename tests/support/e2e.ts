/** What an end-to-end test starts from: Playwright's test with the running installation's address and its demo. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { test as base } from "@playwright/test";
import * as z from "zod";
import { root } from "../../scripts/runner/data-folder";
import { runNode } from "../../scripts/runner/tool";

const Demo = z.looseObject({
  baseUrl: z.string(),
  companyId: z.union([z.number(), z.string()]),
  apiKey: z.string(),
  owner: z.looseObject({ email: z.string(), password: z.string() }),
  cashier: z.looseObject({ email: z.string(), password: z.string() }),
  member: z.looseObject({ email: z.string() }),
  slug: z.string(),
  card: z.string(),
  desk: z.string(),
  office: z.string(),
});

function readDemo() {
  return Demo.parse(JSON.parse(readFileSync(path.join(process.env.KOLO_E2E ?? "", "demo.json"), "utf8")));
}

/** One more business in the running installation, for what must not mix with the demo. Answers how its owner signs in. */
export async function foundBusiness(name: string): Promise<{ email: string; password: string }> {
  const owner = { email: `${name.toLowerCase()}@kolo.example`, password: `kolo-${name.toLowerCase()}-test` };
  await runNode([path.join(root, "scripts/run.mjs"), "tests/support/new-house.ts", name, owner.email], {
    env: { ...process.env, KOLO_DATA: process.env.KOLO_E2E, KOLO_OWNER_PASSWORD: owner.password },
  });
  return owner;
}

export { expect } from "@playwright/test";

export const test = base.extend<object, { demo: z.output<typeof Demo> }>({
  demo: [
    // Playwright wants the first argument to be a pattern, even an empty one.
    async ({}, use) => {
      await use(readDemo());
    },
    { scope: "worker" },
  ],
  baseURL: async ({ demo }, use) => {
    await use(demo.baseUrl);
  },
});
