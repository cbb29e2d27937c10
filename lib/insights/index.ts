import "server-only";
/**
 * Insights: what is seen in members' visits.
 *
 * Owns scores and their cells, rhythms, predictions and the charts over them. Always true: what is kept of a member is what counting
 * their purchases and scoring them with the kept state gives, whether after a purchase or at night.
 */
import { audit, type Context, require } from "../access";
import { addDays, type Day, dayOf } from "../kernel/time";
import { withBusiness } from "../platform/db";
import { enqueue } from "../platform/jobs";
import { INSIGHTS_JOB } from "./after";
import * as cells from "./cells/store";
import * as charts from "./charts/store";
import { lastVisits } from "./habits/store";
import * as lists from "./lists/store";
import type { Cell, Cutoffs, Habits, Holdout } from "./model";
import {
  type Beat,
  baseline,
  beatOf,
  customerOf,
  HORIZONS,
  habitsOf,
  likelyVisits,
  publishedModel,
  type State,
} from "./model";
import { type DueList, type Limits, PAGE } from "./schema";
import { keptState, saveLimits } from "./state/store";

export { INSIGHTFUL, INSIGHTS_JOB, seeAfter } from "./after";
export type { CellDay, Move, Square } from "./cells/store";
export type { Ageing, Bin, CohortMonth, Totals } from "./charts/store";
export type { DueCounts, Listed, Rhythm } from "./lists/store";
export { insightsDue, refreshInsights } from "./refresh";

const MOVES_DAYS = 30;

/** Between how many visits, and what, is expected in so many days; beside it what the member's own past would say. Minor units. */
export type Outlook = {
  readonly days: number;
  readonly model: {
    readonly visits: number;
    readonly between: readonly [number, number];
    readonly valueMinor: number;
  } | null;
  readonly ownPast: { readonly visits: number; readonly valueMinor: number };
};

/** What is seen in one member. */
export type MemberView = {
  readonly visits: number;
  readonly cell: Cell | null;
  readonly scores: readonly [number, number, number] | null;
  readonly beat: Beat | null;
  readonly rhythms: readonly (lists.Rhythm & { readonly beat: Beat })[];
  readonly pAlive: number | null;
  readonly outlooks: readonly Outlook[];
  /** Why there is no model, or which one there is. */
  readonly modelState: "none" | State["decision"]["state"];
  readonly fallback: "ran_away" | "no_leaving" | null;
};

/** What is seen in one member on this day; nothing before the first visit. */
export async function memberView(ctx: Context, memberId: bigint): Promise<MemberView | undefined> {
  require(ctx, "members:read");
  const { id, zone } = ctx.business;
  const today = dayOf(ctx.now, zone);
  return await withBusiness(id, async (tx) => {
    const seen = await lists.seen(tx, id, memberId);
    const customer = seen && customerOf(seen.facts, today);
    if (!seen || !customer || seen.facts.lastOn === null) return undefined;
    const { facts, insight } = seen;
    const { state } = await keptState(tx, id);
    const model = state && publishedModel(state.decision);
    const { recencyScore, frequencyScore, monetaryScore, gapDays, dueOn } = insight;
    const isScored = recencyScore !== null && frequencyScore !== null && monetaryScore !== null;
    return {
      visits: facts.visitDays,
      cell: insight.cell,
      scores: isScored ? [recencyScore, frequencyScore, monetaryScore] : null,
      beat: gapDays === null || dueOn === null ? null : beatOf(seen.facts.lastOn, gapDays, dueOn, today),
      rhythms: (await lists.rhythms(tx, id, memberId)).map((one) => ({
        ...one,
        beat: beatOf(one.lastOn, one.gapDays, one.dueOn, today),
      })),
      pAlive: insight.pAlive,
      outlooks: HORIZONS.map((days, i) => {
        const past = baseline(customer, days);
        const { expected, valueMinor } = insight;
        const between = model && likelyVisits(model, customer.history, days);
        return {
          days,
          model:
            expected && valueMinor && between
              ? { visits: expected[i] ?? 0, between, valueMinor: valueMinor[i] ?? 0 }
              : null,
          ownPast: { visits: past.visits, valueMinor: Math.round(past.value) },
        };
      }),
      modelState: state?.decision.state ?? "none",
      fallback: state?.decision.state === "published" ? state.decision.fallback : null,
    };
  });
}

/** A member's rhythm alone, for the desk. */
export async function beatOfMember(ctx: Context, memberId: bigint): Promise<Beat | null> {
  require(ctx, "members:read");
  const { id, zone } = ctx.business;
  const seen = await withBusiness(id, (tx) => lists.seen(tx, id, memberId));
  const { gapDays = null, dueOn = null } = seen?.insight ?? {};
  const lastOn = seen?.facts.lastOn ?? null;
  return gapDays === null || dueOn === null || lastOn === null
    ? null
    : beatOf(lastOn, gapDays, dueOn, dayOf(ctx.now, zone));
}

/** A member's habits and usual gap. `habits`: null with too few visits to tell them from chance. */
export type Preferences = { readonly habits: Habits | null; readonly gapDays: number | null };

