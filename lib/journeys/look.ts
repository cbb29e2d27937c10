import "server-only";
import { type Context, require } from "../access";
import { Refused } from "../kernel/refusals";
import { withBusiness } from "../platform/db";
import { programmeIn } from "../program";
import { moneyToNext } from "../tiers/model";
import * as audience from "./audience/store";
import type { Drawn, Listed } from "./drawn/store";
import * as drawn from "./drawn/store";
import { type Supposed, type Walked, dryRun as walk } from "./dryrun/model";
import type { Happening, Properties } from "./facts/model";
import { factsOf } from "./facts/store";
import { segmentsOf } from "./groups/store";
import * as names from "./names/store";
import { type Reach, reachOf } from "./reach/store";
import * as results from "./results/store";
import type { Audience, Definition } from "./schema";
import * as store from "./store";
import * as tasks from "./tasks/store";

const LIST_MAX = 200;
const PAGE_MAX = 100;

/** Journeys or campaigns, the newest first. Shape: at most 200. */
export async function listJourneys(ctx: Context, kind: Drawn["kind"]): Promise<Listed[]> {
  require(ctx, "journeys:read");
  return await withBusiness(ctx.business.id, (tx) => drawn.list(tx, ctx.business.id, kind, LIST_MAX));
}

export type Shown = Drawn & {
  readonly definition: Definition;
  /** What is in force, if anything is. */
  readonly live: Definition | null;
  readonly steps: readonly results.StepPeople[];
  readonly states: Readonly<Record<string, number>>;
  readonly winners: Readonly<Record<string, string>>;
};

/** One journey with its draft, its version in force and the people on it. Refuses: `not_found`. */
export async function journey(ctx: Context, id: bigint): Promise<Shown> {
  require(ctx, "journeys:read");
  const place = { businessId: ctx.business.id, id };
  return await withBusiness(place.businessId, async (tx) => {
    const found = await drawn.find(tx, place.businessId, id);
    if (!found) throw new Refused("not_found");
    return {
      ...found,
      definition: drawn.definitionOf(found.draft),
      live: found.version === 0 ? null : await drawn.liveDefinition(tx, place.businessId, id, found.version),
      steps: await results.stepPeople(tx, place),
      states: await results.states(tx, place),
      winners: await store.winners(tx, place),
    };
  });
}

export type PeopleQuery = {
  readonly id: bigint;
  readonly step: string | null;
  readonly state: string | null;
  readonly before: bigint | null;
};
export type PersonThere = Omit<results.PersonRun, "because"> & {
  readonly name: string | null;
  readonly because: readonly { step: string; code: string; value?: string; at: string }[];
};

/** Who is where and why, the last to enter first. Shape: a hundred a page. */
export async function people(ctx: Context, query: PeopleQuery): Promise<PersonThere[]> {
  require(ctx, "journeys:read");
  require(ctx, "members:read");
  const { id, ...asked } = query;
  const place = { businessId: ctx.business.id, id };
  return await withBusiness(place.businessId, async (tx) => {
    const found = await results.people(tx, place, { ...asked, limit: PAGE_MAX });
    const named = await names.people(
      tx,
      place.businessId,
      found.map((run) => run.memberId),
    );
    return found.map((run) => ({
      ...run,
      name: named.get(run.memberId) ?? null,
      because: run.because as PersonThere["because"],
    }));
  });
}

/** Over so many members, reach is counted on a part of them and scaled. */
const SAMPLE = 5_000;
export type Estimate = {
  readonly members: number;
  readonly isSampled: boolean;
  /** A segment whose members are still being decided: the count grows until they are. */
  readonly isCounting: boolean;
  readonly reach: readonly Reach[];
};

/** How many members an audience has now, and how many a message would reach by which channel after consent and caps. */
export async function estimate(ctx: Context, who: Audience): Promise<Estimate> {
  require(ctx, "journeys:read");
  return await withBusiness(ctx.business.id, async (tx) => {
    const members = await audience.countOf(tx, ctx.business.id, who);
    const nth = Math.max(1, Math.floor(members / SAMPLE));
    const reach = await reachOf(tx, ctx.business.id, who, nth);
    const scaled = (count: number) => Math.min(members, count * nth);
    return {
      members,
      isSampled: nth > 1,
      isCounting: await audience.isBeingCounted(tx, ctx.business.id, who),
      reach: reach.map(({ channel, addressed, agreed, free }) => ({
        channel,
        addressed: scaled(addressed),
        agreed: scaled(agreed),
        free: scaled(free),
      })),
    };
  });
}

export type Rehearsal = {
  readonly journeyId: bigint;
  readonly definition: Definition;
  readonly memberId: bigint;
  readonly trigger: Properties;
  readonly happenings: readonly Happening[];
  readonly until: Date;
};

/** Walks one member through a draft on a simulated clock from now on; nothing happens to them. Refuses: `not_found`. */
export async function rehearse(ctx: Context, asked: Rehearsal): Promise<Walked> {
  require(ctx, "journeys:read");
  const place = { businessId: ctx.business.id, id: asked.journeyId };
  const supposed = await withBusiness(place.businessId, async (tx): Promise<Supposed> => {
    const known = (await factsOf(tx, place.businessId, [asked.memberId])).get(asked.memberId);
    if (!known) throw new Refused("not_found");
    const hasSegments = (await names.segments(tx, place.businessId)).length > 0;
    const segments = hasSegments ? await segmentsOf(tx, place.businessId, [asked.memberId]) : undefined;
    const left = moneyToNext(await programmeIn(tx, place.businessId), known.reached);
    return {
      journeyId: asked.journeyId,
      memberId: asked.memberId,
      zone: ctx.business.zone,
      facts: {
        ...known,
        toNextTier: left === null ? null : Number(left),
        segments: segments?.get(asked.memberId) ?? [],
        opened: [],
        clicked: [],
        trigger: asked.trigger,
      },
      startsAt: ctx.now,
      happenings: asked.happenings,
      winners: await store.winners(tx, place),
    };
  });
  return walk(asked.definition, supposed, asked.until);
}

export type OpenTask = tasks.OpenTask & { readonly name: string | null };

/** What the staff is asked to do, the oldest first. Shape: at most 100. */
export async function openTasks(ctx: Context): Promise<OpenTask[]> {
  require(ctx, "members:read");
  return await withBusiness(ctx.business.id, async (tx) => {
    const open = await tasks.openTasks(tx, ctx.business.id, PAGE_MAX);
    const named = await names.people(
      tx,
      ctx.business.id,
      open.map((task) => task.memberId),
    );
    return open.map((task) => ({ ...task, name: named.get(task.memberId) ?? null }));
  });
}

/** Ticks a task off. Refuses: `not_found` when it is done already. */
export async function finishTask(ctx: Context, id: bigint): Promise<void> {
  require(ctx, "members:write");
  await withBusiness(ctx.business.id, async (tx) => {
    if (!(await tasks.finishTask(tx, ctx, id))) throw new Refused("not_found");
  });
}
