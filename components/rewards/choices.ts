import "server-only";
import type { Context } from "@/lib/access";
import { offered } from "@/lib/catalog";
import { programme } from "@/lib/program";
import { listSegments } from "@/lib/segments";
import type { RewardChoices } from "./reward-dialog";

/** What a reward's form offers to choose from: tiers, groups, what is on sale, and the rules that wait for somebody to bring them. */
export async function rewardChoices(ctx: Context): Promise<RewardChoices> {
  const [{ base, tiers, rules }, segments, items] = await Promise.all([
    programme(ctx),
    listSegments(ctx),
    offered(ctx),
  ]);
  return {
    tiers: [base, ...tiers].map(({ id, name }) => ({ id, name })),
    segments: segments.map(({ id, name }) => ({ id, name })),
    rules: (rules?.all ?? [])
      .filter(({ rule }) => rule.when.isHeld)
      .map(({ rule }) => ({ id: rule.id, name: rule.name })),
    items: items.map(({ id, name }) => ({ id, name })),
    currency: ctx.business.currency,
  };
}
