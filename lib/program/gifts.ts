import "server-only";
import { type Business, systemContext } from "../access";
import { newId } from "../kernel/ids";
import { postGrant } from "../ledger";
import type { Tx } from "../platform/db";
import type { Event } from "../platform/outbox";
import { giftOf, keepGift, takeGiftBack } from "../tiers";
import { ladderOrder } from "../tiers/model";
import { businessOf, programmeIn } from "./index";
import { expiryAfter, type Programme } from "./model";

/**
 * Gives the points a tier promises to whoever reaches it, once per member and tier; takes them back when a refund undoes the rise.
 *
 * Shape: handles `tier.changed`. Who skips a tier gets its gift too; a tier given by hand brings none. A gift taken back may be
 * earned again; what of it was spent is owed.
 */
export async function giveTierGifts(tx: Tx, businessId: bigint, events: readonly Event[]): Promise<void> {
  const telling = events.filter(
    ({ payload }) => payload.reason !== "given" && payload.reason !== "given_end",
  );
  if (telling.length === 0) return;
  const [programme, business] = await Promise.all([programmeIn(tx, businessId), businessOf(businessId)]);
  for (const event of telling) {
    if (event.memberId === null) continue;
    const { direction, reason, since, tierBefore, tierAfter } = event.payload;
    const between = tiersBetween(programme, String(tierBefore), String(tierAfter));
    for (const tierId of between) {
      if (direction === "up") await giveOne(tx, business, programme, event, event.memberId, tierId);
      else if (reason === "refund" && typeof since === "string")
        await takeOne(tx, business, programme, event, {
          memberId: event.memberId,
          tierId,
          since: new Date(since),
        });
    }
  }
}

/** The tiers above the lower of two, up to and with the higher. */
function tiersBetween(programme: Programme, a: string, b: string): string[] {
  const order = ladderOrder(programme).map(({ id }) => id);
  const [low = 0, high = 0] = [Math.max(0, order.indexOf(a)), Math.max(0, order.indexOf(b))].toSorted(
    (x, y) => x - y,
  );
  return order.slice(low + 1, high + 1);
}

async function giveOne(
  tx: Tx,
  business: Business,
  programme: Programme,
  event: Event,
  memberId: bigint,
  tierId: string,
): Promise<void> {
  const tier = programme.tiers.find(({ id }) => id === tierId);
  if (!tier?.gift || tier.gift.points === 0n) return;
  const { points, days } = tier.gift;
  const operationId = newId(event.at);
  const kept = await keepGift(tx, business.id, { memberId, tierId, at: event.at, operationId, points });
  if (!kept) return;
  await postGrant(
    {
      businessId: business.id,
      now: event.at,
      operationId,
      memberId,
      key: null,
      fingerprint: "tier_gift",
      points,
      kind: "tier_gift",
      availableAt: event.at,
      expiresAt: days === null ? null : expiryAfter(days, event.at, business.zone),
      staffId: null,
      locationId: null,
      programmeVersion: programme.version,
      source: "job",
      actor: systemContext(business, "tier_gift", event.at).actor,
      because: [{ code: "tier_gift", tier: tier.name, points: points.toString() }],
    },
    tx,
  );
}

async function takeOne(
  tx: Tx,
  business: Business,
  programme: Programme,
  event: Event,
  of: { memberId: bigint; tierId: string; since: Date },
): Promise<void> {
  const gift = await giftOf(tx, business.id, of.memberId, of.tierId);
  if (!gift || gift.at < of.since) return;
  const name = programme.tiers.find(({ id }) => id === of.tierId)?.name ?? of.tierId;
  await takeGiftBack(tx, business.id, {
    memberId: of.memberId,
    tierId: of.tierId,
    giftId: gift.operationId,
    operationId: newId(event.at),
    at: event.at,
    programmeVersion: programme.version,
    because: [{ code: "tier_gift_back", tier: name, points: gift.points.toString() }],
  });
}
