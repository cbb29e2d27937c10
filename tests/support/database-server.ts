/** Before the database tests: one throw-away PostgreSQL, with every migration applied to the database tests are cloned from. */
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { makeOwner } from "../../scripts/runner/database";
import { migrate } from "../../scripts/runner/migrate";
import { startPostgres } from "../../scripts/runner/postgres";
import { temporaryPlace } from "../../scripts/runner/postgres-files";

const PASSWORD = "test";
export const SECRET = "a secret for tests, and for nothing else";

declare module "vitest" {
  interface ProvidedContext {
    templateUrl: string;
  }
}

export default async function setup(project: TestProject) {
  const folder = temporaryPlace();
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const server = await startPostgres({
    folder: path.join(folder, "postgres"),
    log: path.join(folder, "postgres.log"),
    password: PASSWORD,
    throwAway: true,
  });
  const templateUrl = `postgresql://kolo:${PASSWORD}@127.0.0.1:${server.port}/kolo`;
  try {
    await makeOwner(server.port, PASSWORD);
    await migrate(templateUrl, SECRET);
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide("templateUrl", templateUrl);
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
