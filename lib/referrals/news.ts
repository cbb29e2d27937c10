import "server-only";
import { firstIdAt } from "../kernel/ids";
import { dayOf } from "../kernel/time";
import type { Tx } from "../platform/db";
import { type Event, publish } from "../platform/outbox";
import { programmeAtIn, programmeIn } from "../program";
import type { ReferralTerms } from "../program/schema";
import { evidenceOf } from "./evidence/store";
import { activeSince, type Link, rewardsFor, suspicionsOf, takenOf } from "./model";
import { type Desk, give, unpay, verdictOf } from "./rewards/post";
import * as rewards from "./rewards/store";
import * as store from "./store";

const DAY_MS = 86_400_000;

/** A batch of one business's news at work. */
type Work = Omit<Desk, "at"> & {
  readonly chains: ReadonlyMap<bigint, readonly Link[]>;
  readonly holders: ReadonlySet<bigint>;
  readonly days: Map<string, { joined: number; bought: number }>;
};

/** News this module acts on. */
export const FRIENDLY = ["member.joined", "purchase.recorded", "purchase.refunded"] as const;

/**
 * Rewards inviters for what friends do, takes back what refunds undo, and keeps the sums of it.
 *
 * Shape: handles `member.joined`, `purchase.recorded`, `purchase.refunded` inside the transaction that ticks them off; every
 * member touched is locked first, lowest first. A reward's row is its exactly-once; what refunds take is counted anew.
 */
export async function rewardFriends(tx: Tx, businessId: bigint, events: readonly Event[]): Promise<void> {
  const ids = [...new Set(events.flatMap(({ memberId }) => (memberId === null ? [] : [memberId])))];
  const steps = await store.chainsOf(tx, businessId, ids);
  const holders = new Set(await store.holdersOf(tx, businessId, ids));
  if (steps.length === 0 && holders.size === 0) return;
  const touched = steps.flatMap(({ memberId, ancestorId }) => [memberId, ancestorId]);
  const standing = await store.lock(tx, businessId, [...new Set([...touched, ...holders])]);
  const zone = await store.zoneOf(tx, businessId);
  const chains = Map.groupBy(steps, ({ memberId }) => memberId);
  const work: Work = { tx, businessId, zone, standing, chains, holders, days: new Map() };
  for (const event of events) await act(work, event);
  await store.addToDays(tx, businessId, work.days);
}

async function act(work: Work, event: Event): Promise<void> {
  const { memberId } = event;
  if (memberId === null) return;
  const links = work.chains.get(memberId) ?? [];
  const desk: Desk = { ...work, at: event.at };
  if (links.length > 0) {
    const friend = await meet(work, desk, event, memberId, links);
    if (event.type === "purchase.recorded") await onPurchase(work, desk, event, friend, links);
    if (event.type === "purchase.refunded") await onRefund(work, desk, event, friend, links);
  }
  const comesOrGoes = event.type === "purchase.recorded" || event.payload.isFull === true;
  if (work.holders.has(memberId) && comesOrGoes) {
    const { referral } = await programmeIn(work.tx, work.businessId, event.at);
    const since = activeSince(referral, event.at, work.zone);
    await rewards.settle(work.tx, work.businessId, memberId, event.at, since);
  }
}

/** The friend's row; who is met for the first time is looked at, counted, and may get the gift for joining. */
async function meet(
  work: Work,
  desk: Desk,
  event: Event,
  memberId: bigint,
  links: readonly Link[],
): Promise<store.Friend> {
  const { tx, businessId } = work;
  const inviterId = links[0]?.ancestorId ?? 0n;
  const trace = { device: textOf(event.payload.device), network: textOf(event.payload.network) };
  const { friend, isNew } = await store.friend(tx, businessId, {
    memberId,
    inviterId,
    ...trace,
  });
  if (!isNew) return friend;
  for (const { level, ancestorId } of links)
    await store.add(tx, businessId, ancestorId, level === 1 ? { joined: 1 } : { farJoined: 1 });
  tally(work, event.at, { joined: 1 });
  await tellInviter(work, "referral.joined", event.at, inviterId, memberId);
  const programme = await programmeIn(tx, businessId, event.at);
  const checked = await lookAt(desk, friend, programme.referral);
  const { friendJoinPoints: points } = programme.referral;
  if (event.type === "member.joined" && points > 0n) {
    const states = new Map([[memberId, checked.state]]);
    const reward = { kind: "friend_join" as const, level: 0, memberId, points, rateBps: 0, baseMinor: 0n };
    const kept = {
      ...reward,
      sourceId: memberId,
      friendId: memberId,
      programmeVersion: programme.version,
    };
    await give(desk, kept, verdictOf(0, links, states), programme.referral);
  }
  return checked;
}

