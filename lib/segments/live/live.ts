import "server-only";
/** Membership kept true as things happen and as time goes by: only members and segments that may have changed are decided. */
import { findBusiness } from "../../access";
import { dayOf } from "../../kernel/time";
import { type Tx, withBusiness, withoutBusiness } from "../../platform/db";
import { type Event, publish } from "../../platform/outbox";
import { decide } from "../decide/model";
import { needsOf } from "../decide/needs/model";
import { loadFacts } from "../facts/store";
import { askMembers, type Kept, segments as keptSegments, lockSaving } from "../store";
import * as store from "./store";
import { ALL_TOPICS, inOrder, topicsOfEvent } from "./touched";

/** What is asked anew of each member: topics that changed, or segments by id. */
type Asked = ReadonlyMap<bigint, { readonly topics: ReadonlySet<string>; readonly ids: ReadonlySet<bigint> }>;

/** News after which somebody's segments may be others. */
export const SEGMENT_NEWS = [
  "member.joined",
  "member.changed",
  "member.erased",
  "member.merged",
  "member.restored",
  "purchase.recorded",
  "purchase.refunded",
  "points.granted",
  "points.expired",
  "tier.changed",
  "consent.changed",
  "insight.changed",
  "referral.counted",
  "household.counted",
  "segment.entered",
  "segment.left",
] as const;

const GONE = new Set(["member.erased", "member.merged"]);

/**
 * Decides again whom the news is about; the outbox calls it inside the transaction that ticks the news off.
 *
 * Time: as of the latest news of the batch; what time alone changes between then and now is due at once.
 */
export async function decideAgain(tx: Tx, businessId: bigint, events: readonly Event[]): Promise<void> {
  const now = new Date(Math.max(...events.map(({ at }) => at.getTime())));
  // Rules that are saved meanwhile decide everybody after what is decided here.
  await lockSaving(tx, businessId, true);
  await goAndReturn(tx, businessId, events, now);
  const kept = (await keptSegments(tx, businessId)).filter(isDecided);
  if (kept.length === 0) return;
  const asked = new Map<bigint, { topics: Set<string>; ids: Set<bigint> }>();
  for (const event of events) {
    if (event.memberId === null || GONE.has(event.type)) continue;
    const own = asked.get(event.memberId) ?? { topics: new Set(), ids: new Set() };
    for (const topic of topicsOfEvent(event)) own.topics.add(topic);
    asked.set(event.memberId, own);
  }
  for (const echo of ECHOES) await tellOthers(tx, businessId, events, kept, echo, now);
  await decideMembers(tx, businessId, kept, asked, now);
}

/** A segment nobody was decided for yet waits for that. */
const isDecided = ({ builtAt, build }: Kept): boolean => builtAt !== null || build !== null;

async function goAndReturn(tx: Tx, businessId: bigint, events: readonly Event[], now: Date): Promise<void> {
  const back = membersOf(events, (type) => type === "member.restored");
  if (back.length > 0) await store.setGone(tx, businessId, back, false);
  const gone = membersOf(events, (type) => GONE.has(type));
  if (gone.length === 0) return;
  await store.setGone(tx, businessId, gone, true);
  const went = (await store.membershipsOf(tx, businessId, gone)).map((one) => ({ ...one, isTold: true }));
  await write(tx, businessId, now, { came: [], went, checks: [], isGone: true });
}

/** What one member does that counts at others, whose own news it becomes: one member's segments are decided in one place. */
type Echo = {
  readonly topic: string;
  readonly news: string;
  readonly isCause: (type: string) => boolean;
  readonly others: (tx: Tx, businessId: bigint, memberIds: readonly bigint[]) => Promise<bigint[]>;
};
const isPurchase = (type: string) => type.startsWith("purchase.");
const ECHOES: readonly Echo[] = [
  {
    topic: "referrals",
    news: "referral.counted",
    isCause: (type) => type === "member.joined" || isPurchase(type),
    others: store.inviters,
  },
  { topic: "household", news: "household.counted", isCause: isPurchase, others: store.relatives },
];

async function tellOthers(
  tx: Tx,
  businessId: bigint,
  events: readonly Event[],
  kept: readonly Kept[],
  { topic, news, isCause, others }: Echo,
  now: Date,
): Promise<void> {
  if (!kept.some(({ topics }) => topics.includes(topic))) return;
  const causes = [...new Set(membersOf(events, isCause))];
  for (const memberId of await others(tx, businessId, causes))
    await publish(tx, { businessId, memberId, type: news, payload: {}, at: now });
}

const membersOf = (events: readonly Event[], isWanted: (type: string) => boolean): bigint[] =>
  events.flatMap(({ type, memberId }) => (memberId !== null && isWanted(type) ? [memberId] : []));

const MEMBERS_AT_ONCE = 500;

/**
 * Looks again at everybody whom time may have moved until now. Answers how many answers were found anew.
 *
 * Shape: short transactions, one shard of members each; stopped or run twice, it only finishes what is left.
 */
export async function checkDue(now: Date, stopping: () => boolean = () => false): Promise<number> {
  let checked = 0;
  for (const id of await withoutBusiness((tx) => store.businessesDue(tx, now))) {
    if (!(await findBusiness({ id }))) continue;
    for (let shard = 0; shard < store.SHARDS; shard += 1) {
      let found = MEMBERS_AT_ONCE;
      while (found === MEMBERS_AT_ONCE && !stopping()) {
        found = await withBusiness(id, (tx) => checkShard(tx, id, now, shard));
        checked += found;
      }
    }
  }
  return checked;
}

