import "server-only";
import type { Tx } from "../platform/db";
import * as store from "./store";

/** Notes that a member gets a tier's gift; false when they had it. Shape: inside the transaction that gives it. */
export async function keepGift(
  tx: Tx,
  businessId: bigint,
  gift: store.Gift & { readonly memberId: bigint; readonly tierId: string },
): Promise<boolean> {
  return await store.insertGift(tx, businessId, gift);
}

/** The gift a member had for a tier, or nothing. */
export async function giftOf(
  tx: Tx,
  businessId: bigint,
  memberId: bigint,
  tierId: string,
): Promise<store.Gift | undefined> {
  return await store.giftOf(tx, businessId, memberId, tierId);
}

/** Takes a gift back as if it had not been given; what of it was spent is owed. Units: all of its points. */
export async function takeGiftBack(tx: Tx, businessId: bigint, taking: store.Taking): Promise<void> {
  await store.takeGiftBack(tx, businessId, taking);
}
