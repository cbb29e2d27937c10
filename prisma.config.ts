import { defineConfig } from "prisma/config";

// `prisma generate` asks for an engine it never runs; any executable satisfies it, so no download is needed.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: "prisma/schema",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? "" },
});
