import { route } from "@/lib/access";
import { deskCode } from "@/lib/sales";
import { deskCodeInput } from "@/lib/sales/schema";

/** What a code is good for: a certificate to pay with, or a promo code used at once. A body, so that no log keeps codes. */
export const POST = route(deskCodeInput, (ctx, input, { idempotencyKey }) =>
  deskCode(ctx, input, idempotencyKey ?? null),
);
