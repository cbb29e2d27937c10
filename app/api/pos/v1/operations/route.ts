import { sayIn } from "@/components/program/say";
import { route } from "@/lib/access";
import { nativeSale, saleForm } from "@/lib/pos";

/** Records a purchase once for its `Idempotency-Key`. */
export const POST = route(
  saleForm,
  async (ctx, form, { idempotencyKey }) => nativeSale(ctx, form, idempotencyKey, await sayIn(ctx, form.lang)),
  { status: 201 },
);
