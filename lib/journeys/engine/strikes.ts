import "server-only";
import { type Context, findBusiness, systemContext } from "../../access";
import { addDays, dayOf, startOfDay } from "../../kernel/time";
import { type Tx, withBusiness, withoutBusiness } from "../../platform/db";
import { log } from "../../platform/log";
import * as audience from "../audience/store";
import { celebratedOn, instantAt, nextStrike } from "../calendar/model";
import { goneOf } from "../gone";
import { letIn } from "../runs/store";
import type { Definition, Trigger } from "../schema";
import * as store from "../store";
import { allSteps, type Program } from "../walk/model";
import { enter } from "./enter";
import { decideExperiments } from "./experiments";

const CHUNK = 10_000;
const HOUSEKEEPING_MS = 10_000;
const TROUBLE_MS = 60_000;
/** A worker that was away makes up for so much; what is older is let go. */
const CATCH_UP_MS = 2 * 86_400_000;

/** When a trigger strikes next. Two of one journey never strike in the same millisecond. */
function strikeOf(trigger: Trigger, index: number, since: Date, zone: string): Date | undefined {
  const from = new Date(since.getTime() - index);
  const shifted = (at: Date | undefined) => at && new Date(at.getTime() + index);
  if (trigger.kind === "schedule") return shifted(nextStrike(trigger.schedule, from, zone));
  if (trigger.kind !== "date" && trigger.kind !== "expiring") return undefined;
  const today = dayOf(from, zone);
  const at = instantAt(today, trigger.hour * 60, zone);
  return shifted(at > from ? at : instantAt(addDays(today, 1), trigger.hour * 60, zone));
}

/** The next strike of any trigger after a moment. */
export function nextOf(
  definition: Definition,
  since: Date,
  zone: string,
): { at: Date; trigger: Trigger } | undefined {
  return definition.triggers
    .flatMap((trigger, index) => {
      const at = strikeOf(trigger, index, since, zone);
      return at ? [{ at, trigger }] : [];
    })
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())[0];
}

/**
 * Looks after journeys whose schedule strikes, whose dates have come, whose experiments may be decided, or that may be done.
 *
 * Shape: an audience is let in by chunks, each its own transaction that remembers how far it came: killed anywhere, it goes on there.
 */
export async function lookAfter(now: () => Date, stopping: () => boolean = () => false): Promise<number> {
  let looked = 0;
  for (;;) {
    const places = await withoutBusiness((tx) => store.toLookAt(tx, now()));
    let inRound = 0;
    for (const place of places) {
      if (stopping()) return looked + inRound;
      const business = await findBusiness({ id: place.businessId });
      if (!business) continue;
      const ctx = systemContext(business, "journeys", now());
      if (await lookSafely(ctx, place.id)) inRound += 1;
    }
    looked += inRound;
    if (inRound === 0) return looked;
  }
}

/** A journey that cannot be looked after is left alone for a while, and the others are not held up. */
async function lookSafely(ctx: Context, id: bigint): Promise<boolean> {
  const place = { businessId: ctx.business.id, id };
  try {
    return await withBusiness(place.businessId, (tx) => look(tx, ctx, id));
  } catch (error) {
    log.error("journey.look_failed", error, { business: place.businessId, journey: id });
    const later = new Date(ctx.now.getTime() + TROUBLE_MS);
    await withBusiness(place.businessId, (tx) => store.postpone(tx, place, later));
    return true;
  }
}

/** Answers whether it was this worker's turn. */
async function look(tx: Tx, ctx: Context, id: bigint): Promise<boolean> {
  const place = { businessId: ctx.business.id, id };
  const journey = await store.lockForLook(tx, place);
  if (!journey || journey.nextAt === null || journey.nextAt > ctx.now) return false;
  const { zone } = ctx.business;
  const program = await store.program(tx, place, journey.version);
  const since = new Date(Math.max(journey.nextAt.getTime() - 1, ctx.now.getTime() - CATCH_UP_MS));
  const isLive = journey.state === "live";
  const strike = isLive ? nextOf(program.definition, since, zone) : undefined;
  const begins =
    isLive && journey.enrolledTo !== null && strike === undefined
      ? beginsNow(program.definition, journey.startedAt)
      : strike;
  if (begins && begins.at <= ctx.now) {
    const gone = await goneOf(tx, place.businessId, program.definition);
    if (gone) {
      log.warn("journey.paused", { business: place.businessId, journey: id, reason: gone });
      await store.pauseFor(tx, place, gone);
      return true;
    }
    if (await isTooEarly(tx, ctx, begins.trigger)) return false;
    const after = journey.enrolledTo ?? 0n;
    const found = await candidates(tx, ctx, begins.trigger, begins.at, { after, limit: CHUNK });
    const entered = { ...place, version: journey.version };
    // A campaign's members were never here before: nothing to look up, and a repetition finds its own row.
    if (journey.kind === "campaign") await letIn(tx, entered, found, ctx.now, 1);
    else await enter(tx, entered, program, found, ctx.now);
    const last = found.at(-1)?.memberId;
    const isMore = found.length === CHUNK && last !== undefined;
    const then = new Date(begins.at.getTime() + 1);
    if (isMore) await store.keepPlace(tx, place, last, journey.nextAt);
    else await store.keepPlace(tx, place, null, wanted(program, journey, then, ctx));
    return true;
  }
  await decideExperiments(tx, ctx, journey, program);
  if (await isOver(tx, journey, program, ctx)) {
    await store.end(tx, place, ctx.now);
  } else await store.keepPlace(tx, place, null, wanted(program, journey, ctx.now, ctx, true));
  return true;
}

