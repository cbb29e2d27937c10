import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { findBusiness } from "../../access";
import { log } from "../../platform/log";
import { CHANNELS, type Channel } from "../model";
import type { Minters } from "./say";
import * as store from "./store";
import { takeTurns } from "./turn";

const IDLE_MS = 300;
const TROUBLE_MS = 3_000;

type Run = {
  readonly minters: Minters;
  readonly now: () => Date;
  readonly stopping: () => boolean;
};

/**
 * The senders: a loop for every channel, so that one channel's bad day holds up no other; inside a channel businesses take
 * turns, so that one business's campaign holds up no other. Ends when `stopping` says so, after the turns under way.
 */
export async function runSenders(run: Run): Promise<void> {
  await Promise.all(CHANNELS.map((lane) => loop(lane, run)));
}

async function loop(lane: Channel, run: Run): Promise<void> {
  while (!run.stopping()) {
    try {
      if ((await round(lane, run)) === 0) await sleep(IDLE_MS);
    } catch (error) {
      // The database may be restarting: nothing is lost, messages wait where they are.
      log.error("sender.lane", error, { lane });
      await sleep(TROUBLE_MS);
    }
  }
}

/** Turns for every business that has work. One business's trouble ends its own turns only. */
async function round(lane: Channel, run: Run): Promise<number> {
  let taken = 0;
  for (const id of await store.businessesWithWork(lane, run.now())) {
    if (run.stopping()) return taken;
    const business = await findBusiness({ id });
    if (!business) continue;
    try {
      taken += await takeTurns(business, lane, run.minters, run.now);
    } catch (error) {
      log.error("sender.turn", error, { lane, business: id });
    }
  }
  return taken;
}

/**
 * Sends all that is due at a moment and comes back; for tests, benches and one-off runs. Answers how many messages were looked at.
 *
 * Time: `now` stands still: what is postponed past it stays queued.
 */
export async function sendDue(run: Omit<Run, "stopping">, turnsMax = 10_000): Promise<number> {
  let all = 0;
  for (let turns = 0; turns < turnsMax; turns += 1) {
    const taken = await Promise.all(CHANNELS.map((lane) => round(lane, { ...run, stopping: () => false })));
    const sum = taken.reduce((a, b) => a + b, 0);
    if (sum === 0) return all;
    all += sum;
  }
  return all;
}
