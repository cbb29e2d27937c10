/** What an end-to-end test starts from: Playwright's test with the running installation's address and its demo. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { test as base } from "@playwright/test";
import * as z from "zod";

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