/** Holds an invitation that looks like one person twice, or like too many at once; what a person decided stays decided. */
async function lookAt(desk: Desk, friend: store.Friend, terms: ReferralTerms): Promise<store.Friend> {
  if (friend.state !== "open" || friend.decidedAt !== null) return friend;
  const { tx, businessId } = desk;
  const { memberId, inviterId, joinedAt } = friend;
  const since = firstIdAt(new Date(joinedAt.getTime() - DAY_MS));
  const evidence = await evidenceOf(tx, businessId, { memberId, inviterId, at: joinedAt, since });
  const found = suspicionsOf(evidence, terms);
  if (found.length === 0) return friend;
  await store.hold(tx, businessId, memberId, found);
  return { ...friend, state: "held" };
}

async function onPurchase(
  work: Work,
  desk: Desk,
  event: Event,
  met: store.Friend,
  links: readonly Link[],
): Promise<void> {
  const { tx, businessId } = work;
  const bought = await store.purchase(tx, businessId, idOf(event.payload.operationId));
  if (!bought) return;
  await countCash(work, links, bought.cashMinor);
  await countFirst(work, event.at, met.memberId, links);
  const { referral: terms } = await programmeAtIn(tx, businessId, bought.programmeVersion);
  const left = bought.cashMinor - bought.refundedMinor;
  const makesEffective = met.effectiveId === null && !bought.isCanceled && left >= terms.invitationMinMinor;
  const friend = makesEffective ? await lookAt(desk, met, terms) : met;
  if (makesEffective) await store.setEffective(tx, businessId, friend.memberId, bought.id);
  const states = await store.statesOf(
    tx,
    businessId,
    links.map(({ linkId }) => linkId),
  );
  const facts = { cashMinor: bought.cashMinor, makesEffective };
  for (const reward of rewardsFor(terms, friend.memberId, facts, links)) {
    const kept = { ...reward, sourceId: bought.id, friendId: friend.memberId };
    const verdict = verdictOf(reward.level, links, states);
    await give(desk, { ...kept, programmeVersion: bought.programmeVersion }, verdict, terms);
  }
}

async function onRefund(
  work: Work,
  desk: Desk,
  event: Event,
  friend: store.Friend,
  links: readonly Link[],
): Promise<void> {
  const { tx, businessId } = work;
  const bought = await store.purchase(tx, businessId, idOf(event.payload.originId));
  if (!bought) return;
  await countCash(work, links, -idOf(event.payload.cashMinor));
  await countFirst(work, event.at, friend.memberId, links);
  for (const share of await rewards.sharesOf(tx, businessId, bought.id)) {
    const taken = bought.isCanceled
      ? share.points
      : takenOf(share.points, share.baseMinor, bought.refundedMinor);
    await unpay(desk, share, taken - share.taken);
  }
  if (friend.effectiveId !== bought.id) return;
  const { referral: terms } = await programmeAtIn(tx, businessId, bought.programmeVersion);
  const next = await store.effectiveOf(tx, businessId, friend.memberId, terms.invitationMinMinor);
  if (next === bought.id) return;
  await store.setEffective(tx, businessId, friend.memberId, next);
  if (next !== null) return; // another purchase makes the friend count just as well
  for (const fixed of await rewards.fixedOf(tx, businessId, friend.memberId))
    await unpay(desk, fixed, fixed.points - fixed.taken);
}

async function countCash(work: Work, links: readonly Link[], minor: bigint): Promise<void> {
  if (minor === 0n) return;
  for (const { level, ancestorId } of links)
    await store.add(
      work.tx,
      work.businessId,
      ancestorId,
      level === 1 ? { cashMinor: minor } : { farCashMinor: minor },
    );
}

/** A friend has bought as long as one visit stands; inviter and day are told when that begins or ends. */
async function countFirst(work: Work, at: Date, memberId: bigint, links: readonly Link[]): Promise<void> {
  const { before, after } = await store.noteFirst(work.tx, work.businessId, memberId);
  if ((before === null) === (after === null)) return;
  const bought = after === null ? -1 : 1;
  const inviter = links.find(({ level }) => level === 1);
  if (inviter) await store.add(work.tx, work.businessId, inviter.ancestorId, { bought });
  if (inviter && bought > 0) await tellInviter(work, "referral.bought", at, inviter.ancestorId, memberId);
  tally(work, after ?? before, { bought });
}

function tally(work: Work, at: Date | null, sums: { joined?: number; bought?: number }): void {
  if (at === null) return;
  const day = dayOf(at, work.zone);
  const { joined, bought } = work.days.get(day) ?? { joined: 0, bought: 0 };
  work.days.set(day, { joined: joined + (sums.joined ?? 0), bought: bought + (sums.bought ?? 0) });
}

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);
const idOf = (value: unknown): bigint => BigInt(typeof value === "number" ? value : String(value));

/** News for whoever invited: a friend joined, or bought for the first time. */
async function tellInviter(
  { tx, businessId }: Work,
  type: "referral.joined" | "referral.bought",
  at: Date,
  inviterId: bigint,
  friendId: bigint,
): Promise<void> {
  await publish(tx, {
    businessId,
    memberId: inviterId,
    type,
    payload: { friendId: friendId.toString() },
    at,
  });
}
