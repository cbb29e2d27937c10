import "server-only";
import { type Context, require, toJson } from "../access";
import { Refused } from "../kernel/refusals";
import { withBusiness } from "../platform/db";
import { log } from "../platform/log";
import { programmeIn } from "./index";
import type { Draft } from "./rules/change";
import { rulesAt } from "./rules/store";
import { type SimulationAsked, toSettings } from "./schema";
import { simulate } from "./simulation";
import * as store from "./store";

/** The one simulation a business has running; the next one asked for ends it. */
const running = new Map<bigint, symbol>();

/**
 * Plays the last days again and tells how far it is: lines of JSON, `{ done, total }` as it goes, then `{ result }` or `{ code }`.
 *
 * Shape: ends with nothing more when the caller goes away or another simulation of the same business begins.
 * Refuses: `forbidden`, `not_found` for a version that is not there, before anything is sent.
 */
export async function play(
  ctx: Context,
  { days, marginBps, ...asked }: SimulationAsked,
  signal?: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  require(ctx, "programme:read");
  const draft = await draftOf(ctx, asked);
  const mine = Symbol("simulation");
  running.set(ctx.business.id, mine);
  let isGone = false;
  const stopping = () => isGone || signal?.aborted === true || running.get(ctx.business.id) !== mine;
  const text = new TextEncoder();
  return new ReadableStream({
    async start(stream) {
      const say = (line: unknown) => {
        if (!stopping()) stream.enqueue(text.encode(`${toJson(line)}\n`));
      };
      try {
        const told = (done: number, total: number) => say({ done, total });
        const result = await simulate(ctx, { draft, days, marginBps }, told, stopping);
        if (result) say({ result });
      } catch (error) {
        if (!(error instanceof Refused)) log.error("simulation.failed", error);
        say({ code: error instanceof Refused ? error.code : "internal" });
      } finally {
        if (running.get(ctx.business.id) === mine) running.delete(ctx.business.id);
        if (!isGone) stream.close();
      }
    },
    cancel() {
      isGone = true;
    },
  });
}

/** What is asked for as a change of the programme in force; null: nothing is changed, each purchase under its own version. */
async function draftOf(
  ctx: Context,
  { isUnchanged, version, settings, put, drop }: Omit<SimulationAsked, "days" | "marginBps">,
): Promise<Draft | null> {
  if (isUnchanged) return null;
  if (version === null) return { ...(settings && { settings }), put, drop };
  const { id } = ctx.business;
  return await withBusiness(id, async (tx) => {
    const current = await programmeIn(tx, id, ctx.now);
    const found = await store.settingsOf(tx, id, version);
    if (!found) throw new Refused("not_found", { what: "programme" });
    const then = await rulesAt(tx, id, version);
    const now = await rulesAt(tx, id, current.version);
    return {
      settings: toSettings(found),
      put: then.map(({ id: ruleId, ...body }) => ({ id: ruleId, body })),
      drop: now.map((rule) => rule.id),
    };
  });
}
