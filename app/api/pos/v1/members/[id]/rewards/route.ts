import { z } from "zod";
import { route } from "@/lib/access";
import { id } from "@/lib/access/schema";
import { toDecimal } from "@/lib/kernel/money";
import { entitlementJson } from "@/lib/pos/model";
import { buyReward, shop } from "@/lib/program";

/** What a member's points can buy, and what stands in the way. */
export const GET = route(z.object({ id }), async (ctx, { id: memberId }) => ({
  rewards: (await shop(ctx, memberId)).map(({ reward, problem, missing }) => ({
    id: reward.id,
    name: reward.name,
    description: reward.description,
    price: toDecimal(reward.pricePoints ?? 0n),
    missing: toDecimal(missing),
    problem,
  })),
}));

/** Buys a reward with a member's points, once for its `Idempotency-Key`. */
export const POST = route(
  z.object({ id, rewardId: id }),
  async (ctx, { id: memberId, rewardId }, { idempotencyKey }) => {
    const key = idempotencyKey === undefined ? null : `pos:${idempotencyKey}`;
    return entitlementJson(await buyReward(ctx, { memberId, rewardId, key }), ctx.now);
  },
  { status: 201 },
);
