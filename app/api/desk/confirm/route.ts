import { route } from "@/lib/access";
import { confirmEarned } from "@/lib/sales";
import { confirmInput } from "@/lib/sales/schema";

/** Lets the points of a purchase begin that wait for a confirmation; again, it changes nothing. */
export const POST = route(confirmInput, async (ctx, { operationId }) => ({
  points: await confirmEarned(ctx, operationId),
}));
