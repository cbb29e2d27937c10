import "server-only";
import { type Context, require } from "../../access";
import { Refused } from "../../kernel/refusals";
import { isSlow, type Tx, withBusiness } from "../../platform/db";
import { log } from "../../platform/log";
import type { Whom } from "../compile/compile";
import { explain, type Verdict } from "../decide/model";
import { needsOf } from "../decide/needs/model";
import { loadFacts } from "../facts/store";
import type { Rule } from "../rule/model";
import { type Named, named } from "../store";
import { type Range, scaled } from "./scaled/model";
import * as store from "./store";

const SAMPLE = 8;
/** After so long a question about very many is asked of some of them instead. */
const PATIENCE_MS = 900;
/** No question from a screen may take longer. */
const LIMIT_MS = 5_000;
const DRAWN = 10_000;
/** Of fewer members an estimate would say little, and everybody can be asked in time. */
const ESTIMATED_FROM = 100_000;

/** `between`: null for an exact count; else the count is an estimate, and the true one lies there in 95 of 100 cases. */
export type Preview = {
  readonly count: number;
  readonly sample: readonly Named[];
  readonly between: Range | null;
};

/**
 * How many members a rule holds for now, and some of them by name; among very many, when counting takes long, an estimate.
 *
 * Shape: `signal` calls the question off in the database too, so that typing on never queues questions nobody waits for.
 * Refuses: `too_slow` five seconds after patience ended, or when called off.
 */
export async function preview(ctx: Context, rule: Rule, signal?: AbortSignal): Promise<Preview> {
  require(ctx, "members:read");
  const exact = (limitMs: number) =>
    asking(ctx, signal, limitMs, async (tx) => {
      const found = await store.preview(tx, rule, asked(ctx, "all"), SAMPLE);
      return await withNames(tx, ctx, { ...found, between: null });
    });
  const soon = await exact(PATIENCE_MS).catch((error: unknown) => {
    if (signal?.aborted || !(error instanceof Refused && error.code === "too_slow")) throw error;
  });
  if (soon) return soon;
  const estimated = await asking(ctx, signal, LIMIT_MS, async (tx) => {
    const found = await estimate(tx, ctx, rule);
    return found && (await withNames(tx, ctx, found));
  });
  return estimated ?? (await exact(LIMIT_MS));
}

type Found = store.Found & Pick<Preview, "between">;

/** Asks some members drawn by chance; nothing where there are too few for that. */
export async function estimate(
  tx: Tx,
  ctx: Context,
  rule: Rule,
  { wanted, from } = { wanted: DRAWN, from: ESTIMATED_FROM },
): Promise<Found | undefined> {
  const { total, ids } = await store.drawn(tx, ctx.business.id, wanted);
  if (total < from || ids.length === 0) return undefined;
  const { count, sample } = await store.preview(tx, rule, asked(ctx, { ids: ids.map(Number) }), SAMPLE);
  return { sample, ...scaled(count, ids.length, total) };
}

const asked = ({ business, now }: Context, whom: Whom) => ({
  businessId: business.id,
  now,
  zone: business.zone,
  whom,
  wantsNext: false,
});

const withNames = async (tx: Tx, ctx: Context, found: Found): Promise<Preview> => ({
  ...found,
  sample: await named(tx, ctx.business.id, found.sample),
});

/** Asks within a time. Refuses: `too_slow`. */
async function asking<T>(
  ctx: Context,
  signal: AbortSignal | undefined,
  limitMs: number,
  ask: (tx: Tx) => Promise<T>,
): Promise<T> {
  try {
    return await withBusiness(ctx.business.id, async (tx) =>
      untilGone(signal, await store.prepare(tx, limitMs), () => ask(tx)),
    );
  } catch (error) {
    if (isSlow(error)) throw new Refused("too_slow");
    throw error;
  }
}

/** Runs a question, and calls it off when whoever asked has gone. */
async function untilGone<T>(signal: AbortSignal | undefined, pid: number, ask: () => Promise<T>): Promise<T> {
  if (signal?.aborted) throw new Refused("too_slow");
  const stop = () => {
    store.callOff(pid).catch((error: unknown) => log.error("segments.call_off", error));
  };
  signal?.addEventListener("abort", stop, { once: true });
  try {
    return await ask();
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}

/** Why a rule holds for a member or not: a verdict with what was seen for every node. Refuses: `not_found`. */
export async function why(ctx: Context, rule: Rule, memberId: bigint): Promise<Verdict[]> {
  require(ctx, "members:read");
  const { id, zone } = ctx.business;
  const [known] = await withBusiness(id, (tx) => loadFacts(tx, id, [memberId], needsOf([rule])));
  if (!known) throw new Refused("not_found");
  return explain(rule, known.facts, ctx.now.getTime(), zone);
}
