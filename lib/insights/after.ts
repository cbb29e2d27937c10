import "server-only";
/** What a purchase or refund changes about its member, the moment it is told. */
import { parseId } from "../kernel/ids";
import { dayOf } from "../kernel/time";
import type { Tx } from "../platform/db";
import { enqueue } from "../platform/jobs";
import type { Event } from "../platform/outbox";
import * as members from "./members/store";
import { insightOf, type State } from "./model";
import { keptState, zoneOf } from "./state/store";

/** The events after which a member is looked at anew. */
export const INSIGHTFUL = [
  "purchase.recorded",
  "purchase.refunded",
  "member.merged",
  "member.restored",
] as const;

/** The job that learns and looks at everybody. */
export const INSIGHTS_JOB = "insights";

/**
 * Counts and scores the members of purchases and refunds anew; the outbox calls it inside the transaction that ticks them off.
 *
 * Time: as of the last event's day, and never before the last night. The first purchase of a business asks for its first night.
 */
export async function seeAfter(tx: Tx, businessId: bigint, events: readonly Event[]): Promise<void> {
  const ids = [...new Set(events.flatMap(concerned))];
  if (ids.length === 0) return;
  const now = new Date(Math.max(...events.map(({ at }) => at.getTime())));
  const { state } = await keptState(tx, businessId);
  await seeMembers(tx, businessId, ids, state, now);
  if (!state)
    await enqueue(tx, INSIGHTS_JOB, { businessId: businessId.toString() }, `${INSIGHTS_JOB}:${businessId}`);
}

/** Whose purchases are others now: of a merge those of whoever took over. */
function concerned({ type, memberId, payload }: Event): bigint[] {
  const own = memberId === null || type === "member.merged" ? [] : [memberId];
  return [...own, ...[parseId(payload.survivorId) ?? []].flat()];
}

/** Counts some members from their purchases and scores them with what was learnt. */
export async function seeMembers(
  tx: Tx,
  businessId: bigint,
  ids: readonly bigint[],
  state: State | undefined,
  now: Date,
): Promise<void> {
  if (ids.length === 0) return;
  const ordered = ids.toSorted((a, b) => (a < b ? -1 : 1));
  const zone = await zoneOf(tx, businessId);
  const today = dayOf(now, zone);
  const asOf = state && state.asOf > today ? state.asOf : today;
  await members.lockMembers(tx, businessId, ordered, now);
  const all = await members.countFacts(tx, businessId, zone, ordered);
  const pairs = all.map((facts) => ({ facts, insight: insightOf(facts, state, asOf) }));
  await members.saveFacts(tx, businessId, pairs, { version: state?.version ?? 0, asOf, now });
  await members.recountRhythms(tx, businessId, zone, ordered);
}
