import { z } from "zod";

export const AMBASSADOR_SORTS = ["cash", "points", "joined"] as const;
export type AmbassadorSort = (typeof AMBASSADOR_SORTS)[number];

/** A decision on an invitation under review; the reason stays with it. */
export const decision = z.object({
  memberId: z.bigint(),
  accept: z.boolean(),
  reason: z.string().trim().min(1).max(300),
});
export type Decision = z.output<typeof decision>;

/** Which friends of whom: the next ones before an id. */
export const branchQuery = z.object({ inviterId: z.bigint(), before: z.bigint().nullable() });
export type BranchQuery = z.output<typeof branchQuery>;

/** An opened invitation, as the joining page tells it. */
export const openedLink = z.object({
  slug: z.string().max(80),
  code: z.string().regex(/^[a-z0-9]{4,20}$/i),
});
