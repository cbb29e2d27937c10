import "server-only";
/**
 * Jobs: work that must be done, later or on the clock, by whichever worker is free.
 *
 * Owns the queue (graphile-worker). Always true: a job is queued if and only if its transaction commits; it runs at least once,
 * so what it does must be safe to do again.
 */
import { Logger, type Runner, run } from "graphile-worker";
import { callIn, type Tx } from "../db";
import { env } from "../env";
import { log } from "../log";

/** One job: its payload as it was queued, and whether the worker is about to stop (then finish the step and throw `Stopping`). */
export type Task = (payload: unknown, stopping: () => boolean) => Promise<void>;

/** Thrown by a long job that was asked to stop: it goes on where it was, with another worker. */
export class Stopping extends Error {}

/** Queues a job in the caller's transaction; the same key again replaces a job that has not begun. */
export async function enqueue(
  tx: Tx,
  task: string,
  payload: object,
  key: string | null = null,
): Promise<void> {
  await callIn(tx, "SELECT 1 AS ok FROM enqueue_job($1, $2::json, $3)", [task, JSON.stringify(payload), key]);
}

/**
 * Runs jobs and the crontab until `stop`, which waits for what is under way. Several processes share the work.
 *
 * Shape: `ended` settles when the queue gave up by itself (the database went away); start again then.
 */
export async function startJobs(
  tasks: Readonly<Record<string, Task>>,
  crontab: string,
): Promise<{ ended: Promise<void>; stop: () => Promise<void> }> {
  let stopping = false;
  const wrapped = Object.entries(tasks).map(([name, task]) => [
    name,
    (payload: unknown) => task(payload, () => stopping),
  ]);
  const runner: Runner = await run({
    connectionString: env().DATABASE_URL ?? env().DATABASE_APP_URL,
    taskList: Object.fromEntries(wrapped),
    crontab,
    concurrency: 4,
    pollInterval: 1_000,
    noHandleSignals: true,
    logger: new Logger(() => (level, message) => {
      if (level === "error") log.error("jobs", message);
    }),
  });
  return {
    ended: runner.promise.catch((error: unknown) => log.error("jobs.ended", error)),
    stop: async () => {
      stopping = true;
      await runner.stop().catch(() => {}); // it may have stopped by itself
    },
  };
}
