import "server-only";
import { firstIdAt } from "../kernel/ids";
import { dayOf } from "../kernel/time";
import type { Tx } from "../platform/db";
import { type Event, publish } from "../platform/outbox";
import { programmeAtIn, programmeIn } from "../program";
import type { ReferralTerms } from "../program/schema";
import { evidenceOf } from "./evidence/store";
import { activeSince, type Link, type ReferralState, rewardsFor, suspicionsOf, takenOf } from "./model";
import { type Desk, give, unpay, verdictOf } from "./rewards/post";
import * as rewards from "./rewards/store";
import * as store from "./store";
import { addTo } from "./sums";

const DAY_MS = 86_400_000;

/** A batch of one business's news at work. */
type Work = Omit<Desk, "at"> & {
  readonly chains: ReadonlyMap<bigint, readonly Link[]>;
  readonly holders: ReadonlySet<bigint>;
  readonly friends: Map<bigint, store.Friend>;
  readonly states: Map<bigint, ReferralState>;
  readonly purchases: ReadonlyMap<bigint, store.Bought>;
  /** Who bought or gave back in this batch, and whose first visit came or went with it. */
  readonly buyers: ReadonlySet<bigint>;
  readonly firsts: Map<bigint, store.First>;
  readonly days: Map<string, { joined: number; bought: number }>;
};

/** News this module acts on. */
export const FRIENDLY = ["member.joined", "purchase.recorded", "purchase.refunded"] as const;

/**
 * Rewards inviters for what friends do, takes back what refunds undo, and keeps the sums of it.
 *
 * Shape: handles `member.joined`, `purchase.recorded`, `purchase.refunded` inside the transaction that ticks them off; every
 * member touched is locked first, lowest first; what many events ask for is read once. A reward's row is its exactly-once; what
 * refunds take is counted anew.
 */
export async function rewardFriends(tx: Tx, businessId: bigint, events: readonly Event[]): Promise<void> {
  const ids = [...new Set(events.flatMap(({ memberId }) => (memberId === null ? [] : [memberId])))];
  const steps = await store.chainsOf(tx, businessId, ids);
  const holders = new Set(await store.holdersOf(tx, businessId, ids));
  if (steps.length === 0 && holders.size === 0) return;
  const touched = steps.flatMap(({ memberId, ancestorId }) => [memberId, ancestorId]);
  const standing = await store.lock(tx, businessId, [...new Set([...touched, ...holders])]);
  const chains = Map.groupBy(steps, ({ memberId }) => memberId);
  const friends = await store.friends(tx, businessId, [...chains.keys()]);
  const ofFriends = events.filter(({ memberId }) => memberId !== null && chains.has(memberId));
  const bought = ofFriends.filter(({ type }) => type !== "member.joined");
  const buyers = new Set(bought.flatMap(({ memberId }) => memberId ?? []));
  const work: Work = {
    tx,
    businessId,
    zone: await store.zoneOf(tx, businessId),
    standing,
    sums: new Map(),
    chains,
    holders,
    friends,
    states: await store.statesOf(tx, businessId, [...new Set(steps.map(({ linkId }) => linkId))]),
    purchases: await store.purchases(tx, businessId, [...new Set(bought.map(purchaseOf))]),
    buyers,
    firsts: await store.noteFirsts(
      tx,
      businessId,
      [...buyers].filter((id) => friends.has(id)),
    ),
    days: new Map(),
  };
  for (const event of events) await act(work, event);
  await store.addSums(tx, businessId, work.sums);
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
  const known = work.friends.get(memberId);
  if (known) return known;
  const trace = { device: textOf(event.payload.device), network: textOf(event.payload.network) };
  const friend = remember(work, await store.addFriend(tx, businessId, { memberId, inviterId, ...trace }));
  if (work.buyers.has(memberId))
    for (const [id, first] of await store.noteFirsts(tx, businessId, [memberId])) work.firsts.set(id, first);
  for (const { level, ancestorId } of links)
    addTo(work.sums, ancestorId, level === 1 ? { joined: 1 } : { farJoined: 1 });
  tally(work, event.at, { joined: 1 });
  await tellInviter(work, "referral.joined", event.at, inviterId, memberId);
  const programme = await programmeIn(tx, businessId, event.at);
  const checked = await lookAt(work, friend, programme.referral);
  const { friendJoinPoints: points } = programme.referral;
  if (event.type === "member.joined" && points > 0n) {
    const reward = { kind: "friend_join" as const, level: 0, memberId, points, rateBps: 0, baseMinor: 0n };
    const kept = {
      ...reward,
      sourceId: memberId,
      friendId: memberId,
      programmeVersion: programme.version,
    };
    await give(desk, kept, verdictOf(0, links, work.states), programme.referral);
  }
  return checked;
}

