import "server-only";
/**
 * Gifts made for one member while something else happens: a journey's step, a message on its way.
 *
 * Always true: given in the caller's transaction, once for its key; what was given says until which day it is good.
 */
import type { Context } from "../../access";
import { newId } from "../../kernel/ids";
import { Refused } from "../../kernel/refusals";
import { type Day, dayOf } from "../../kernel/time";
import { postGrant } from "../../ledger";
import { randomText } from "../../platform/crypto";
import type { Tx } from "../../platform/db";
import * as held from "../entitlements/store";
import { programmeIn } from "../index";
import { expiryAfter, lifetime } from "../model";
import { CODE_ALPHABET, promoProblem, UNIQUE_CODE_LENGTH } from "../promo/model";
import * as promos from "../promo/store";
import { requireReadable } from "../rewards";
import * as rewards from "../rewards/store";
import * as store from "./store";

const CODES_SHOWN = 50;
const TRIES = 3;

/** Whom, under which key, and how long it is good; null: as what is given says itself. */
export type Gift = { readonly memberId: bigint; readonly key: string; readonly days: number | null };
/** The last day a gift is good on; null: for ever. */
export type Given = { readonly until: Day | null };

/** Gives points. Shape: the same key again gives nothing more. */
export async function giftPoints(
  tx: Tx,
  ctx: Context,
  gift: Gift & { readonly points: bigint; readonly comment: string | null },
): Promise<Given> {
  const { id: businessId, zone } = ctx.business;
  const programme = await programmeIn(tx, businessId);
  const own = lifetime({ ...programme, pendingDays: 0 }, ctx.now, zone).expiresAt;
  const expiresAt = gift.days === null ? own : expiryAfter(gift.days, ctx.now, zone);
  await postGrant(
    {
      businessId,
      now: ctx.now,
      operationId: newId(ctx.now),
      memberId: gift.memberId,
      key: gift.key,
      fingerprint: "gift",
      points: gift.points,
      kind: "grant",
      availableAt: ctx.now,
      expiresAt,
      staffId: null,
      locationId: null,
      programmeVersion: programme.version,
      source: "job",
      actor: ctx.actor,
      because: [{ code: "granted", points: gift.points.toString(), comment: gift.comment }],
    },
    tx,
  );
  return { until: lastDay(expiresAt, zone) };
}

/**
 * Gives a reward of the catalogue.
 *
 * Shape: the same key again answers what it gave. Refuses: `not_found` for one taken off the catalogue, `reward_sold_out`.
 */
export async function giftReward(
  tx: Tx,
  ctx: Context,
  gift: Gift & { readonly rewardId: bigint; readonly comment: string | null },
): Promise<Given & { readonly name: string }> {
  const { id: businessId, zone } = ctx.business;
  const reward = await rewards.reward(tx, businessId, gift.rewardId);
  if (!reward || reward.archivedAt !== null) throw new Refused("not_found", { what: "reward" });
  const id = await held.give(tx, businessId, ctx.now, {
    memberId: gift.memberId,
    rewardId: gift.rewardId,
    source: "gift",
    sourceId: null,
    key: gift.key,
    until: gift.days === null ? null : expiryAfter(gift.days, ctx.now, zone),
    operationId: null,
    comment: gift.comment,
    takeStock: true,
  });
  const given = await held.entitlementBy(tx, businessId, ctx.now, { id });
  return { name: reward.name, until: lastDay(given?.expiresAt ?? null, zone) };
}

/**
 * A code of a campaign for one member: their own where codes are unique, the common one where it is shared.
 *
 * Shape: the same key again answers the same code. Refuses: `not_found`, and `promo_not_now`, `promo_used` or `promo_not_for_you` where
 * the member could not use it.
 */
export async function giftCode(
  tx: Tx,
  ctx: Context,
  gift: Gift & { readonly promoId: bigint },
): Promise<Given & { readonly code: string }> {
  const { id: businessId, zone } = ctx.business;
  const known = await store.codeOfKey(tx, businessId, gift.key);
  if (known) return { code: known.code, until: lastDay(known.expiresAt, zone) };
  const promo = await promos.promo(tx, businessId, gift.promoId);
  const member = await rewards.lockMember(tx, businessId, gift.memberId);
  if (!promo || promo.archivedAt !== null || !member) throw new Refused("not_found", { what: "promo" });
  const used = await promos.countUses(tx, businessId, promo.id, gift.memberId);
  const problem = promoProblem(promo, { used, visits: member.visits }, ctx.now);
  if (problem) throw new Refused(problem);
  if (promo.kind === "shared") {
    const code = await store.sharedCode(tx, businessId, promo.id);
    if (code === undefined) throw new Refused("not_found", { what: "promo" });
    return { code, until: lastDay(promo.endsAt, zone) };
  }
  const own = gift.days === null ? null : expiryAfter(gift.days, ctx.now, zone);
  const expiresAt = own && promo.endsAt ? (own < promo.endsAt ? own : promo.endsAt) : (own ?? promo.endsAt);
  // Two that fall on the same code are one in billions; the loop is for that one.
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const code = randomText(UNIQUE_CODE_LENGTH, CODE_ALPHABET);
    if (await store.insertCode(tx, ctx, { ...gift, code, expiresAt }))
      return { code, until: lastDay(expiresAt, zone) };
  }
  throw new Refused("busy");
}

/** A code made for one member that they have not used yet. Points in hundredths. */
export type PersonalCode = store.PersonalCode;

/** Codes made for a member that can still be used, the first to end first. Refuses: `forbidden` for another's card. */
export async function personalCodes(ctx: Context, memberId: bigint): Promise<PersonalCode[]> {
  requireReadable(ctx, memberId);
  return await store.codesFor(ctx, memberId, CODES_SHOWN);
}

/** The last day of something that ends with an instant, which itself is not part of it. */
const lastDay = (end: Date | null, zone: string): Day | null =>
  end === null ? null : dayOf(new Date(end.getTime() - 1), zone);
