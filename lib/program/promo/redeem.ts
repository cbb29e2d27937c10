import "server-only";
import { audit, type Context, countGuess, forgiveGuess, require } from "../../access";
import { newId } from "../../kernel/ids";
import { Refused } from "../../kernel/refusals";
import { postGrant } from "../../ledger";
import { type Tx, withBusiness } from "../../platform/db";
import type { Entitlement } from "../entitlements/model";
import * as held from "../entitlements/store";
import { programmeIn } from "../index";
import { expiryAfter, lifetime } from "../model";
import { lockMember } from "../rewards/store";
import { type Promo, promoProblem, readCode } from "./model";
import * as store from "./store";

export type RedeemInput = {
  readonly memberId: bigint;
  readonly code: string;
  /** Client-minted; the same one again answers what the code brought. */
  readonly key: string | null;
};
/** What a code brought. */
export type PromoGain = {
  readonly name: string;
  readonly points: bigint;
  readonly entitlement: Entitlement | null;
};

/**
 * Uses a promo code for a member: on the card, at the desk or by API; what it brings comes with it in one step.
 *
 * Refuses: `promo_unknown`, `promo_used`, `promo_not_now`, `promo_not_for_you`, `member_blocked`, `not_found`, `reward_sold_out`,
 * `nonce_conflict`; `locked` with `retryAt` after too many wrong tries.
 */
export async function redeemPromo(ctx: Context, input: RedeemInput): Promise<PromoGain> {
  if (ctx.actor.kind === "member") {
    require(ctx, "own:write");
    if (ctx.actor.id !== input.memberId) throw new Refused("forbidden");
  } else require(ctx, "sales:record");
  const guess = await countGuess(ctx, "promo");
  try {
    const gained = await withBusiness(ctx.business.id, async (tx) => await redeemIn(tx, ctx, input));
    await forgiveGuess(guess);
    return gained;
  } catch (error) {
    // A code that is there was not guessed at, whatever else is wrong with it.
    if (!(error instanceof Refused) || error.code !== "promo_unknown") await forgiveGuess(guess);
    throw error;
  }
}

async function redeemIn(tx: Tx, ctx: Context, input: RedeemInput): Promise<PromoGain> {
  const businessId = ctx.business.id;
  const { memberId } = input;
  const member = await lockMember(tx, businessId, memberId);
  if (!member) throw new Refused("not_found");
  const known = input.key === null ? null : await store.useByKey(tx, businessId, input.key);
  const code = readCode(input.code);
  if (known) {
    if (known.memberId !== memberId || known.code !== code) throw new Refused("nonce_conflict");
    return await gainOf(tx, ctx, known);
  }
  if (member.isBlocked) throw new Refused("member_blocked");
  const stored = code === undefined ? null : await store.codeBy(tx, businessId, code);
  const promo = stored ? await store.promo(tx, businessId, stored.promoId) : undefined;
  // Somebody else's own code is none, so that nobody learns whose it is.
  const isAnothers = stored?.forMemberId != null && stored.forMemberId !== memberId;
  if (!stored || !promo || isAnothers) throw new Refused("promo_unknown");
  if (stored.expiresAt !== null && stored.expiresAt <= ctx.now) throw new Refused("promo_not_now");
  const used = await store.countUses(tx, businessId, promo.id, memberId);
  const problem = promoProblem(promo, { used, visits: member.visits }, ctx.now);
  if (problem) throw new Refused(problem);
  if (promo.kind === "unique" && !(await store.takeCode(tx, ctx, stored.code, memberId)))
    throw new Refused("promo_used");
  if (!(await store.takeUse(tx, businessId, promo.id))) throw new Refused("promo_used");
  const brought = await bring(tx, ctx, promo, memberId);
  const use = {
    ...brought,
    id: newId(ctx.now),
    promoId: promo.id,
    memberId,
    code: stored.code,
    key: input.key,
  };
  await store.insertUse(tx, ctx, use);
  await audit(tx, ctx, "promo.use", { kind: "member", id: memberId }, { promo: promo.name });
  return await gainOf(tx, ctx, use);
}

type Brought = { operationId: bigint | null; entitlementId: bigint | null };

async function bring(tx: Tx, ctx: Context, promo: Promo, memberId: bigint): Promise<Brought> {
  if (promo.brings.kind === "points") {
    const { points, days } = promo.brings;
    return {
      operationId: await givePoints(tx, ctx, memberId, promo.name, points, days),
      entitlementId: null,
    };
  }
  const entitlementId = await held.give(tx, ctx.business.id, ctx.now, {
    memberId,
    rewardId: promo.brings.rewardId,
    source: "promo",
    sourceId: promo.id,
    key: null,
    until: null,
    operationId: null,
    comment: null,
    takeStock: true,
  });
  return { operationId: null, entitlementId };
}

async function givePoints(
  tx: Tx,
  ctx: Context,
  memberId: bigint,
  name: string,
  points: bigint,
  days: number | null,
): Promise<bigint> {
  const { id: businessId, zone } = ctx.business;
  const current = await programmeIn(tx, businessId);
  const operationId = newId(ctx.now);
  const earned = lifetime({ ...current, pendingDays: 0 }, ctx.now, zone).expiresAt;
  await postGrant(
    {
      businessId,
      now: ctx.now,
      operationId,
      memberId,
      key: null,
      fingerprint: "promo",
      points,
      kind: "grant",
      availableAt: ctx.now,
      expiresAt: days === null ? earned : expiryAfter(days, ctx.now, zone),
      staffId: ctx.actor.kind === "staff" ? ctx.actor.id : null,
      locationId: null,
      programmeVersion: current.version,
      source: ctx.actor.kind === "member" ? "card" : "desk",
      actor: ctx.actor,
      because: [{ code: "promo", name, points: points.toString() }],
    },
    tx,
  );
  return operationId;
}

async function gainOf(tx: Tx, ctx: Context, use: store.Use): Promise<PromoGain> {
  const promo = await store.promo(tx, ctx.business.id, use.promoId);
  const entitlement =
    use.entitlementId === null
      ? undefined
      : await held.entitlementBy(tx, ctx.business.id, ctx.now, { id: use.entitlementId });
  return {
    name: promo?.name ?? "",
    points: promo?.brings.kind === "points" ? promo.brings.points : 0n,
    entitlement: entitlement ?? null,
  };
}
