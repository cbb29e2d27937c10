import { z } from "zod";

export const HOUSEHOLD_MAX = 20;
const name = z.string().trim().min(1).max(60);

/** Another member joins one's household; where there is none yet, one of that name is made. */
export const householdJoin = z.object({ memberId: z.bigint(), otherId: z.bigint(), name: name.nullable() });
export type HouseholdJoin = z.output<typeof householdJoin>;
/** Named anew, and who pays; null: everybody for themselves. */
export const householdEdit = z.object({ memberId: z.bigint(), name, payerId: z.bigint().nullable() });
export type HouseholdEdit = z.output<typeof householdEdit>;
export const householdLeave = z.object({ memberId: z.bigint() });
