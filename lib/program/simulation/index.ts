import "server-only";
import { type Context, require } from "../../access";
import { firstIdAt, newId } from "../../kernel/ids";
import { Refused } from "../../kernel/refusals";
import { addDays, dayOf, startOfDay } from "../../kernel/time";
import { withBusiness } from "../../platform/db";
import { NO_PAST, pastsBefore } from "../../tiers";
import { windowStart } from "../../tiers/model";
import { programmeAt, programmeIn } from "../index";
import type { Programme } from "../model";
import type { Draft } from "../rules/change";
import { compile } from "../rules/compile/model";
import { rulesAt } from "../rules/store";
import { marginOf, type Outcome, type Past, Simulation, type Start } from "./model";
import * as store from "./store";

export const SIMULATION_DAYS_MAX = 365;
/** Beyond this many operations one in so many members is played, and the figures are scaled. */
const PLAYED_MAX = 250_000;
const CHUNK = 2_000;

export type SimulationInput = {
  /** What is changed of the programme in force; null: every purchase under the version it was made with. */
  readonly draft: Draft | null;
  /** 1 to 365. */
  readonly days: number;
  /** The owner's margin on goods, in basis points of the price. */
  readonly marginBps: number;
};
export type SimulationResult = Outcome & {
  readonly days: number;
  /** One in so many members was played, and the figures are scaled; 1: all. */
  readonly share: number;
  readonly tiers: Readonly<Record<string, string>>;
  readonly margin: { readonly did: bigint; readonly would: bigint };
};

/**
 * Plays the business's own last days again under a draft; writes nothing.
 *
 * Shape: purchases and refunds in the order they came, each member's spending, visits, tier, points and limits going on from what
 * they would have been; bills are paid with the points they were paid with, as far as there would have been any. With no change
 * the outcome is what was, to the point. `onProgress` is told how many of how many are done; `stopping` ends it early with nothing.
 * Refuses: `invalid` for days out of range, `not_found`.
 */
export async function simulate(
  ctx: Context,
  input: SimulationInput,
  onProgress: (done: number, total: number) => void = () => {},
  stopping: () => boolean = () => false,
): Promise<SimulationResult | undefined> {
  require(ctx, "programme:read");
  if (!Number.isInteger(input.days) || input.days < 1 || input.days > SIMULATION_DAYS_MAX)
    throw new Refused("invalid", { field: "days" });
  const { id, zone } = ctx.business;
  const start = startOfDay(addDays(dayOf(ctx.now, zone), 1 - input.days), zone);
  const from = firstIdAt(start);
  const to = firstIdAt(new Date(ctx.now.getTime() + 1));
  const programmes = await programmesOf(ctx, input.draft);
  const total = await withBusiness(id, (tx) => store.countPast(tx, id, from, to));
  const share = Math.max(1, Math.ceil(total / PLAYED_MAX));
  const simulation = new Simulation(programmes.was, programmes.next, zone, share);
  await remember(ctx, simulation, start, from, share);
  const expected = Math.ceil(total / share);
  const asked = new Set<bigint>();
  const next = (after: bigint) => chunkOf(ctx, programmes, asked, { after, start, from, to, share });
  let done = 0;
  let coming = next(from - 1n);
  for (;;) {
    const { rows, met } = await coming;
    if (stopping()) return undefined;
    const last = rows.at(-1);
    if (!last) break;
    // The database looks for the next ones while these are played; what goes wrong there is thrown where they are waited for.
    coming = next(last.id);
    coming.catch(() => {});
    for (const { memberId, ...known } of met) simulation.meet(memberId, known);
    for (const row of rows) if (simulation.knows(row.memberId)) simulation.play(row);
    done += rows.length;
    onProgress(Math.min(done, expected), expected);
  }
  const outcome = simulation.outcome();
  const margin = {
    did: marginOf(outcome.totalMinor, outcome.did, input.marginBps),
    would: marginOf(outcome.totalMinor, outcome.would, input.marginBps),
  };
  return { ...outcome, days: input.days, share, tiers: programmes.tiers(), margin };
}

