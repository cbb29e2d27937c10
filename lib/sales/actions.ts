"use server";
import { z } from "zod";
import { action } from "../access";
import { AMOUNT_MAX } from "../kernel/money";
import { confirmEarned, grant, refund } from "./index";

/** Refunds a purchase from the office; `partMinor` null is all that is left. */
export const refundPurchase = action(
  z.object({ operationId: z.bigint(), partMinor: z.bigint().min(1n).max(AMOUNT_MAX).nullable() }),
  async (ctx, input, { idempotencyKey }) =>
    await refund(ctx, {
      ...input,
      key: idempotencyKey ?? null,
      staffId: ctx.actor.kind === "staff" ? ctx.actor.id : null,
      locationId: null,
      source: "office",
    }).then(({ operationId }) => operationId),
);

/** Gives points (above zero) or writes some off (below), with a word why. */
export const givePoints = action(
  z.object({
    memberId: z.bigint(),
    points: z.bigint().min(-AMOUNT_MAX).max(AMOUNT_MAX),
    comment: z.string().trim().min(1).max(200),
    days: z.int().min(1).max(3_650).nullable(),
  }),
  async (ctx, input, { idempotencyKey }) =>
    await grant(ctx, { ...input, key: idempotencyKey ?? null, source: "office" }).then(
      ({ operationId }) => operationId,
    ),
);

/** Confirms a purchase whose points wait for it. */
export const confirmPurchase = action(z.object({ operationId: z.bigint() }), async (ctx, { operationId }) =>
  confirmEarned(ctx, operationId),
);
