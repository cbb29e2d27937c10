import { z } from "zod";
import { AMOUNT_MAX, BPS_WHOLE } from "../../kernel/money";
import { REWARD_COLORS, REWARD_ICONS } from "./model";

const amount = z.bigint().min(0n).max(AMOUNT_MAX);
const COUNT_MAX = 1_000_000;
const DAYS_MAX = 3_650;

const effect = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("thing") }),
  z.object({ kind: z.literal("amount"), minor: amount.min(1n) }),
  z.object({ kind: z.literal("percent"), bps: z.int().min(1).max(BPS_WHOLE) }),
  z.object({ kind: z.literal("rule"), ruleId: z.bigint() }),
]);

/**
 * A reward as the office saves it. `id` null makes a new one; days are the business's, both ends included.
 *
 * Refuses (issue messages are codes): `ends_before_start`, `limit_without_count`.
 */
export const rewardInput = z
  .object({
    id: z.bigint().nullable(),
    name: z.string().trim().min(1).max(80),
    description: z.string().trim().max(500),
    icon: z.enum(REWARD_ICONS),
    color: z.enum(REWARD_COLORS),
    effect,
    itemId: z.bigint().nullable(),
    uses: z.int().min(1).max(1_000),
    validDays: z.int().min(0).max(DAYS_MAX).nullable(),
    pricePoints: amount.nullable(),
    priceMinor: amount.nullable(),
    stock: z.int().min(0).max(COUNT_MAX).nullable(),
    limitCount: z.int().min(1).max(1_000).nullable(),
    limitDays: z.int().min(1).max(DAYS_MAX).nullable(),
    segmentId: z.bigint().nullable(),
    tierIds: z.array(z.string().max(40)).max(20),
    startsOn: z.iso.date().nullable(),
    endsOn: z.iso.date().nullable(),
  })
  .check(({ value, issues }) => {
    if (value.startsOn !== null && value.endsOn !== null && value.endsOn < value.startsOn)
      issues.push({ code: "custom", message: "ends_before_start", path: ["endsOn"], input: value });
    if (value.limitDays !== null && value.limitCount === null)
      issues.push({ code: "custom", message: "limit_without_count", path: ["limitCount"], input: value });
  });
export type RewardInput = z.output<typeof rewardInput>;
