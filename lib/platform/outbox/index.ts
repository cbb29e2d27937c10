import "server-only";
/**
 * Outbox: upward news.
 *
 * Owns events between the transaction that causes them and the handlers that act on them. Always true: an event exists if and
 * only if its change does; what a handler writes through `tx` happens exactly once; one member's events come in order.
 */
import { type Tx, withoutBusiness } from "../db";
import { LIVE_CHANNEL, topicsOf } from "../live/model";
import { log } from "../log";
import { ATTEMPTS_MAX, delayMs, type Event, type News } from "./model";
import * as store from "./store";

export type { Event, News } from "./model";

/** Acts on one business's events of the given types, inside the transaction that ticks them off. Nothing outside `tx`. */
export type Handler = {
  readonly name: string;
  readonly types: readonly string[];
  readonly handle: (tx: Tx, businessId: bigint, events: readonly Event[]) => Promise<void>;
};

/** Tells the news in the transaction of the change. */
export async function publish(tx: Tx, news: News): Promise<void> {
  await store.insert(tx, news);
}

const BATCH = 200;

/** An event a handler failed on, when it was alone. */
class EventFailed extends Error {
  readonly event: Event;
  constructor(event: Event, cause: unknown) {
    super("event failed", { cause });
    this.event = event;
  }
}

/**
 * Handles events until none is due (or `stopping` says so). Answers how many were handled.
 *
 * Shape: batches of some shards of members; when a batch fails it is taken again one by one, and the one that fails waits with a
 * growing delay while its member's later events wait behind it.
 */
export async function drain(
  handlers: readonly Handler[],
  now: () => Date,
  stopping: () => boolean = () => false,
): Promise<number> {
  let handled = 0;
  let limit = BATCH;
  let single = 0;
  while (!stopping()) {
    try {
      const count = await handleBatch(handlers, now(), limit);
      if (count === 0) return handled;
      handled += count;
      if (limit === 1 && ++single >= BATCH) limit = BATCH;
    } catch (error) {
      if (!(error instanceof EventFailed)) {
        if (limit === 1) throw error;
        limit = 1;
        single = 0;
        continue;
      }
      await setBack(error.event, error.cause, now());
    }
  }
  return handled;
}

async function handleBatch(handlers: readonly Handler[], now: Date, limit: number): Promise<number> {
  return await withoutBusiness(async (tx) => {
    const events = await store.claim(tx, now, limit);
    if (events.length === 0) return 0;
    try {
      for (const [businessId, own] of Map.groupBy(events, (event) => event.businessId)) {
        await store.enter(tx, businessId);
        for (const handler of handlers) {
          const wanted = own.filter((event) => handler.types.includes(event.type));
          if (wanted.length > 0) await handler.handle(tx, businessId, wanted);
        }
      }
    } catch (error) {
      const [only] = events;
      throw events.length === 1 && only ? new EventFailed(only, error) : error;
    }
    await store.done(tx, events);
    await store.notify(tx, LIVE_CHANNEL, [...new Set(events.flatMap(topicsOf))]);
    return events.length;
  });
}

async function setBack(event: Event, cause: unknown, now: Date): Promise<void> {
  const attempts = event.attempts + 1;
  const dead = attempts >= ATTEMPTS_MAX;
  log.error(dead ? "event.given_up" : "event.failed", cause, {
    business: event.businessId,
    id: event.id,
    type: event.type,
    attempts,
  });
  const text = cause instanceof Error ? cause.message : String(cause);
  const dueAt = new Date(now.getTime() + delayMs(event.attempts));
  await withoutBusiness((tx) => store.failed(tx, event, dueAt, dead ? now : null, text));
}
