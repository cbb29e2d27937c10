import "server-only";
/** Health: whether everything a person needs is up. */
import { call, withoutBusiness } from "../db";

const WORKER_KEY = "worker_beat";
const WORKER_SILENT_MS = 30_000;

export type Health = { readonly web: "up"; readonly database: "up" | "down"; readonly worker: "up" | "down" };

/** A worker says that it lives. */
export async function beat(now: Date): Promise<void> {
  await withoutBusiness(async (tx) => {
    const value = now.toISOString();
    await tx.installation.upsert({
      where: { key: WORKER_KEY },
      create: { key: WORKER_KEY, value },
      update: { value },
    });
  });
}

/** Asks the database, and there when a worker was last heard of. Never throws. */
export async function health(now: Date): Promise<Health> {
  try {
    const [row] = await call<{ value: unknown }>(
      "worker_beat",
      "SELECT value FROM installation WHERE key = $1",
      [WORKER_KEY],
    );
    const heardMs = typeof row?.value === "string" ? Date.parse(row.value) : Number.NaN;
    const worker = now.getTime() - heardMs < WORKER_SILENT_MS ? "up" : "down";
    return { web: "up", database: "up", worker };
  } catch {
    return { web: "up", database: "down", worker: "down" };
  }
}
