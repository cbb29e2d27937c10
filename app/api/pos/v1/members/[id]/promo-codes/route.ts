import { z } from "zod";
import { route } from "@/lib/access";
import { id } from "@/lib/access/schema";
import { toDecimal } from "@/lib/kernel/money";
import { entitlementJson } from "@/lib/pos/model";
import { redeemPromo } from "@/lib/program";

/** Uses a promo code for a member, once for its `Idempotency-Key`. */
export const POST = route(
  z.object({ id, code: z.string().trim().min(1).max(60) }),
  async (ctx, { id: memberId, code }, { idempotencyKey }) => {
    const key = idempotencyKey === undefined ? null : `pos:${idempotencyKey}`;
    const gain = await redeemPromo(ctx, { memberId, code, key });
    return {
      name: gain.name,
      points: toDecimal(gain.points),
      entitlement: gain.entitlement && entitlementJson(gain.entitlement, ctx.now),
    };
  },
  { status: 201 },
);
