import "server-only";
import { allBusinesses, systemContext } from "../access";
import { type Tx, withBusiness } from "../platform/db";
import { log } from "../platform/log";
import { programmeIn } from "../program";
import { NAMED_KINDS, namedIn } from "./named/model";
import { there } from "./named/store";
import type { Definition } from "./schema";
import * as store from "./store";

/** Why a definition cannot go on: the first thing it names that is not there any more, as `<kind>_gone`. */
export async function goneOf(
  tx: Tx,
  businessId: bigint,
  definition: Definition,
): Promise<string | undefined> {
  const named = namedIn(definition);
  const found = await there(tx, businessId, named);
  if (named.tier.length > 0) {
    const { base, tiers } = await programmeIn(tx, businessId);
    found.set("tier", new Set([base, ...tiers].map(({ id }) => id)));
  }
  const kind = NAMED_KINDS.find((each) => named[each].some((id) => !found.get(each)?.has(id)));
  return kind && `${kind}_gone`;
}

/**
 * Pauses journeys something is missing from, in every business, with the reason their owner reads; the job's. Answers how many.
 *
 * Shape: people stay where they are; the owner mends the draft and starts it again, or resumes.
 */
export async function pauseBroken(now: Date, stopping: () => boolean = () => false): Promise<number> {
  let paused = 0;
  for (const business of await allBusinesses()) {
    if (stopping()) return paused;
    const ctx = systemContext(business, "journeys", now);
    paused += await withBusiness(business.id, async (tx) => {
      let here = 0;
      for (const journey of await store.running(tx, ctx.business.id)) {
        const { definition } = await store.program(tx, journey, journey.version);
        const reason = await goneOf(tx, journey.businessId, definition);
        if (!reason) continue;
        log.warn("journey.paused", { business: journey.businessId, journey: journey.id, reason });
        await store.pauseFor(tx, journey, reason);
        here += 1;
      }
      return here;
    });
  }
  return paused;
}
