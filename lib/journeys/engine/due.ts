import "server-only";
import { findBusiness, systemContext } from "../../access";
import { StaleVersion, withBusiness, withoutBusiness } from "../../platform/db";
import { log } from "../../platform/log";
import * as runs from "../runs/store";
import * as store from "../store";
import { Halted } from "./effects";
import { move } from "./move";

const BATCH = 500;
const JOURNEYS_A_ROUND = 50;
const ATTEMPTS_MAX = 8;
const DELAY_FIRST_MS = 2_000;

type Place = { readonly businessId: bigint; readonly id: bigint; readonly dueBy: Date };

/**
 * Moves everybody whose time has come by now, in every business, or until `stopping` says so. Answers how many were moved.
 *
 * Time: who becomes due meanwhile is left to the next call, so that a steady stream never keeps the caller from its other work. Shape: batches of one journey, taken in turn so that a long one holds no other up; any number of workers side by side. A run that
 * cannot be moved waits longer each time and is stopped with its reason at last; a journey something is missing from is paused.
 */
export async function advanceDue(now: () => Date, stopping: () => boolean = () => false): Promise<number> {
  let moved = 0;
  const dueBy = now();
  for (;;) {
    const places = await withoutBusiness((tx) => store.due(tx, dueBy, JOURNEYS_A_ROUND));
    let inRound = 0;
    for (const place of places) {
      if (stopping()) return moved;
      inRound += await advanceJourney({ ...place, dueBy }, now());
    }
    moved += inRound;
    if (inRound === 0) return moved;
  }
}

/** One batch; when it fails, its runs are taken again one by one, so that one broken run does not hold the others. */
async function advanceJourney(place: Place, now: Date): Promise<number> {
  try {
    return await advanceBatch(place, now, BATCH);
  } catch (error) {
    if (error instanceof Halted) {
      log.warn("journey.paused", { business: place.businessId, journey: place.id, reason: error.reason });
      await withBusiness(place.businessId, (tx) => store.pauseFor(tx, place, error.reason));
      return 1;
    }
    if (!(error instanceof StaleVersion)) log.error("journey.batch_failed", error, { journey: place.id });
  }
  let moved = 0;
  for (let taken = 0; taken < BATCH; taken += 1) {
    const one = await advanceOne(place, now);
    if (one === 0) break;
    moved += one;
  }
  return moved;
}

async function advanceBatch(place: Place, now: Date, limit: number): Promise<number> {
  const business = await findBusiness({ id: place.businessId });
  if (!business) return 0;
  const ctx = systemContext(business, "journeys", now);
  return await withBusiness(place.businessId, async (tx) => {
    const journey = await store.one(tx, place);
    if (!journey || (journey.state !== "live" && journey.state !== "draining")) return 0;
    const due = await runs.claimDue(tx, place, place.dueBy, limit);
    await move(
      tx,
      ctx,
      journey,
      due.map((run) => ({ run, push: { kind: "due" } })),
    );
    return due.length;
  });
}

async function advanceOne(place: Place, now: Date): Promise<number> {
  let taken: runs.Run | undefined;
  try {
    const business = await findBusiness({ id: place.businessId });
    if (!business) return 0;
    return await withBusiness(place.businessId, async (tx) => {
      const journey = await store.one(tx, place);
      if (!journey || (journey.state !== "live" && journey.state !== "draining")) return 0;
      [taken] = await runs.claimDue(tx, place, place.dueBy, 1);
      if (!taken) return 0;
      await move(tx, systemContext(business, "journeys", now), journey, [
        { run: taken, push: { kind: "due" } },
      ]);
      return 1;
    });
  } catch (error) {
    const run = taken;
    if (!run || error instanceof Halted) throw error;
    const isLast = run.attempts + 1 >= ATTEMPTS_MAX;
    log.error(isLast ? "journey.run_failed" : "journey.run_set_back", error, {
      run: run.id,
      attempts: run.attempts + 1,
    });
    const dueAt = isLast ? null : new Date(now.getTime() + DELAY_FIRST_MS * 2 ** run.attempts);
    await withBusiness(place.businessId, (tx) =>
      runs.setBack(
        tx,
        place.businessId,
        run.id,
        dueAt,
        error instanceof Error ? error.message : String(error),
      ),
    );
    return 1;
  }
}
