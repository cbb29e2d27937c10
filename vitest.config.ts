import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// A zone with an odd offset on the far side of the world from most servers: code that leans on the machine's zone fails.
process.env.TZ = "Asia/Kathmandu";

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^server-only$/, replacement: here("node_modules/server-only/empty.js") },
      { find: /^@\//, replacement: here("./") },
    ],
  },
  test: {
    // All processors, or on two of them half the time is spent waiting; a database each is cheap, more than four are not needed.
    maxWorkers: Math.min(4, availableParallelism()),
    projects: [
      {
        extends: true,
        test: {
          name: "core",
          // A slow machine is no failure.
          testTimeout: 120_000,
          include: ["{app,components,emails,lib,scripts,prisma,tests}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.db.test.ts", "tests/e2e/**", "**/node_modules/**"],
        },
      },
      {
        extends: true,
        test: {
          name: "database",
          include: ["{app,lib,scripts,prisma,tests}/**/*.db.test.ts"],
          globalSetup: "tests/support/database-server.ts",
          setupFiles: "tests/support/database.ts",
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
