import "server-only";
import { audit, type Context, require } from "../access";
import { newId } from "../kernel/ids";
import { Refused } from "../kernel/refusals";
import { type Tx, withBusiness } from "../platform/db";
import * as drawn from "./drawn/store";
import { firstLook } from "./engine/strikes";
import { goneOf } from "./gone";
import { knownOf, vocabulary } from "./known";
import { type Problem, problemsOf } from "./problems/model";
import type { Definition } from "./schema";
import { allSteps } from "./walk/model";

/** As many journeys and campaigns as a business may keep. */
const JOURNEYS_MAX = 1_000;

export type NewJourney = {
  readonly kind: "journey" | "campaign";
  readonly name: string;
  readonly definition: Definition;
  /** The ready-made journey it comes from. */
  readonly preset: string | null;
};

/** Makes a draft. Refuses: `limit_reached`. */
export async function createJourney(ctx: Context, made: NewJourney): Promise<bigint> {
  require(ctx, "journeys:write");
  return await withBusiness(ctx.business.id, async (tx) => {
    if ((await drawn.count(tx, ctx.business.id)) >= JOURNEYS_MAX) throw new Refused("limit_reached");
    const id = newId(ctx.now);
    await drawn.insert(tx, ctx, id, made);
    await audit(tx, ctx, `${made.kind}.create`, { kind: made.kind, id });
    return id;
  });
}

/** Everything wrong with a definition here and now. */
export async function check(ctx: Context, definition: Definition): Promise<Problem[]> {
  const words = await vocabulary(ctx);
  return problemsOf(definition, knownOf(words), ctx.now, ctx.business.zone);
}

export type Save = {
  readonly id: bigint;
  readonly revision: number;
  readonly name: string;
  readonly definition: Definition;
};

/**
 * Keeps the draft as it is, also with problems, which come back; what runs is not touched.
 *
 * Refuses: `stale` when somebody saved after `revision` was read, `not_found`, `in_use` for a campaign that has begun.
 */
export async function saveDraft(
  ctx: Context,
  save: Save,
): Promise<{ revision: number; problems: Problem[] }> {
  require(ctx, "journeys:write");
  const problems = await check(ctx, save.definition);
  const revision = await withBusiness(ctx.business.id, async (tx) => {
    const journey = await locked(tx, ctx, save.id);
    if (journey.revision !== save.revision) throw new Refused("stale");
    if (journey.kind === "campaign" && journey.state !== "draft") throw new Refused("in_use");
    await drawn.saveDraft(tx, ctx.business.id, save, journey.revision + 1);
    await audit(tx, ctx, `${journey.kind}.save`, { kind: journey.kind, id: save.id });
    return journey.revision + 1;
  });
  return { revision, problems };
}

export type GoLive = {
  readonly id: bigint;
  readonly revision: number;
  /** Whether people in flight move to this version where their step is still there; else they finish theirs. */
  readonly moves: boolean;
};

/**
 * Puts the draft in force as the next version, and lets people in from now on.
 *
 * Refuses: `invalid` while a problem forbids it, `stale`, `in_use` for a campaign that has begun, `not_found`.
 */
export async function goLive(ctx: Context, { id, revision, moves }: GoLive): Promise<number> {
  require(ctx, "journeys:write");
  const words = await vocabulary(ctx);
  return await withBusiness(ctx.business.id, async (tx) => {
    const journey = await locked(tx, ctx, id);
    if (journey.revision !== revision) throw new Refused("stale");
    if (journey.kind === "campaign" && journey.state !== "draft") throw new Refused("in_use");
    const definition = drawn.definitionOf(journey.draft);
    const wrong = problemsOf(definition, knownOf(words), ctx.now, ctx.business.zone).find(
      (one) => one.isError,
    );
    if (wrong) throw new Refused("invalid", { problem: wrong.code, step: wrong.step });
    const version = journey.version + 1;
    await drawn.insertVersion(tx, ctx, id, version, definition);
    const isFirst = journey.version === 0;
    const look = firstLook(definition, journey.kind, ctx.now, ctx.business.zone);
    const isNow = definition.triggers.some((one) => one.kind === "schedule" && one.schedule.kind === "now");
    await drawn.begin(tx, ctx, id, {
      version,
      nextAt: look,
      enrolledTo: isNow && isFirst ? 0n : null,
      isFirst,
    });
    if (moves)
      await drawn.moveTo(
        tx,
        ctx.business.id,
        id,
        version,
        allSteps(definition.steps).map((step) => step.id),
      );
    await audit(tx, ctx, `${journey.kind}.start`, { kind: journey.kind, id }, { version });
    return version;
  });
}

/** What may be done to a journey that runs, from which states, and where it leads. */
const TURNS = {
  pause: { from: ["live", "draining"], to: "paused" },
  resume: { from: ["paused", "draining"], to: "live" },
  drain: { from: ["live", "paused"], to: "draining" },
  stop: { from: ["live", "paused", "draining"], to: "stopped" },
} as const;
export type Turn = keyof typeof TURNS;

/**
 * Pauses (nobody enters, nobody moves), resumes, drains (nobody enters, those inside finish) or stops (those inside leave).
 *
 * Refuses: `in_use` when its state does not allow that, `not_found`; `invalid` for going on without something that is gone.
 */
export async function turn(ctx: Context, id: bigint, what: Turn): Promise<void> {
  require(ctx, "journeys:write");
  await withBusiness(ctx.business.id, async (tx) => {
    const journey = await locked(tx, ctx, id);
    const { from, to } = TURNS[what];
    if (!from.some((state) => state === journey.state)) throw new Refused("in_use");
    const definition = await drawn.liveDefinition(tx, ctx.business.id, id, journey.version);
    const gone = what === "resume" ? await goneOf(tx, ctx.business.id, definition) : undefined;
    if (gone) throw new Refused("invalid", { problem: gone });
    const isHalfIn = journey.enrolledTo !== null;
    const nextAt =
      isHalfIn || to === "draining"
        ? ctx.now
        : firstLook(definition, journey.kind, ctx.now, ctx.business.zone);
    await drawn.turn(tx, ctx, id, { state: to, nextAt: to === "stopped" || to === "paused" ? null : nextAt });
    if (to === "stopped") await drawn.sendHome(tx, ctx, id);
    await audit(tx, ctx, `${journey.kind}.${what}`, { kind: journey.kind, id });
  });
}

/** Drops a draft that never went live. Refuses: `in_use`, `not_found`. */
export async function dropDraft(ctx: Context, id: bigint): Promise<void> {
  require(ctx, "journeys:write");
  await withBusiness(ctx.business.id, async (tx) => {
    const journey = await locked(tx, ctx, id);
    if (journey.version > 0) throw new Refused("in_use");
    await drawn.drop(tx, ctx.business.id, id);
    await audit(tx, ctx, `${journey.kind}.drop`, { kind: journey.kind, id });
  });
}

async function locked(tx: Tx, ctx: Context, id: bigint): Promise<drawn.Drawn> {
  const journey = await drawn.find(tx, ctx.business.id, id, true);
  if (!journey) throw new Refused("not_found");
  return journey;
}
