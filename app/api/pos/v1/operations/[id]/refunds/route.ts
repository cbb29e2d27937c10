import { sayIn } from "@/components/program/say";
import { route } from "@/lib/access";
import { nativeRefund, refundForm } from "@/lib/pos";

/** Refunds all that is left or a part, once for its `Idempotency-Key`. */
export const POST = route(
  refundForm,
  async (ctx, asked, { idempotencyKey }) =>
    nativeRefund(ctx, asked, idempotencyKey, await sayIn(ctx, asked.lang)),
  { status: 201 },
);