/** An audience let in at once has no strike of its own: it began when the journey did. */
function beginsNow(
  definition: Definition,
  startedAt: Date | null,
): { at: Date; trigger: Trigger } | undefined {
  const trigger = definition.triggers.find((one) => one.kind === "schedule" && one.schedule.kind === "now");
  return trigger && startedAt ? { at: startedAt, trigger } : undefined;
}

type Looked = Pick<store.Looked, "state" | "kind" | "nextAt" | "id" | "businessId">;

/** The next moment a journey wants a look: its next strike, or soon when something may be decided or end. */
function wanted(program: Program, journey: Looked, since: Date, ctx: Context, wasKept = false): Date | null {
  const strike =
    journey.state === "live" ? nextOf(program.definition, since, ctx.business.zone)?.at : undefined;
  const keeps = needsKeeping(program, journey);
  const soon = keeps ? new Date(ctx.now.getTime() + (wasKept ? HOUSEKEEPING_MS : 0)) : undefined;
  const moments = [strike, soon]
    .filter((at) => at !== undefined)
    .toSorted((a, b) => a.getTime() - b.getTime());
  return moments[0] ?? null;
}

const needsKeeping = (program: Program, journey: Looked): boolean =>
  journey.kind === "campaign" ||
  journey.state === "draining" ||
  allSteps(program.definition.steps).some((step) => step.kind === "experiment");

/** When a journey that goes live wants its first look. */
export function firstLook(definition: Definition, kind: string, now: Date, zone: string): Date | null {
  const isNow = definition.triggers.some((one) => one.kind === "schedule" && one.schedule.kind === "now");
  if (isNow) return now;
  const strike = nextOf(definition, now, zone)?.at;
  const keeps = kind === "campaign" || allSteps(definition.steps).some((step) => step.kind === "experiment");
  const soon = keeps ? new Date(now.getTime() + HOUSEKEEPING_MS) : undefined;
  if (strike === undefined || soon === undefined) return strike ?? soon ?? null;
  return strike < soon ? strike : soon;
}

/** A group that is still being counted is waited for: half an audience would be let in for the whole. */
const isTooEarly = async (tx: Tx, { business }: Context, trigger: Trigger): Promise<boolean> =>
  trigger.kind === "schedule" && (await audience.isBeingCounted(tx, business.id, trigger.audience));

async function candidates(
  tx: Tx,
  ctx: Context,
  trigger: Trigger,
  at: Date,
  chunk: audience.Chunk,
): Promise<audience.Found[]> {
  const { id, zone } = ctx.business;
  const today = dayOf(at, zone);
  if (trigger.kind === "schedule") return await audience.membersOf(tx, id, trigger.audience, at, chunk);
  if (trigger.kind === "expiring") {
    // Points end with a day: those that end at the first instant of the day after are valid through it.
    const day = addDays(today, trigger.days);
    const span = {
      from: startOfDay(day, zone),
      until: startOfDay(addDays(day, 1), zone),
      leastPoints: trigger.leastPoints,
      day,
    };
    return await audience.losingPoints(tx, id, span, chunk);
  }
  if (trigger.kind !== "date") return [];
  const days = celebratedOn(today, trigger.offsetDays);
  if (trigger.date === "birthday") return await audience.bornOn(tx, id, days, chunk);
  return await audience.firstBoughtOn(tx, id, days, zone, chunk);
}

/** A campaign is done when nobody is on the way and nobody else will come; a draining journey when it is empty. */
async function isOver(tx: Tx, journey: store.Looked, program: Program, ctx: Context): Promise<boolean> {
  if (journey.kind !== "campaign" && journey.state !== "draining") return false;
  if (journey.state === "live" && nextOf(program.definition, ctx.now, ctx.business.zone)) return false;
  return !(await store.hasActive(tx, journey));
}
