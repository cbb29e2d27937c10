import "server-only";
/** The catalogue: what a business gives, on which terms. Stock is taken with the giving, in one step. */
import { audit, type Context, require } from "../../access";
import { newId } from "../../kernel/ids";
import { Refused } from "../../kernel/refusals";
import { addDays, startOfDay } from "../../kernel/time";
import { lots } from "../../ledger";
import { balanceAt } from "../../ledger/model";
import { withBusiness } from "../../platform/db";
import { refuseUsed } from "../../platform/uses";
import { buyProblem, type Reward, type ShopReward } from "./model";
import type { RewardInput } from "./schema";
import * as store from "./store";

const REWARDS_MAX = 500;
const DAY_MS = 86_400_000;

/** All rewards, those on offer first. Shape: at most 500. */
export async function rewards(ctx: Context): Promise<Reward[]> {
  require(ctx, "programme:read");
  return await withBusiness(ctx.business.id, (tx) => store.rewards(tx, ctx.business.id, REWARDS_MAX));
}

/**
 * Saves a reward; what members hold already keeps the terms it was given under. Answers its id.
 *
 * Refuses: `not_found` (with `field` when it is the item, which must be on sale), `limit_reached`.
 */
export async function saveReward(ctx: Context, input: RewardInput): Promise<bigint> {
  require(ctx, "programme:write");
  const { startsOn, endsOn, ...plain } = input;
  const { zone, id: businessId } = ctx.business;
  const id = input.id ?? newId(ctx.now);
  const saved = {
    ...plain,
    id,
    startsAt: startsOn === null ? null : startOfDay(startsOn, zone),
    endsAt: endsOn === null ? null : startOfDay(addDays(endsOn, 1), zone),
  };
  await withBusiness(businessId, async (tx) => {
    if (input.id === null && (await store.rewards(tx, businessId, REWARDS_MAX)).length >= REWARDS_MAX)
      throw new Refused("limit_reached");
    if (input.itemId !== null && !(await store.isOnSale(tx, businessId, input.itemId)))
      throw new Refused("not_found", { field: "itemId" });
    if (!(await store.saveReward(tx, ctx, saved, input.id === null))) throw new Refused("not_found");
    await audit(tx, ctx, "reward.save", { kind: "reward_item", id }, { name: input.name });
  });
  return id;
}

/**
 * Takes a reward off the catalogue, or puts it back. What members hold stays theirs.
 *
 * Refuses: `not_found`; `in_use` with `uses` while stamps, codes, personal dates or journeys promise it.
 */
export async function archiveReward(ctx: Context, id: bigint, archived: boolean): Promise<void> {
  require(ctx, "programme:write");
  await withBusiness(ctx.business.id, async (tx) => {
    if (archived) await refuseUsed(tx, { businessId: ctx.business.id, now: ctx.now, kind: "reward" }, [id]);
    if (!(await store.setArchived(tx, ctx.business.id, id, archived ? ctx.now : null)))
      throw new Refused("not_found");
    await audit(tx, ctx, archived ? "reward.archive" : "reward.restore", { kind: "reward_item", id });
  });
}

/**
 * What a member can buy for points, the cheapest first, each with what is missing; rewards of other groups are left out.
 *
 * Refuses: `forbidden` for another's card, `not_found`.
 */
export async function shop(ctx: Context, memberId: bigint): Promise<ShopReward[]> {
  requireReadable(ctx, memberId);
  const { available } = balanceAt(await lots(ctx, memberId), ctx.now);
  const businessId = ctx.business.id;
  return await withBusiness(businessId, async (tx) => {
    const tierId = await store.tierOf(tx, businessId, memberId);
    if (tierId === undefined) throw new Refused("not_found");
    const offered = await store.forPoints(tx, businessId, ctx.now, REWARDS_MAX);
    const bought = await store.boughtBy(tx, businessId, memberId, offered.map(limitSince(ctx.now)));
    const groups = await store.segmentsOf(tx, businessId, memberId, segmentIdsOf(offered));
    return offered.flatMap((reward) => {
      const inSegment = reward.segmentId === null || groups.has(reward.segmentId);
      if (!inSegment) return [];
      const buyer = { available, tierId, inSegment, bought: bought.get(reward.id) ?? 0 };
      const price = reward.pricePoints ?? 0n;
      return [
        {
          reward,
          problem: buyProblem(reward, buyer, ctx.now) ?? null,
          missing: price > available ? price - available : 0n,
        },
      ];
    });
  });
}

/** Since when a member's purchases of a reward count against its limit. */
export const limitSince = (now: Date) => (reward: Reward) => ({
  rewardId: reward.id,
  at: reward.limitDays === null ? null : new Date(now.getTime() - reward.limitDays * DAY_MS),
});

export const segmentIdsOf = (list: readonly Reward[]): bigint[] =>
  list.flatMap(({ segmentId }) => (segmentId === null ? [] : [segmentId]));

/** Members see their own card; staff and tills see anybody's. */
export function requireReadable(ctx: Context, memberId: bigint): void {
  if (ctx.actor.kind !== "member") return require(ctx, "members:read");
  require(ctx, "own:read");
  if (ctx.actor.id !== memberId) throw new Refused("forbidden");
}
