import "server-only";
import { type Business, type Context, systemContext } from "../../access";
import { withBusiness } from "../../platform/db";
import { log } from "../../platform/log";
import { senders } from "../channels/senders";
import * as lanes from "../lane/store";
import type { Channel } from "../model";
import { addressOf } from "../person/person";
import { peopleOf } from "../person/store";
import { readKeys, readSettings } from "../settings/store";
import { deliver } from "./deliver";
import { type Claimed, type Outgoing, TURN } from "./model";
import { letThrough } from "./release";
import type { Minters } from "./say";
import * as store from "./store";

/** A provider that failed lately is tried with a few before it gets many. */
const PROBE = 8;

/** So many turns in a row at the most: then another business has its own. */
const TURNS_MAX = 4;

/**
 * The turns of a channel's sender for one business: first what a dead sender left under way, then what is due. Answers how many
 * messages were looked at.
 *
 * Shape: the gate and the words in one transaction, the calls outside any, what became of them in another. While the calls of one turn
 * are under way the gate is at work for the next. Killed anywhere, the messages are still there: not yet under way, or under way with
 * an attempt that another turn takes up after the lease.
 */
export async function takeTurns(
  business: Business,
  lane: Channel,
  minters: Minters,
  now: () => Date,
): Promise<number> {
  const sender = lane === "inbox" ? undefined : senders[lane];
  let all = sender ? await takeUpAbandoned(systemContext(business, "sender", now()), lane) : 0;
  let calls = Promise.resolve();
  try {
    for (let turns = 0; turns < TURNS_MAX; turns += 1) {
      const { taken, limit, call } = await gate(business, lane, minters, now);
      all += taken;
      await calls;
      calls = call();
      calls.catch(() => {}); // heard below
      if (taken < limit || limit < TURN) break;
    }
  } finally {
    await calls;
  }
  return all;
}

/** One look at what is due. `call` makes the calls for what may go. */
async function gate(
  business: Business,
  lane: Channel,
  minters: Minters,
  now: () => Date,
): Promise<{ taken: number; limit: number; call: () => Promise<void> }> {
  const ctx = systemContext(business, "sender", now());
  const sender = lane === "inbox" ? undefined : senders[lane];
  const { taken, limit, outgoing, away, settings, keys } = await withBusiness(business.id, async (tx) => {
    const rules = await readSettings(tx, business.id);
    const most = sender
      ? await lanes.limitOf(tx, business.id, lane, { full: TURN, probe: PROBE, now: ctx.now })
      : TURN;
    const turn = await letThrough(tx, ctx, { lane, sender, limit: most }, { settings: rules, minters });
    return {
      ...turn,
      limit: most,
      settings: rules,
      keys: turn.outgoing.length > 0 ? await readKeys(tx, business.id) : {},
    };
  });
  return {
    taken,
    limit,
    call: async () => {
      if (sender && outgoing.length > 0)
        await deliver(ctx, lane, outgoing, { sender, settings, keys, away: new Set(away.keys()), now });
    },
  };
}

/** Messages left under way: said again where that is heard once, or where it must be heard; else closed as uncertain. */
async function takeUpAbandoned(ctx: Context, lane: Channel): Promise<number> {
  if (lane === "inbox") return 0;
  const sender = senders[lane];
  const businessId = ctx.business.id;
  const again: Outgoing[] = [];
  const { settings, keys, away } = await withBusiness(businessId, async (tx) => {
    await store.lockGate(tx, businessId);
    const left = await store.claimAbandoned(tx, businessId, lane, ctx.now);
    const rules = await readSettings(tx, businessId);
    if (left.length === 0) return { settings: rules, keys: {}, away: new Map<string, Date>() };
    log.error("sender.abandoned", "messages were left under way", {
      business: businessId,
      lane,
      count: left.length,
    });
    const isSaidAgain = (message: Claimed) => sender.isRepeatable() || message.purpose === "service";
    await store.mark(
      tx,
      businessId,
      left
        .filter((message) => !isSaidAgain(message))
        .map(({ id }) => ({ id, state: "failed", reason: "uncertain", event: "failed" })),
      ctx.now,
    );
    const people = await peopleOf(
      tx,
      businessId,
      left.map(({ memberId }) => memberId),
      ctx.now,
    );
    for (const message of left.filter(isSaidAgain)) {
      const person = people.get(message.memberId);
      if (!person || !message.rendered || message.attemptId === null) continue;
      const { rendered, attemptId } = message;
      again.push({ message, rendered, attemptId, address: addressOf(person) });
    }
    if (again.length > 0)
      await store.release(tx, businessId, lane, again, { now: ctx.now, state: "sending" });
    return {
      settings: rules,
      keys: await readKeys(tx, businessId),
      away: await lanes.away(tx, businessId, ctx.now),
    };
  });
  if (again.length > 0)
    await deliver(ctx, lane, again, {
      sender,
      settings,
      keys,
      away: new Set(away.keys()),
      now: () => ctx.now,
      isBegun: true,
    });
  return again.length;
}