/** Holds an invitation that looks like one person twice, or like too many at once; what a person decided stays decided. */
async function lookAt(work: Work, friend: store.Friend, terms: ReferralTerms): Promise<store.Friend> {
  if (friend.state !== "open" || friend.decidedAt !== null) return friend;
  const { tx, businessId } = work;
  const { memberId, inviterId, joinedAt } = friend;
  const since = firstIdAt(new Date(joinedAt.getTime() - DAY_MS));
  const evidence = await evidenceOf(tx, businessId, { memberId, inviterId, at: joinedAt, since });
  const found = suspicionsOf(evidence, terms);
  if (found.length === 0) return friend;
  await store.hold(tx, businessId, memberId, found);
  return remember(work, { ...friend, state: "held" });
}

async function onPurchase(
  work: Work,
  desk: Desk,
  event: Event,
  met: store.Friend,
  links: readonly Link[],
): Promise<void> {
  const { tx, businessId } = work;
  const bought = work.purchases.get(purchaseOf(event));
  if (!bought) return;
  countCash(work, links, bought.cashMinor);
  await countFirst(work, event.at, met.memberId, links);
  const { referral: terms } = await programmeAtIn(tx, businessId, bought.programmeVersion);
  const left = bought.cashMinor - bought.refundedMinor;
  const makesEffective = met.effectiveId === null && !bought.isCanceled && left >= terms.invitationMinMinor;
  const friend = makesEffective ? await lookAt(work, met, terms) : met;
  if (makesEffective) await setEffective(work, friend, bought.id);
  const facts = { cashMinor: bought.cashMinor, makesEffective };
  for (const reward of rewardsFor(terms, friend.memberId, facts, links)) {
    const kept = { ...reward, sourceId: bought.id, friendId: friend.memberId };
    const verdict = verdictOf(reward.level, links, work.states);
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
  const bought = work.purchases.get(purchaseOf(event));
  if (!bought) return;
  countCash(work, links, -idOf(event.payload.cashMinor));
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
  await setEffective(work, friend, next);
  if (next !== null) return; // another purchase makes the friend count just as well
  for (const fixed of await rewards.fixedOf(tx, businessId, friend.memberId))
    await unpay(desk, fixed, fixed.points - fixed.taken);
}

function countCash(work: Work, links: readonly Link[], minor: bigint): void {
  if (minor === 0n) return;
  for (const { level, ancestorId } of links)
    addTo(work.sums, ancestorId, level === 1 ? { cashMinor: minor } : { farCashMinor: minor });
}

/** What this batch changed about a friend holds for the rest of it. */
function remember(work: Work, friend: store.Friend): store.Friend {
  work.friends.set(friend.memberId, friend);
  work.states.set(friend.memberId, friend.state);
  return friend;
}

async function setEffective(work: Work, friend: store.Friend, effectiveId: bigint | null): Promise<void> {
  await store.setEffective(work.tx, work.businessId, friend.memberId, effectiveId);
  remember(work, { ...friend, effectiveId });
}

/** A friend has bought as long as one visit stands; inviter and day are told when that begins or ends. */
async function countFirst(work: Work, at: Date, memberId: bigint, links: readonly Link[]): Promise<void> {
  const first = work.firsts.get(memberId);
  work.firsts.delete(memberId);
  if (!first || (first.before === null) === (first.after === null)) return;
  const { before, after } = first;
  const bought = after === null ? -1 : 1;
  const inviter = links.find(({ level }) => level === 1);
  if (inviter) addTo(work.sums, inviter.ancestorId, { bought });
  if (inviter && bought > 0) await tellInviter(work, "referral.bought", at, inviter.ancestorId, memberId);
  tally(work, after ?? before, { bought });
}

function tally(work: Work, at: Date | null, sums: { joined?: number; bought?: number }): void {
  if (at === null) return;
  const day = dayOf(at, work.zone);
  const { joined, bought } = work.days.get(day) ?? { joined: 0, bought: 0 };
  work.days.set(day, { joined: joined + (sums.joined ?? 0), bought: bought + (sums.bought ?? 0) });
}

/** The purchase an event of a purchase or refund is about. */
const purchaseOf = ({ type, payload }: Event): bigint =>
  idOf(type === "purchase.refunded" ? payload.originId : payload.operationId);
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
