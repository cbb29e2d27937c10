import "server-only";
import type { Tx } from "../platform/db";
import type { Event } from "../platform/outbox";
import { settleMembers } from "../tiers";
import { businessOf, programmeIn } from "./index";
import * as store from "./store";

/**
 * Keeps inviters' figures true: a friend counts while they have a purchase that was not wholly refunded.
 *
 * Shape: handles `purchase.recorded` and `purchase.refunded`; counts anew instead of adding, so that once or twice is the same.
 */
export async function countInvitations(tx: Tx, businessId: bigint, events: readonly Event[]): Promise<void> {
  const telling = events.filter((event) => event.payload.isFirst === true || event.payload.isFull === true);
  const memberIds = telling.flatMap((event) => (event.memberId === null ? [] : [event.memberId]));
  if (memberIds.length === 0) return;
  const inviters = await store.invitersOf(tx, businessId, memberIds);
  if (inviters.length === 0) return;
  const at = new Date(Math.max(...telling.map((event) => event.at.getTime())));
  for (const inviterId of inviters) await store.recountInvitations(tx, businessId, inviterId);
  await settleInviters(tx, businessId, inviters, at);
}

/** Counts one inviter's friends anew and puts the inviter on the tier that gives. */
export async function recountInviter(tx: Tx, businessId: bigint, inviterId: bigint, at: Date): Promise<void> {
  await store.recountInvitations(tx, businessId, inviterId);
  await settleInviters(tx, businessId, [inviterId], at);
}

async function settleInviters(tx: Tx, businessId: bigint, memberIds: readonly bigint[], now: Date) {
  const [programme, business] = await Promise.all([programmeIn(tx, businessId, now), businessOf(businessId)]);
  await settleMembers(tx, business, programme, { memberIds, now, reason: "invitation", all: true });
}