async function checkShard(tx: Tx, businessId: bigint, now: Date, shard: number): Promise<number> {
  await store.holdShard(tx, shard);
  await lockSaving(tx, businessId, true);
  const due = await store.dueChecks(tx, businessId, now, shard, MEMBERS_AT_ONCE);
  const asked = new Map<bigint, { topics: Set<string>; ids: Set<bigint> }>();
  for (const { segmentId, memberId } of due) {
    const own = asked.get(memberId) ?? { topics: new Set(), ids: new Set() };
    own.ids.add(segmentId);
    asked.set(memberId, own);
  }
  const kept = await keptSegments(tx, businessId);
  const answered = await decideMembers(tx, businessId, kept, asked, now);
  // A check nobody answered (the segment or the member is gone) must not come again.
  const left = due.filter(({ segmentId, memberId }) => !answered.has(`${segmentId} ${memberId}`));
  await store.keepChecks(
    tx,
    businessId,
    left.map((one) => ({ ...one, dueAt: null })),
  );
  return due.length;
}

/** `isGone`: the members themselves are no more, and nothing of them is remembered. */
type Found = { came: store.Told[]; went: store.Told[]; checks: store.Check[]; isGone?: true };

/** Decides members for the segments that what changed of them can touch, and those that ask about these. Answers which. */
async function decideMembers(
  tx: Tx,
  businessId: bigint,
  kept: readonly Kept[],
  asked: Asked,
  now: Date,
): Promise<Set<string>> {
  const answered = new Set<string>();
  const ordered = inOrder(kept);
  const touches = (segment: Kept, topics: ReadonlySet<string>) =>
    topics.has(ALL_TOPICS) || segment.topics.some((topic) => topics.has(topic));
  const wanted = [...asked].map(([memberId, { topics, ids }]) => {
    const changed = new Set(topics);
    const own = ordered.filter((segment) => {
      const isTouched = ids.has(segment.id) || touches(segment, changed);
      // Whatever asks about this one is decided with it.
      if (isTouched) changed.add(`segment:${segment.id}`);
      return isTouched;
    });
    return { memberId, own };
  });
  const involved = ordered.filter((segment) => wanted.some(({ own }) => own.includes(segment)));
  if (involved.length === 0) return answered;
  await store.shareSegments(
    tx,
    involved.map(({ id }) => id),
  );
  const members = wanted.filter(({ own }) => own.length > 0);
  const needs = needsOf(involved.map(({ rule }) => rule));
  const loaded = await loadFacts(
    tx,
    businessId,
    members.map(({ memberId }) => memberId),
    needs,
  );
  const byId = new Map(loaded.map((one) => [BigInt(one.facts.memberId), one]));
  const zone = await store.zoneOf(tx, businessId);
  const found: Found = { came: [], went: [], checks: [] };
  for (const { memberId, own } of members) {
    const known = byId.get(memberId);
    if (!known) continue;
    const entered = new Map(known.facts.segments);
    for (const segment of own) {
      const facts = { ...known.facts, segments: entered };
      const answer = known.isWhole
        ? decide(segment.rule, facts, now.getTime(), zone)
        : await bySql(tx, segment, { businessId, now, zone, memberId });
      answered.add(`${segment.id} ${memberId}`);
      note(found, segment, memberId, answer, entered, now);
    }
  }
  await write(tx, businessId, now, found, zone);
  return answered;
}

type Answer = { readonly isIn: boolean; readonly checkAt: number | null };

async function bySql(
  tx: Tx,
  segment: Kept,
  asked: { businessId: bigint; now: Date; zone: string; memberId: bigint },
): Promise<Answer> {
  const [row] = await askMembers(tx, segment.rule, {
    ...asked,
    whom: { ids: [Number(asked.memberId)] },
    wantsNext: true,
  });
  return { isIn: row?.isIn ?? false, checkAt: row?.nextAt?.getTime() ?? null };
}

function note(
  found: Found,
  segment: Kept,
  memberId: bigint,
  { isIn, checkAt }: Answer,
  entered: Map<number, number>,
  now: Date,
): void {
  const key = Number(segment.id);
  const one = { segmentId: segment.id, memberId };
  const isTold = isKnown(segment, memberId);
  if (isIn && !entered.has(key)) {
    found.came.push({ ...one, isTold });
    entered.set(key, now.getTime());
  }
  if (!isIn && entered.has(key)) {
    found.went.push({ ...one, isTold });
    entered.delete(key);
  }
  // Later than that the next rebuild notes it.
  const isNear = checkAt !== null && segment.checksUntil !== null && checkAt <= segment.checksUntil.getTime();
  found.checks.push({ ...one, dueAt: isNear ? new Date(checkAt) : null });
}

/** Whether it was known, by this rule, if a member is in: what is found out for the first time is nobody's coming or going. */
const isKnown = ({ builtVersion, version, build }: Kept, memberId: bigint): boolean =>
  builtVersion === version || (build !== null && memberId <= build.after);

async function write(tx: Tx, businessId: bigint, now: Date, found: Found, zone?: string): Promise<void> {
  await store.move(tx, businessId, now, found.came, found.went, !found.isGone);
  await store.keepChecks(tx, businessId, found.checks);
  const ids = [...new Set([...found.came, ...found.went].map(({ segmentId }) => segmentId))].toSorted(
    (a, b) => (a < b ? -1 : 1),
  );
  const of = (moves: readonly store.Move[], id: bigint) =>
    moves.filter(({ segmentId }) => segmentId === id).length;
  const counts = ids.map((id) => ({ segmentId: id, entered: of(found.came, id), left: of(found.went, id) }));
  if (counts.length > 0)
    await store.count(tx, businessId, dayOf(now, zone ?? (await store.zoneOf(tx, businessId))), counts);
}
