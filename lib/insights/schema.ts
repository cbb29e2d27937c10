import { z } from "zod";

const ascending = (step: z.ZodNumber) =>
  z.tuple([step, step, step, step]).refine(([a, b, c, d]) => a < b && b < c && c < d, "not_ascending");

const DAYS_MAX = 3_650;
const VISITS_MAX = 10_000;
const MINOR_MAX = 1_000_000_000_000;

/** The owner's own limits between scores; recency in days, money in minor units. Null: by fifths of all customers. */
export const limits = z.object({
  recency: ascending(z.int().min(0).max(DAYS_MAX)),
  frequency: ascending(z.int().min(1).max(VISITS_MAX)),
  monetary: ascending(z.int().min(0).max(MINOR_MAX)),
});
export type Limits = z.output<typeof limits>;
export const limitsInput = z.object({ limits: limits.nullable() });

export const DUE_LISTS = ["today", "tomorrow", "overdue"] as const;
export type DueList = (typeof DUE_LISTS)[number];
export const PAGE = 50;
