import "server-only";
import { randomUUID } from "node:crypto";
import type { Context } from "../../access";
import type { Tx } from "../../platform/db";
import { decide, type Facts, inControlGroup } from "../gate/model";
import * as lanes from "../lane/store";
import type { Channel } from "../model";
import { addressOf, factsOf, hashesOf } from "../person/person";
import { type PersonRow, peopleOf, suppressedOf } from "../person/store";
import type { MessagingSettings } from "../settings/schema";
import { type ChannelSender, type Claimed, type Outgoing, SLOT_MS } from "./model";
import { type Minters, type Spoken, say } from "./say";
import * as store from "./store";

type Turn = { readonly lane: Channel; readonly sender: ChannelSender | undefined; readonly limit: number };
type Known = {
  readonly settings: MessagingSettings;
  readonly people: ReadonlyMap<bigint, PersonRow>;
  readonly suppressed: ReadonlySet<string>;
  readonly away: ReadonlyMap<string, Date>;
};

/**
 * The gate at work: takes up due messages of a lane, decides about each, writes down every no and every wait, and puts the rest
 * under way with their words. All in one transaction; one gate at a time for a business.
 *
 * Shape: `taken` is how many were looked at; `outgoing` what the caller must now send.
 */
export async function letThrough(
  tx: Tx,
  ctx: Context,
  { lane, sender, limit }: Turn,
  { settings, minters }: { settings: MessagingSettings; minters: Minters },
): Promise<{ taken: number; outgoing: Outgoing[]; away: ReadonlyMap<string, Date> }> {
  const businessId = ctx.business.id;
  await store.lockGate(tx, businessId);
  const claimed = await store.claim(tx, businessId, lane, ctx.now, limit);
  const away = await lanes.away(tx, businessId, ctx.now);
  if (claimed.length === 0) return { taken: 0, outgoing: [], away };
  const people = await peopleOf(
    tx,
    businessId,
    claimed.map(({ memberId }) => memberId),
    ctx.now,
  );
  const hashes = [...people.values()].flatMap((person) =>
    Object.values(hashesOf(person)).filter((hash) => hash !== null),
  );
  const suppressed = await suppressedOf(tx, businessId, hashes);
  const { marks, open, inbox } = sort(ctx, lane, claimed, { settings, people, suppressed, away });
  const { now: going, marks: waiting } = await pace(tx, ctx, lane, open, settings);
  const spoken = await say(tx, ctx, going, people, minters);
  const outgoing = outgoingOf(spoken, people, sender?.batchMax() ?? 1);
  const state = sender?.isRepeatable() ? "sending" : "queued";
  if (outgoing.length > 0) await store.release(tx, businessId, lane, outgoing, { now: ctx.now, state });
  const shown = await say(tx, ctx, inbox, people, minters);
  const own = outgoingOf(shown, people, 1);
  if (own.length > 0) await store.release(tx, businessId, "inbox", own, { now: ctx.now, state: "queued" });
  const kept = own.map(
    ({ message }): store.Mark => ({ id: message.id, state: "sent", channel: "inbox", event: "sent" }),
  );
  const unsaid = [...spoken, ...shown].flatMap((one): store.Mark[] =>
    "refusal" in one ? [{ id: one.message.id, state: "refused", reason: one.refusal, event: "refused" }] : [],
  );
  await store.mark(tx, businessId, [...marks, ...waiting, ...kept, ...unsaid], ctx.now);
  return { taken: claimed.length, outgoing, away };
}

/** One decision after the other: what one message takes of a cap is gone for the next. */
function sort(ctx: Context, lane: Channel, claimed: readonly Claimed[], known: Known) {
  const marks: store.Mark[] = [];
  const open: Claimed[] = [];
  const inbox: Claimed[] = [];
  for (const message of claimed) {
    const person = known.people.get(message.memberId);
    if (!person) continue;
    const { id, purpose, kind } = message;
    const decision = decide(factsAbout(ctx, message, person, known));
    if (decision.do === "refuse")
      marks.push({ id, state: "refused", reason: decision.because, event: "refused" });
    else if (decision.do === "postpone")
      marks.push({
        id,
        state: "queued",
        lane: decision.channel,
        reason: decision.because,
        dueAt: decision.until,
        event: message.refusal === decision.because ? null : "postponed",
      });
    else if (decision.channel === "inbox") inbox.push(message);
    else if (decision.channel !== lane)
      marks.push({ id, state: "queued", lane: decision.channel, event: null });
    else {
      open.push(message);
      if (purpose === "marketing") person.counts.push([lane, kind, 1, 1]);
    }
  }
  return { marks, open, inbox };
}

function factsAbout(ctx: Context, message: Claimed, person: PersonRow, known: Known): Facts {
  const { settings, suppressed, away } = known;
  return {
    now: ctx.now,
    settings,
    purpose: message.purpose,
    kind: message.kind,
    channels: message.channels.filter((channel) => !message.tried.includes(channel)),
    expiresAt: message.expiresAt,
    wasReleased: message.releasedAt !== null,
    inControl: inControlGroup(ctx.business.id, message.memberId, settings.controlPercent),
    ...factsOf(person, ctx.business, settings, message.purpose, { suppressed, away }),
  };
}

/** The sender's limit: marketing beyond it gets a slot and waits for it; service goes at once. */
async function pace(
  tx: Tx,
  ctx: Context,
  lane: Channel,
  open: readonly Claimed[],
  settings: MessagingSettings,
): Promise<{ now: Claimed[]; marks: store.Mark[] }> {
  const hasSlot = (message: Claimed) =>
    message.purpose === "service" ||
    (message.refusal === "pace" && ctx.now.getTime() - message.dueAt.getTime() < SLOT_MS);
  const bound = open.filter((message) => !hasSlot(message));
  if (lane === "inbox" || bound.length === 0) return { now: [...open], marks: [] };
  const perSecond = settings.pace[lane];
  const slots = await lanes.takeSlots(tx, ctx.business.id, lane, {
    count: bound.length,
    perSecond,
    now: ctx.now,
  });
  const dueOf = new Map(bound.map((message, index) => [message.id, slots[index] ?? ctx.now]));
  const late = bound.filter(({ id }) => (dueOf.get(id) ?? ctx.now) > ctx.now);
  const marks = late.map(
    ({ id }): store.Mark => ({
      id,
      state: "queued",
      reason: "pace",
      dueAt: dueOf.get(id) ?? ctx.now,
      event: null,
    }),
  );
  const isLate = new Set(late.map(({ id }) => id));
  return { now: open.filter(({ id }) => !isLate.has(id)), marks };
}

/** Messages of one call share an attempt, so that the call can be repeated as it was. */
function outgoingOf(
  spoken: readonly Spoken[],
  people: ReadonlyMap<bigint, PersonRow>,
  batchMax: number,
): Outgoing[] {
  const said = spoken
    .flatMap((one) => ("rendered" in one ? [one] : []))
    .toSorted((a, b) => (a.message.id < b.message.id ? -1 : 1));
  let attemptId = "";
  return said.map(({ message, rendered }, index) => {
    if (index % batchMax === 0) attemptId = randomUUID();
    const person = people.get(message.memberId);
    const address = person ? addressOf(person) : { push: [], email: null, sms: null, telegram: null };
    return { message, rendered, attemptId, address };
  });
}
