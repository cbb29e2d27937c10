/** The worker process: acts on events and runs jobs. Any number may run side by side; SIGTERM finishes the step under way. */
import { setTimeout as sleep } from "node:timers/promises";
import { runSenders } from "../lib/messaging";
import { disconnect } from "../lib/platform/db";
import { beat } from "../lib/platform/health";
import { startJobs } from "../lib/platform/jobs";
import { log } from "../lib/platform/log";
import { drain } from "../lib/platform/outbox";
import { crontab, handlers, minters, pulses, tasks } from "../lib/wiring";

const IDLE_MS = 150;
const BEAT_MS = 5_000;
const TROUBLE_MS = 2_000;

const stop = new AbortController();
const stopping = () => stop.signal.aborted;
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => stop.abort());

const pause = (ms: number) => sleep(ms, undefined, { signal: stop.signal }).catch(() => {});

async function actOnEvents(): Promise<void> {
  let beatenAt = 0;
  while (!stopping()) {
    try {
      const now = Date.now();
      if (now - beatenAt >= BEAT_MS) {
        await beat(new Date(now));
        beatenAt = now;
      }
      await drain(handlers, () => new Date(), stopping);
      await pause(IDLE_MS);
    } catch (error) {
      // The database may be restarting: nothing is lost, events wait where they are.
      log.error("worker.events", error);
      await pause(TROUBLE_MS);
    }
  }
}

async function beatOn(name: string, pulse: (stopping: () => boolean) => Promise<number>): Promise<void> {
  while (!stopping()) {
    try {
      await pulse(stopping);
      await pause(IDLE_MS);
    } catch (error) {
      log.error(`worker.${name}`, error);
      await pause(TROUBLE_MS);
    }
  }
}

async function runJobs(): Promise<void> {
  while (!stopping()) {
    try {
      const jobs = await startJobs(tasks, crontab);
      await Promise.race([
        new Promise<void>((resolve) => stop.signal.addEventListener("abort", () => resolve())),
        jobs.ended,
      ]);
      await jobs.stop();
    } catch (error) {
      log.error("worker.jobs", error);
      await pause(TROUBLE_MS);
    }
  }
}

log.info("worker.started", { pid: process.pid });
await Promise.all([
  actOnEvents(),
  runJobs(),
  runSenders({ minters, now: () => new Date(), stopping }),
  ...Object.entries(pulses).map(([name, pulse]) => beatOn(name, pulse)),
]);
await disconnect();
log.info("worker.stopped");
process.exit(0);
