import "server-only";
import { allBusinesses, type Context, require, systemContext } from "../access";
import { type Tx, withBusiness } from "../platform/db";
import { log } from "../platform/log";
import { programmeIn } from "../program";
import { noteUses } from "../segments";
import * as drawn from "./drawn/store";
import { NAMED_KINDS, type NamedKind, namedIn } from "./named/model";
import { there } from "./named/store";
import type { Definition } from "./schema";
import * as store from "./store";

/** A journey or campaign that would stop without something. */
export type JourneyUse = {
  readonly id: bigint;
  readonly name: string;
  readonly kind: "journey" | "campaign";
};

/**
 * Journeys in force that name something, for whoever is about to take it away. Shape: `id` as the thing's own module writes it.
 *
 * Refuses: `forbidden`.
 */
export async function journeysNaming(ctx: Context, kind: NamedKind, id: string): Promise<JourneyUse[]> {
  require(ctx, "journeys:read");
  return await withBusiness(ctx.business.id, async (tx) => {
    const uses: JourneyUse[] = [];
    for (const one of await drawn.inForce(tx, ctx.business.id)) {
      const program = await store.program(tx, one, one.version);
      if (namedIn(program.definition)[kind].includes(id))
        uses.push({ id: one.id, name: one.name, kind: one.kind });
    }
    return uses;
  });
}

/** Tells the segments which of them a journey asks about; one that is over asks about none. */
export async function noteSegments(
  tx: Tx,
  ctx: Context,
  { id, name }: { readonly id: bigint; readonly name: string },
  definition: Definition | null,
): Promise<void> {
  const ids = definition ? namedIn(definition).segment.map(BigInt) : [];
  await noteUses(tx, ctx, { kind: "journey", ref: id.toString(), name }, ids);
}

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
