import { route } from "@/lib/access";
import { Refused } from "@/lib/kernel/refusals";
import { deskRecord } from "@/lib/sales";
import { deskSaleInput } from "@/lib/sales/schema";

/** Records a purchase once for its `Idempotency-Key`, however often it is sent. */
export const POST = route(
  deskSaleInput,
  (ctx, input, { idempotencyKey }) => {
    if (!idempotencyKey) throw new Refused("invalid", { field: "idempotencyKey" });
    return deskRecord(ctx, input, idempotencyKey);
  },
  { status: 201 },
);
