import "server-only";
import { type Context, require } from "../../access";
import { Refused } from "../../kernel/refusals";
import { isSlow, withBusiness } from "../../platform/db";
import { log } from "../../platform/log";
import { explain, type Verdict } from "../decide/model";
import { needsOf } from "../decide/needs/model";
import { loadFacts } from "../facts/store";
import type { Rule } from "../rule/model";
import { type Named, named } from "../store";
import * as store from "./store";

const SAMPLE = 8;

export type Preview = { readonly count: number; readonly sample: readonly Named[] };

/**
 * How many members a rule holds for now, and some of them by name.
 *
 * Shape: `signal` calls the question off in the database too, so that typing on never queues questions nobody waits for.
 * Refuses: `too_slow` after five seconds, or when called off.
 */
export async function preview(ctx: Context, rule: Rule, signal?: AbortSignal): Promise<Preview> {
  require(ctx, "members:read");
  const { id: businessId, zone } = ctx.business;
  const asked = { businessId, now: ctx.now, zone, memberIds: null, wantsNext: false };
  try {
    return await withBusiness(businessId, async (tx) => {
      const found = await untilGone(signal, await store.prepare(tx), () =>
        store.preview(tx, rule, asked, SAMPLE),
      );
      const people = await named(tx, businessId, found.sample);
      return { count: found.count, sample: people };
    });
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
