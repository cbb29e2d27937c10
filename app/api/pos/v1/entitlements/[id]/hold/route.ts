import { route } from "@/lib/access";
import { one } from "@/lib/access/schema";
import { holdJson } from "@/lib/pos/model";
import { holdEntitlement } from "@/lib/program";

/** Sets one use aside for ten minutes, once for its `Idempotency-Key`. */
export const POST = route(
  one,
  async (ctx, { id }, { idempotencyKey }) => {
    const key = idempotencyKey === undefined ? null : `pos:${idempotencyKey}`;
    return holdJson(await holdEntitlement(ctx, { entitlementId: id, key, staffId: null, locationId: null }));
  },
  { status: 201 },
);
