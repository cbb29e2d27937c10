import { z } from "zod";
import { AMOUNT_MAX } from "../../kernel/money";
import { REWARD_COLORS, REWARD_ICONS } from "../rewards/model";

/** A stamp programme as the office saves it; `id` null makes a new one. Refuses: `lines_without_goods`. */
export const stampInput = z
  .object({
    id: z.bigint().nullable(),
    name: z.string().trim().min(1).max(60),
    icon: z.enum(REWARD_ICONS),
    color: z.enum(REWARD_COLORS),
    counts: z.enum(["visit", "line"]),
    category: z.string().trim().min(1).max(100).nullable(),
    itemIds: z.array(z.bigint()).max(100),
    minTotalMinor: z.bigint().min(0n).max(AMOUNT_MAX),
    needed: z.int().min(2).max(100),
    rewardId: z.bigint(),
  })
  .check(({ value, issues }) => {
    if (value.counts === "line" && value.category === null && value.itemIds.length === 0)
      issues.push({ code: "custom", message: "lines_without_goods", path: ["category"], input: value });
  });
export type StampInput = z.output<typeof stampInput>;
