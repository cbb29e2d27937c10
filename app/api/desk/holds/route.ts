import { route } from "@/lib/access";
import { deskHold } from "@/lib/sales";
import { deskHoldInput } from "@/lib/sales/schema";

/** Sets one use aside for ten minutes, once for its `Idempotency-Key`. */
export const POST = route(
  deskHoldInput,
  (ctx, { entitlementId }, { idempotencyKey }) => deskHold(ctx, entitlementId, idempotencyKey ?? null),
  { status: 201 },
);
