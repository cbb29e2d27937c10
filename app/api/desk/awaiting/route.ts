import { route } from "@/lib/access";
import { awaiting } from "@/lib/sales";
import { confirmInput } from "@/lib/sales/schema";

/** How many of a purchase's points wait for a confirmation. */
export const POST = route(confirmInput, async (ctx, { operationId }) => ({
  points: (await awaiting(ctx, [operationId])).get(operationId) ?? 0n,
}));