/** What is usual for a member, read from their last 200 purchases. */
export async function preferences(ctx: Context, memberId: bigint): Promise<Preferences> {
  require(ctx, "members:read");
  const { id, zone } = ctx.business;
  return await withBusiness(id, async (tx) => {
    const habits = habitsOf(await lastVisits(tx, id, memberId), zone);
    const seen = await lists.seen(tx, id, memberId);
    return { habits, gapDays: seen?.insight.gapDays ?? null };
  });
}

export type Board = {
  readonly squares: readonly cells.Square[];
  readonly moves: readonly cells.Move[];
  readonly history: readonly cells.CellDay[];
  readonly cutoffs: Cutoffs | null;
  readonly limits: Limits | null;
  readonly state: State | undefined;
  readonly movesDays: number;
};

/** The grid as it is now, with moves and sizes of the last thirty days. */
export async function board(ctx: Context): Promise<Board> {
  require(ctx, "analytics:read");
  const { id, zone } = ctx.business;
  const today = dayOf(ctx.now, zone);
  const since = addDays(today, -MOVES_DAYS);
  return await withBusiness(id, async (tx) => {
    const { state, limits } = await keptState(tx, id);
    return {
      squares: await cells.squares(tx, id, today),
      moves: await cells.movesSince(tx, id, since),
      history: await cells.cellDays(tx, id, since),
      cutoffs: state?.cutoffs ?? null,
      limits,
      state,
      movesDays: MOVES_DAYS,
    };
  });
}

export type ListPage = { readonly rows: readonly lists.Listed[]; readonly hasMore: boolean };
const pageOf = (rows: readonly lists.Listed[]): ListPage => ({
  rows: rows.slice(0, PAGE),
  hasMore: rows.length > PAGE,
});

/** Who is in a cell, the most valuable first. */
export async function cellMembers(ctx: Context, cell: Cell, page: number): Promise<ListPage> {
  require(ctx, "analytics:read");
  const { id, zone } = ctx.business;
  const today = dayOf(ctx.now, zone);
  return pageOf(await withBusiness(id, (tx) => lists.inCell(tx, id, cell, today, page)));
}

/** Who is due today, tomorrow, or overdue; with how many are in each list. */
export async function dueMembers(
  ctx: Context,
  list: DueList,
  page: number,
): Promise<
  ListPage & {
    readonly counts: lists.DueCounts;
    readonly commonGapDays: number | null;
    readonly isKnown: boolean;
  }
> {
  require(ctx, "members:read");
  const { id, zone } = ctx.business;
  const today = dayOf(ctx.now, zone);
  return await withBusiness(id, async (tx) => {
    const { state } = await keptState(tx, id);
    return {
      ...pageOf(await lists.due(tx, id, list, today, page)),
      counts: await lists.dueCounts(tx, id, today),
      commonGapDays: state?.commonGapDays ?? null,
      isKnown: state !== undefined,
    };
  });
}

export type Drawn = {
  readonly asOf: Day | null;
  readonly cohorts: readonly charts.CohortMonth[];
  readonly gaps: readonly charts.Bin[];
  readonly bills: readonly charts.Bin[];
  readonly ageing: { readonly held: readonly charts.Ageing[]; readonly ending: readonly charts.Ageing[] };
  readonly holdout: Holdout | null;
  readonly totals: charts.Totals | null;
  readonly state: State | undefined;
};

/** The figures of all charts, as the last night left them. */
export async function drawn(ctx: Context): Promise<Drawn> {
  require(ctx, "analytics:read");
  const { id } = ctx.business;
  return await withBusiness(id, async (tx) => {
    const { state } = await keptState(tx, id);
    const kept = await charts.keptCharts(tx, id);
    // Written by the nightly look alone, so their shapes are known.
    const of = <Shape>(name: string, empty: Shape): Shape => (kept.get(name) as Shape | undefined) ?? empty;
    return {
      asOf: state?.asOf ?? null,
      cohorts: await charts.cohorts(tx, id),
      gaps: of<{ bins: charts.Bin[] }>("gaps", { bins: [] }).bins,
      bills: of<{ bins: charts.Bin[] }>("bills", { bins: [] }).bins,
      ageing: of<Drawn["ageing"]>("ageing", { held: [], ending: [] }),
      holdout: of<{ holdout: Holdout | null }>("holdout", { holdout: null }).holdout,
      totals: of<charts.Totals | null>("totals", null),
      state,
    };
  });
}

/** Sets the owner's limits between scores, or takes them back (null); everybody is scored anew at once. */
export async function setLimits(ctx: Context, limits: Limits | null): Promise<void> {
  require(ctx, "programme:write");
  const { id } = ctx.business;
  await withBusiness(id, async (tx) => {
    await saveLimits(tx, id, limits);
    await audit(tx, ctx, "insights.limits", null, { own: limits !== null });
    await enqueue(tx, INSIGHTS_JOB, { businessId: id.toString() }, `${INSIGHTS_JOB}:${id}`);
  });
}
