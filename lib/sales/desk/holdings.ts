import "server-only";
import type { z } from "zod";
import { type Context, require } from "../../access";
import { Refused } from "../../kernel/refusals";
import { withBusiness } from "../../platform/db";
import {
  buyReward,
  certificateByCode,
  certificatesOf,
  confirmHold,
  entitlementByCode,
  entitlements,
  holdEntitlement,
  redeemPromo,
  releaseHold,
  rewards,
  sellReward,
  shop,
  stampRows,
} from "../../program";
import {
  type Certificate,
  type Entitlement,
  type Hold,
  isOffered,
  type Reward,
  readCertificateCode,
  readEntitlementCode,
  type ShopReward,
  type StampRow,
} from "../../program/model";
import type { deskCodeInput, deskSettleInput, deskTakeInput } from "../schema";
import { placeOf } from "./store";

/** What a member holds and could have, as the desk shows it. */
export type Holdings = {
  readonly held: readonly Entitlement[];
  readonly stamps: readonly StampRow[];
  readonly certificates: readonly Certificate[];
  /** To be had for points. */
  readonly shop: readonly ShopReward[];
  /** Sold for money here. */
  readonly forSale: readonly Reward[];
};

/** What a member holds and could have. Refuses: `not_found`. */
export async function deskHoldings(ctx: Context, memberId: bigint): Promise<Holdings> {
  require(ctx, "sales:record");
  const [held, stamps, certificates, offered, all] = await Promise.all([
    entitlements(ctx, memberId, { liveOnly: true }),
    stampRows(ctx, memberId),
    certificatesOf(ctx, memberId),
    shop(ctx, memberId),
    rewards(ctx),
  ]);
  const forSale = all.filter((reward) => reward.priceMinor !== null && isOffered(reward, ctx.now));
  return { held, stamps, certificates, shop: offered, forSale };
}

/** Sets one use aside for the bill at this desk, once for its key. Refuses: as `holdEntitlement`. */
export async function deskHold(ctx: Context, entitlementId: bigint, key: string | null): Promise<Hold> {
  return await holdEntitlement(ctx, { entitlementId, key, ...(await placeFor(ctx)) });
}

/** Hands a held thing over without a bill, or lets the hold go. Refuses: as `confirmHold` and `releaseHold`. */
export async function deskSettle(
  ctx: Context,
  { holdId, act }: z.output<typeof deskSettleInput>,
): Promise<Hold> {
  return act === "confirm" ? await confirmHold(ctx, holdId) : await releaseHold(ctx, holdId);
}

/** Takes a reward for points or for money, once for its key. Refuses: as `buyReward` and `sellReward`. */
export async function deskTake(
  ctx: Context,
  { memberId, rewardId, pays }: z.output<typeof deskTakeInput>,
  key: string | null,
): Promise<Entitlement> {
  const asked = { memberId, rewardId, key };
  return pays === "points" ? await buyReward(ctx, asked) : await sellReward(ctx, asked);
}

/** What a code turned out to be at the desk. */
export type DeskCode =
  | { readonly is: "entitlement"; readonly hold: Hold }
  | { readonly is: "certificate"; readonly code: string; readonly balanceMinor: bigint }
  | { readonly is: "promo"; readonly name: string; readonly points: bigint; readonly reward: string | null };

/**
 * Reads a code somebody shows: something they hold, set aside for the bill; a certificate to pay with; or a promo code used for them.
 *
 * Refuses: as those; `code_unknown` for what another member holds.
 */
export async function deskCode(
  ctx: Context,
  { memberId, code }: z.output<typeof deskCodeInput>,
  key: string | null,
): Promise<DeskCode> {
  const held = readEntitlementCode(code);
  if (held !== undefined) {
    const found = await entitlementByCode(ctx, held);
    if (found.memberId !== memberId) throw new Refused("code_unknown");
    return { is: "entitlement", hold: await deskHold(ctx, found.id, key) };
  }
  if (readCertificateCode(code) !== undefined) {
    const found = await certificateByCode(ctx, code);
    return { is: "certificate", code: found.code, balanceMinor: found.balanceMinor };
  }
  if (memberId === null) throw new Refused("promo_unknown");
  const gain = await redeemPromo(ctx, { memberId, code, key });
  return { is: "promo", name: gain.name, points: gain.points, reward: gain.entitlement?.name ?? null };
}

/** Whose card something is on, before anybody was named; null: a certificate on nobody's. */
export type DeskFound = { readonly memberId: bigint | null };

/** Whose a scanned thing is: its owner, to be met at the desk. Refuses: `code_unknown`, and as `certificateByCode`. */
export async function deskFind(ctx: Context, code: string): Promise<DeskFound> {
  const held = readEntitlementCode(code);
  const found = held === undefined ? await certificateByCode(ctx, code) : await entitlementByCode(ctx, held);
  return { memberId: found.memberId };
}

async function placeFor(ctx: Context): Promise<{ staffId: bigint; locationId: bigint | null }> {
  if (ctx.actor.kind !== "staff") throw new Refused("forbidden");
  const staffId = ctx.actor.id;
  const { locationId } = await withBusiness(ctx.business.id, (tx) => placeOf(tx, ctx.business.id, staffId));
  return { staffId, locationId };
}
