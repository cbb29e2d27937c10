import "server-only";
import type { Context } from "@/lib/access";
import { programme } from "@/lib/program";
import type { RewardChoices } from "./reward-dialog";

/** What a reward's form offers to choose from. */
export async function rewardChoices(ctx: Context): Promise<RewardChoices> {
  const { base, tiers } = await programme(ctx);
  return {
    tiers: [base, ...tiers].map(({ id, name }) => ({ id, name })),
    segments: [],
    rules: [],
    currency: ctx.business.currency,
  };
}
