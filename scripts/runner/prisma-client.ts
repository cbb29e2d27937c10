import { unlessFresh } from "./stamp";
import { packaged, runNode } from "./tool";

/** Generates Prisma's client when prisma/schema or Prisma changed since the last time. Needs no network. */
export async function generateClient(): Promise<void> {
  const sources = ["prisma/schema", "prisma.config.ts", "node_modules/prisma/package.json"];
  await unlessFresh("lib/platform/db/generated/.stamp", sources, async () => {
    await runNode([packaged("prisma/build/index.js"), "generate"], {
      env: {
        ...process.env,
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: "1",
        CHECKPOINT_DISABLE: "1",
      },
    });
  });
}
