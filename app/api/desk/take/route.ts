import { route } from "@/lib/access";
import { deskTake } from "@/lib/sales";
import { deskTakeInput } from "@/lib/sales/schema";

/** A reward for points or money, once for its `Idempotency-Key`. */
export const POST = route(
  deskTakeInput,
  (ctx, input, { idempotencyKey }) => deskTake(ctx, input, idempotencyKey ?? null),
  { status: 201 },
);
