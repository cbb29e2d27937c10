/** Something a business gives, and the terms it is given on. Points and money in hundredths. */
export type Reward = {
  readonly id: bigint;
  readonly name: string;
  readonly description: string;
  readonly icon: RewardIcon;
  readonly color: RewardColor;
  readonly effect: RewardEffect;
  /** The good or service of the catalogue it stands for. */
  readonly itemId: bigint | null;
  /** How often one may be used. */
  readonly uses: number;
  /** Days one lives; null: for ever. */
  readonly validDays: number | null;
  readonly pricePoints: bigint | null;
  readonly priceMinor: bigint | null;
  /** What is left; null: as many as wanted. */
  readonly stock: number | null;
  /** How many one member may buy within `limitDays` (null: ever). */
  readonly limitCount: number | null;
  readonly limitDays: number | null;
  readonly segmentId: bigint | null;
  /** Tiers it is for; empty: all. */
  readonly tierIds: readonly string[];
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly archivedAt: Date | null;
};

/** What using one does: hands something over, or takes something off a bill. */
export type RewardEffect =
  | { readonly kind: "thing" }
  | { readonly kind: "amount"; readonly minor: bigint }
  | { readonly kind: "percent"; readonly bps: number }
  | { readonly kind: "rule"; readonly ruleId: bigint };

export const REWARD_ICONS = [
  "gift",
  "coffee",
  "cake",
  "scissors",
  "sparkles",
  "percent",
  "ticket",
  "star",
  "heart",
  "crown",
  "bag",
  "calendar",
] as const;
export type RewardIcon = (typeof REWARD_ICONS)[number];
export const REWARD_COLORS = ["brand", "amber", "green", "blue", "violet", "rose"] as const;
export type RewardColor = (typeof REWARD_COLORS)[number];

/** What decides whether a member may buy one now. */
export type Buyer = {
  readonly available: bigint;
  readonly tierId: string;
  readonly inSegment: boolean;
  /** How many they bought within the limit's time. */
  readonly bought: number;
};

/** Why a member cannot buy a reward for points now. */
export type BuyProblem =
  | "reward_not_now"
  | "reward_not_for_you"
  | "reward_sold_out"
  | "reward_limit"
  | "insufficient_points";

/** The first thing that stands in the way of buying; nothing when it can be bought. Time: `now` against its dates. */
export function buyProblem(reward: Reward, buyer: Buyer, now: Date): BuyProblem | undefined {
  if (reward.pricePoints === null || !isOffered(reward, now)) return "reward_not_now";
  if (!buyer.inSegment || (reward.tierIds.length > 0 && !reward.tierIds.includes(buyer.tierId)))
    return "reward_not_for_you";
  if (reward.stock === 0) return "reward_sold_out";
  if (reward.limitCount !== null && buyer.bought >= reward.limitCount) return "reward_limit";
  return buyer.available < reward.pricePoints ? "insufficient_points" : undefined;
}

/** Whether a reward is on offer at a moment, for whoever may have it. */
export function isOffered(reward: Reward, now: Date): boolean {
  return (
    reward.archivedAt === null &&
    (reward.startsAt === null || reward.startsAt <= now) &&
    (reward.endsAt === null || reward.endsAt > now)
  );
}

/** A reward as the card shows it: to be had now, or what is missing. */
export type ShopReward = {
  readonly reward: Reward;
  readonly problem: BuyProblem | null;
  /** Points still to collect; zero when there are enough. */
  readonly missing: bigint;
};
