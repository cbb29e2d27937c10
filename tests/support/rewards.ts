/** Rewards to test with: the plainest of each, with some fields changed. */
import type { Context } from "@/lib/access";
import { saveReward, saveStampProgramme } from "@/lib/program";
import type { RewardEffect } from "@/lib/program/model";
import { record } from "@/lib/sales";

const PLAIN = {
  id: null,
  name: "Coffee",
  description: "",
  icon: "coffee",
  color: "amber",
  effect: { kind: "thing" } as RewardEffect,
  itemId: null,
  uses: 1,
  validDays: 30,
  pricePoints: 5_000n,
  priceMinor: null,
  stock: null,
  limitCount: null,
  limitDays: null,
  segmentId: null,
  tierIds: [],
  startsOn: null,
  endsOn: null,
} as const;
type Change = Partial<Parameters<typeof saveReward>[1]>;

export const newReward = async (ctx: Context, change: Change = {}) =>
  await saveReward(ctx, { ...PLAIN, tierIds: [], ...change });

export const newStamps = async (
  ctx: Context,
  rewardId: bigint,
  change: Partial<Parameters<typeof saveStampProgramme>[1]> = {},
) =>
  await saveStampProgramme(ctx, {
    id: null,
    name: "Every third",
    icon: "coffee",
    color: "amber",
    counts: "visit",
    category: null,
    itemIds: [],
    minTotalMinor: 0n,
    needed: 3,
    rewardId,
    ...change,
  });

type Extra = Partial<Pick<Parameters<typeof record>[1], "brings" | "lines" | "key">>;

/** A purchase at the desk by a member named by id. */
export const buy = async (ctx: Context, memberId: bigint, totalMinor: bigint, extra: Extra = {}) =>
  await record(ctx, {
    by: { memberId },
    receipt: { totalMinor, skipMinor: 0n, unredeemableMinor: 0n, points: 0n, cashMinor: null, number: null },
    key: null,
    staffId: null,
    locationId: null,
    source: "desk",
    ...extra,
  });
