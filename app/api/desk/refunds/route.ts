import { route } from "@/lib/access";
import { Refused } from "@/lib/kernel/refusals";
import { deskRefund } from "@/lib/sales";
import { deskRefundInput } from "@/lib/sales/schema";

/** Refunds a purchase or a part of it once for its `Idempotency-Key`. */
export const POST = route(
  deskRefundInput,
  (ctx, input, { idempotencyKey }) => {
    if (!idempotencyKey) throw new Refused("invalid", { field: "idempotencyKey" });
    return deskRefund(ctx, input, idempotencyKey);
  },
  { status: 201 },
);
