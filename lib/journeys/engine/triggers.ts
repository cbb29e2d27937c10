import "server-only";
import { findBusiness, systemContext } from "../../access";
import { parseId } from "../../kernel/ids";
import type { Tx } from "../../platform/db";
import { log } from "../../platform/log";
import type { Event } from "../../platform/outbox";
import { within } from "../done/store";
import { EVENTS, type Happening, matches, type Properties, type PropertyValue } from "../facts/model";
import * as names from "../names/store";
import * as runs from "../runs/store";
import type { Trigger } from "../schema";
import * as store from "../store";
import * as trade from "../trade/store";
import { awaitedTypes, type Program } from "../walk/model";
import { Halted } from "./effects";
import { enter } from "./enter";
import { moveByEvents } from "./move";

/** Events journeys listen to. */
export const LISTENED: readonly string[] = [
  ...EVENTS.map((event) => event.type),
  "segment.entered",
  "segment.left",
];

type Live = { readonly journey: store.LiveJourney; readonly program: Program };

/**
 * Lets members in whose events a live journey begins with, and moves those who wait for one; the outbox's handler.
 *
 * Shape: in the transaction that ticks the events off, so each event counts once. A business without journeys costs one question.
 */
export async function onEvents(tx: Tx, businessId: bigint, events: readonly Event[]): Promise<void> {
  const running = await store.running(tx, businessId);
  if (running.length === 0) return;
  const live: Live[] = [];
  for (const journey of running)
    live.push({ journey, program: await store.program(tx, journey, journey.version) });
  const types = new Set(events.map((event) => event.type));
  const begins = live.filter(
    ({ journey, program }) => journey.state === "live" && startTypes(program).some((type) => types.has(type)),
  );
  // Somebody may still walk an older version, which may wait for more than this one.
  const waits = live.filter(
    ({ journey, program }) =>
      journey.version > 1 || awaitedTypes(program.definition).some((type) => types.has(type)),
  );
  if (begins.length === 0 && waits.length === 0) return;
  // Those who wait are moved first: who enters by an event does not meet it again inside.
  const happenings = await happeningsOf(tx, businessId, events);
  if (waits.length > 0) await moveWaiting(tx, businessId, waits, happenings, latest(events));
  for (const { journey, program } of begins) {
    const entrants = happenings.flatMap(({ memberId, happening }) =>
      program.definition.triggers.some((trigger) => startsWith(trigger, happening))
        ? [{ memberId, trigger: happening.properties }]
        : [],
    );
    if (entrants.length > 0) await enter(tx, journey, program, entrants, latest(events));
  }
}

const latest = (events: readonly Event[]): Date =>
  new Date(Math.max(...events.map((event) => event.at.getTime())));

const startTypes = (program: Program): string[] =>
  program.definition.triggers.flatMap((trigger) => {
    if (trigger.kind === "event") return [trigger.match.type];
    return trigger.kind === "segment" ? [`segment.${trigger.on}`] : [];
  });

function startsWith(trigger: Trigger, happening: Happening): boolean {
  if (trigger.kind === "event") return matches(trigger.match, happening);
  if (trigger.kind !== "segment") return false;
  return happening.type === `segment.${trigger.on}` && happening.properties.segmentId === trigger.segmentId;
}

type Told = { readonly memberId: bigint; readonly happening: Happening };

async function moveWaiting(
  tx: Tx,
  businessId: bigint,
  waits: readonly Live[],
  told: readonly Told[],
  now: Date,
): Promise<void> {
  const memberIds = [...new Set(told.map((one) => one.memberId))];
  const found = await runs.activeOf(
    tx,
    businessId,
    waits.map(({ journey }) => journey.id),
    memberIds,
  );
  if (found.length === 0) return;
  const business = await findBusiness({ id: businessId });
  if (!business) return;
  const ctx = systemContext(business, "journeys", now);
  const byMember = Map.groupBy(told, (one) => one.memberId);
  for (const { journey } of waits) {
    const own = found.filter((run) => run.journeyId === journey.id);
    const eventsOf = (memberId: bigint) => byMember.get(memberId)?.map((one) => one.happening) ?? [];
    try {
      await within(tx, () => moveByEvents(tx, ctx, journey, own, eventsOf));
    } catch (error) {
      if (!(error instanceof Halted)) throw error;
      // Other handlers' news is not held up: whoever waits here waits on, and the owner reads why.
      log.warn("journey.paused", { business: businessId, journey: journey.id, reason: error.reason });
      await store.pauseFor(tx, journey, error.reason);
    }
  }
}

/** Events as journeys see them, purchases with what was bought. */
async function happeningsOf(tx: Tx, businessId: bigint, events: readonly Event[]): Promise<Told[]> {
  const purchases = events.filter((event) => event.type === "purchase.recorded");
  const bought =
    purchases.length === 0
      ? undefined
      : await trade.bought(
          tx,
          businessId,
          purchases.map((event) => BigInt(String(event.payload.operationId))),
        );
  const friends = await friendsOf(tx, businessId, events);
  return events.flatMap((event) => {
    if (event.memberId === null) return [];
    const lines = bought?.get(String(event.payload.operationId));
    const friendName = friends.get(String(event.payload.friendId));
    const properties = {
      ...plain(event.payload),
      ...(event.type === "purchase.recorded" ? lines : {}),
      ...(event.type === "tier.changed" ? { isUp: event.payload.direction === "up" } : {}),
      ...(friendName ? { friendName } : {}),
    };
    return [{ memberId: event.memberId, happening: { type: event.type, at: event.at, properties } }];
  });
}

/** First names of friends whom news is about, for words in messages; an inviter sees no more of them. */
async function friendsOf(tx: Tx, businessId: bigint, events: readonly Event[]): Promise<Map<string, string>> {
  const ids = events.flatMap(({ type, payload }) => {
    const id = type.startsWith("referral.") ? parseId(payload.friendId) : undefined;
    return id === undefined ? [] : [id];
  });
  if (ids.length === 0) return new Map();
  const named = await names.firstNames(tx, businessId, ids);
  return new Map([...named].map(([id, name]) => [id.toString(), name]));
}

/** Only what a filter can compare; ids and amounts that came as text stay text, amounts that came as numbers stay numbers. */
function plain(payload: Event["payload"]): Properties {
  return Object.fromEntries(
    Object.entries(payload).flatMap(([key, value]): [string, PropertyValue][] => {
      if (key.endsWith("Id")) return [[key, String(value)]];
      if (typeof value === "number" || typeof value === "boolean" || typeof value === "string")
        return [[key, value]];
      return [];
    }),
  );
}