type Reach = {
  readonly after: bigint;
  readonly start: Date;
  readonly from: bigint;
  readonly to: bigint;
  readonly share: number;
};

/** The next operations with the programmes they were made under, and the members met in them for the first time. */
async function chunkOf(
  ctx: Context,
  programmes: Awaited<ReturnType<typeof programmesOf>>,
  asked: Set<bigint>,
  { start, from, ...reach }: Reach,
): Promise<{ rows: Past[]; met: (Start & { memberId: bigint })[] }> {
  const { id, zone } = ctx.business;
  const rows = await withBusiness(id, (tx) =>
    store.pastAfter(tx, id, { ...reach, limit: CHUNK, withLines: true }),
  );
  await programmes.learn(rows.map((row) => row.programmeVersion));
  const stood = new Map<bigint, string>();
  for (const { memberId, tierId } of rows)
    if (!asked.has(memberId) && !stood.has(memberId)) stood.set(memberId, tierId);
  const fresh = [...stood.keys()];
  for (const memberId of fresh) asked.add(memberId);
  if (fresh.length === 0) return { rows, met: [] };
  return await withBusiness(id, async (tx) => {
    const met = (await store.startsOf(tx, id, fresh, from)).map((each) => ({
      ...each,
      tierId: stood.get(each.memberId) ?? each.tierId,
    }));
    const since = programmes.windowFrom(start, zone);
    if (!since) return { rows, met };
    const pasts = await pastsBefore(tx, id, fresh, { from: since, until: start });
    return { rows, met: met.map((each) => ({ ...each, before: pasts.get(each.memberId) ?? NO_PAST })) };
  });
}

async function remember(
  ctx: Context,
  simulation: Simulation,
  start: Date,
  from: bigint,
  share: number,
): Promise<void> {
  const { id } = ctx.business;
  await withBusiness(id, async (tx) => {
    for (const use of await store.usesBefore(tx, id, start, from))
      simulation.memory.used(use.memberId, use.ruleId, use.period, use.amount, use.times);
    for (const { ruleId, amount } of await store.budgetsBefore(tx, id, from))
      simulation.memory.used(null, ruleId, "budget", amount, 0);
    for (const origin of await store.originsBefore(tx, id, from, share)) simulation.own(origin);
  });
}

/** The programmes purchases were priced under, and the one they are priced under now. */
async function programmesOf(ctx: Context, draft: Draft | null) {
  const known = new Map<number, Programme>();
  const next = draft && (await drafted(ctx, draft));
  const was = (version: number): Programme => {
    const found = known.get(version);
    if (!found) throw new Refused("not_found", { what: "programme" });
    return found;
  };
  return {
    was,
    next: (version: number) => next ?? was(version),
    learn: async (versions: readonly number[]) => {
      for (const version of new Set(versions))
        if (!known.has(version)) known.set(version, await programmeAt(ctx, version));
    },
    /** How far back windows of tiers count; nothing where none does. */
    windowFrom: (start: Date, zone: string): Date | undefined =>
      [...known.values(), ...(next ? [next] : [])]
        .flatMap(({ qualifying }) => windowStart(qualifying.window, start, zone) ?? [])
        .toSorted((a, b) => a.getTime() - b.getTime())[0],
    /** Names by id, the newest last. */
    tiers: () =>
      Object.fromEntries(
        [...known.values(), ...(next ? [next] : [])].flatMap(({ base, tiers }) =>
          [base, ...tiers].map((tier) => [tier.id, tier.name]),
        ),
      ),
  };
}

/** The programme in force with a draft on it. */
async function drafted(ctx: Context, { settings, put = [], drop = [] }: Draft): Promise<Programme> {
  const { id } = ctx.business;
  return await withBusiness(id, async (tx) => {
    const current = await programmeIn(tx, id, ctx.now);
    const written = new Set([...put.map((each) => each.id), ...drop]);
    const kept = (await rulesAt(tx, id, current.version)).filter((rule) => !written.has(rule.id));
    const rules = [...kept, ...put.map((each) => ({ ...each.body, id: each.id ?? newId(ctx.now) }))];
    return { ...current, ...settings, version: current.version + 1, rules: compile(rules) };
  });
}
