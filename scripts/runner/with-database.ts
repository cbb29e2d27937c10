/** Runs another script with a database at hand: DATABASE_URL's, the one of a running Kolo, or the built-in one for as long as it takes. */
import path from "node:path";
import { pathToFileURL } from "node:url";
import { appUrl } from "./app-role";
import { dataFolder, secret } from "./data-folder";
import { borrowDatabase } from "./database";
import { migrate } from "./migrate";
import { generateClient } from "./prisma-client";
import { orExplain, Problem } from "./problem";

const [script, ...args] = process.argv.slice(2);

await orExplain(async () => {
  if (!script) throw new Problem("Name the script to run: node scripts/run.mjs scripts/seed.ts salon");
  const folder = dataFolder();
  const key = secret(folder);
  const database = await borrowDatabase(folder, `npm run ${path.basename(script, ".ts")}`);
  try {
    await generateClient();
    // A built-in database that only this script uses may be new; one of yours is left as it is.
    if (database.own && !script.endsWith("migrate.ts")) await migrate(database.ownerUrl, key);
    process.env.DATABASE_URL = database.ownerUrl;
    process.env.DATABASE_APP_URL ??= appUrl(database.ownerUrl, key);
    process.env.KOLO_SECRET = key;
    process.argv.splice(1, process.argv.length, path.resolve(script), ...args);
    await import(pathToFileURL(path.resolve(script)).href);
  } finally {
    await database.stop();
  }
});
