import "server-only";
import type { Context } from "../../access";
import { withBusiness } from "../../platform/db";
import { log } from "../../platform/log";
import { BREAKER_FAILURES } from "../gate/model";
import type { Channel } from "../model";
import type { MessagingSettings, ProviderKeys } from "../settings/schema";
import { type ChannelSender, LEASE_MS, type Outcome, type Outgoing } from "./model";
import { record, type Sent } from "./record";
import * as store from "./store";

type Delivery = {
  readonly sender: ChannelSender;
  readonly settings: MessagingSettings;
  readonly keys: ProviderKeys;
  readonly away: ReadonlySet<string>;
  readonly now: () => Date;
  /** Marked as under way already. */
  readonly isBegun?: boolean;
};

/** What becomes of calls is written down at least this often, so that a sender that dies leaves few open. */
const RECORD_EVERY = 64;

/**
 * Makes the calls of a turn, some at a time, and writes down what became of each.
 *
 * Shape: after five failures of one provider in a row the rest goes back untried; the circuit decides when they come again.
 */
export async function deliver(
  ctx: Context,
  lane: Channel,
  outgoing: readonly Outgoing[],
  delivery: Delivery,
): Promise<void> {
  const waiting = [...Map.groupBy(outgoing, ({ attemptId }) => attemptId).values()];
  const done: Sent[] = [];
  const failuresOf = new Map<string, number>();
  const away = new Set(delivery.away);
  const flush = async () => {
    const some = done.splice(0);
    if (some.length > 0) await withBusiness(ctx.business.id, (tx) => record(tx, ctx, lane, some, delivery));
  };
  const work = async () => {
    for (let batch = waiting.shift(); batch; batch = waiting.shift()) {
      const outcomes = away.has(lane)
        ? batch.map((): Outcome => ({ kind: "later", reason: "provider_away", provider: "untried" }))
        : await attempt(ctx, batch, { ...delivery, away });
      batch.forEach((one, index) => {
        const outcome = outcomes[index];
        if (!outcome) return;
        done.push({ outgoing: one, outcome });
        const provider = outcome.provider ?? lane;
        const isTrouble = outcome.kind === "later" || outcome.kind === "uncertain";
        failuresOf.set(provider, isTrouble ? (failuresOf.get(provider) ?? 0) + 1 : 0);
        if ((failuresOf.get(provider) ?? 0) >= BREAKER_FAILURES) away.add(provider);
      });
      if (done.length >= RECORD_EVERY) await flush();
    }
  };
  await Promise.all(Array.from({ length: delivery.sender.concurrency }, work));
  await flush();
}

/** One call. Where it cannot be taken back, each message is marked first; who lost the race does not call. */
async function attempt(
  ctx: Context,
  batch: readonly Outgoing[],
  { sender, settings, keys, away, now, isBegun }: Delivery,
): Promise<(Outcome | undefined)[]> {
  const attemptId = batch[0]?.attemptId ?? "";
  const isMine = await Promise.all(
    batch.map(async ({ message }) => {
      if (sender.isRepeatable() || isBegun) return true;
      const lease = new Date(now().getTime() + LEASE_MS);
      return await store.begin(ctx.business.id, message.id, attemptId, lease);
    }),
  );
  const mine = batch.filter((_one, index) => isMine[index]);
  if (mine.length === 0) return batch.map(() => undefined);
  const post = { business: ctx.business, settings, keys, attemptId, now: now(), away };
  const outcomes = await sender.send(mine, post).catch((error: unknown): Outcome[] => {
    log.error("sender.call", error);
    return mine.map(() => ({ kind: "uncertain", reason: "internal" }));
  });
  let next = 0;
  return batch.map((_one, index) => (isMine[index] ? outcomes[next++] : undefined));
}
