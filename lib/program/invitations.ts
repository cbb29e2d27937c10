import "server-only";
import type { Tx } from "../platform/db";
import type { Event } from "../platform/outbox";
import { qualify } from "../tiers/model";
import { programmeIn } from "./index";
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
  const at = telling.at(-1)?.at;
  for (const inviterId of inviters) await recountInviter(tx, businessId, inviterId, at);
}

/** Counts one inviter's friends anew and puts the inviter on the tier that gives. */
export async function recountInviter(
  tx: Tx,
  businessId: bigint,
  inviterId: bigint,
  at?: Date,
): Promise<void> {
  const programme = await programmeIn(tx, businessId, at);
  const counted = await store.recountInvitations(tx, businessId, inviterId);
  const tier = qualify(programme.base, programme.tiers, counted);
  if (tier.id !== counted.tierId) await store.setTier(tx, businessId, inviterId, tier.id);
}
