/**
 * npm run seed -- salon    the demo: a chain of three salons and a coffee bar, 18 months of visits
 * npm run seed -- empty    nothing; with --business "Name" --owner you@company.com a business of your own;
 *                          later, with --owner alone, a new sign-in link for somebody of the staff
 * npm run seed -- large    one business with 1,000,000 members and 10,000,000 purchases (--members for fewer)
 */
import { parseArgs } from "node:util";
import { disconnect } from "../lib/platform/db";
import { seedEmpty } from "../prisma/seed/empty";
import { seedLarge } from "../prisma/seed/large";
import { seedSalon } from "../prisma/seed/salon-demo";
import { connected } from "./runner/connect";
import { orExplain, Problem } from "./runner/problem";

const USAGE =
  "Say npm run seed -- salon, npm run seed -- empty --business NAME --owner E-MAIL, or npm run seed -- large.";
const text = { type: "string" } as const;

await orExplain(async () => {
  const ownerUrl = process.env.DATABASE_URL ?? "";
  const { scenario, options } = wanted();
  const wantsLink = scenario === "empty" && options.owner !== undefined && options.business === undefined;
  if (!wantsLink) await refuseFull(ownerUrl);
  try {
    if (scenario === "salon") await seedSalon(ownerUrl);
    else if (scenario === "empty") await seedEmpty(ownerUrl, options);
    else if (scenario === "large") await seedLarge(ownerUrl, options);
    else throw new Problem(USAGE);
  } finally {
    await disconnect();
  }
});

function wanted() {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: {
        business: text,
        owner: text,
        name: text,
        location: text,
        currency: text,
        locale: text,
        zone: text,
        members: text,
      },
    });
    return { scenario: positionals[0], options: values };
  } catch (error) {
    throw new Problem(`${error instanceof Error ? error.message : ""} ${USAGE}`.trim());
  }
}

/** A seed only ever fills a database that holds nothing: what is in it may be somebody's business. */
async function refuseFull(ownerUrl: string): Promise<void> {
  await connected(ownerUrl, async (owner) => {
    const made = await owner.query<{ is: boolean }>("select to_regclass('business') is not null as is");
    if (!made.rows[0]?.is)
      throw new Problem("This database has no tables yet: run npm run migrate, then the command again.");
    const { rows } = await owner.query<{ name: string }>("select name from business order by id limit 1");
    if (rows[0])
      throw new Problem(
        `This database already holds "${rows[0].name}": to seed anew, stop Kolo and move its data folder (.kolo) away, or name an empty database in DATABASE_URL.`,
      );
  });
}
