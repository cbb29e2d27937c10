import "server-only";
import type { Context } from "../../access";
import type { Tx } from "../../platform/db";
import { ATTEMPTS_MAX, retryMs } from "../gate/model";
import * as lanes from "../lane/store";
import type { Channel, MessageRefusal } from "../model";
import { addressHash } from "../person/person";
import type { ChannelSender, Outcome, Outgoing } from "./model";
import * as store from "./store";

export type Sent = { readonly outgoing: Outgoing; readonly outcome: Outcome };

/** Writes down what became of calls: messages, dead addresses, and how each provider is doing. */
export async function record(
  tx: Tx,
  ctx: Context,
  lane: Channel,
  sent: readonly Sent[],
  { sender, now }: { sender: ChannelSender; now: () => Date },
): Promise<void> {
  const at = now();
  const businessId = ctx.business.id;
  await store.mark(
    tx,
    businessId,
    sent.map((one) => markOf(one, lane, sender, at)),
    at,
  );
  await store.forgetBrowsers(
    tx,
    businessId,
    sent.flatMap(({ outcome }) => outcome.dead ?? []),
  );
  for (const { outgoing, outcome } of sent)
    if (outcome.kind === "gone") await forget(tx, ctx, lane, outgoing, at);
  for (const [provider, own] of Map.groupBy(sent, ({ outcome }) => outcome.provider ?? lane)) {
    if (provider === "untried") continue;
    const troubles = own.flatMap(({ outcome }) =>
      outcome.kind === "later" || outcome.kind === "uncertain" ? [outcome] : [],
    );
    const rest = Math.max(
      0,
      ...troubles.map((trouble) => (trouble.kind === "later" ? (trouble.afterMs ?? 0) : 0)),
    );
    await lanes.countAnswers(tx, businessId, provider, {
      failed: troubles.length,
      wasOk: troubles.length < own.length,
      reason: troubles[0]?.reason ?? null,
      restMs: rest,
      now: at,
    });
  }
}

function markOf({ outgoing, outcome }: Sent, lane: Channel, sender: ChannelSender, at: Date): store.Mark {
  const { message } = outgoing;
  const { id } = message;
  if (outcome.kind === "sent") return { id, state: "sent", providerId: outcome.providerId, event: "sent" };
  if (outcome.kind === "gone") return nextChannel(message, lane, "gone", at);
  if (outcome.kind === "rejected") return nextChannel(message, lane, "rejected", at);
  const mayRepeat = sender.isRepeatable() || message.purpose === "service";
  if (outcome.kind === "uncertain" && !mayRepeat)
    return { id, state: "failed", reason: "uncertain", event: "failed" };
  if (outcome.provider === "untried")
    return { id, state: "queued", reason: "provider_away", dueAt: at, event: null };
  if (message.attempts + 1 >= ATTEMPTS_MAX) return nextChannel(message, lane, "too_many_attempts", at);
  const wait = Math.max(outcome.kind === "later" ? (outcome.afterMs ?? 0) : 0, retryMs(message.attempts + 1));
  return {
    id,
    state: "queued",
    reason: outcome.reason,
    dueAt: new Date(at.getTime() + wait),
    event: "postponed",
  };
}

/** The channel said no for good: the next of the fallback order has a turn; after the last, the message has failed. */
function nextChannel(
  message: Outgoing["message"],
  lane: Channel,
  reason: MessageRefusal,
  at: Date,
): store.Mark {
  const next = message.channels.find((channel) => channel !== lane && !message.tried.includes(channel));
  return next === undefined
    ? { id: message.id, state: "failed", reason, gaveUp: lane, event: "failed" }
    : { id: message.id, state: "queued", lane: next, reason, gaveUp: lane, dueAt: at, event: "moved" };
}

/** An address that does not exist is not asked again, by this message or any other. */
async function forget(
  tx: Tx,
  ctx: Context,
  lane: Channel,
  { message, address }: Outgoing,
  at: Date,
): Promise<void> {
  const businessId = ctx.business.id;
  if (lane === "telegram") await store.forgetChat(tx, businessId, message.memberId);
  const dead = lane === "email" ? address.email : lane === "sms" ? address.sms : null;
  if (dead === null) return;
  const { memberId } = message;
  await store.suppress(tx, {
    businessId,
    channel: lane,
    addressHash: addressHash(dead),
    reason: "invalid",
    memberId,
    at,
  });
}
