import { z } from "zod";

export const OCCASIONS = ["birthday", "anniversary"] as const;

/** A reward given by itself around a personal date. */
export const occasionInput = z.object({
  id: z.bigint().nullable(),
  kind: z.enum(OCCASIONS),
  rewardId: z.bigint(),
  daysBefore: z.int().min(0).max(60),
  validDays: z.int().min(0).max(365),
});
export type OccasionInput = z.output<typeof occasionInput>;
