/**
 * npm run migrate                    applies pending migrations and makes the app's role
 * npm run migrate -- --diff NAME     writes a new migration from the difference to prisma/schema
 * npm run migrate -- --check         fails when prisma/schema and the migrations differ
 */
import path from "node:path";
import { dataFolder, root, secret } from "./runner/data-folder";
import { difference, migrate, nameOf, writeMigration } from "./runner/migrate";
import { Problem } from "./runner/problem";

const ownerUrl = process.env.DATABASE_URL ?? "";
const [option, name = ""] = process.argv.slice(2);

switch (option) {
  case undefined: {
    const { applied } = await migrate(ownerUrl, secret(dataFolder()));
    console.log(applied.length ? applied.map((each) => `applied ${each}`).join("\n") : "nothing to apply");
    console.log(`${nameOf(ownerUrl)} is up to date`);
    break;
  }
  case "--diff": {
    const file = await writeMigration(ownerUrl, name);
    console.log(file ? `wrote ${path.relative(root, file)}` : "prisma/schema and the migrations agree");
    break;
  }
  case "--check": {
    const sql = await difference(ownerUrl);
    if (sql)
      throw new Problem(
        `prisma/schema and the migrations differ: run npm run migrate -- --diff <name>.\n${sql}`,
      );
    console.log("prisma/schema and the migrations agree");
    break;
  }
  default:
    throw new Problem("Say npm run migrate, npm run migrate -- --diff NAME, or npm run migrate -- --check.");
}
