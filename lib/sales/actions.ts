"use server";
import { z } from "zod";
import { action } from "../access";
import { AMOUNT_MAX } from "../kernel/money";
import { listMembers } from "../members";
import { writtenRule } from "../program/schema";
import { confirmEarned, grant, refund, tryRule } from "./index";
import { trialInput } from "./schema";

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

/** Works a made-up bill out with and without a rule that is being written. */
export const tryBill = action(
  z.object({ id: z.bigint().nullable(), body: writtenRule, bill: trialInput }),
  (ctx, { id, body, bill }) => tryRule(ctx, id, body, bill),
);

/** A few members whose name, phone or e-mail looks like what was typed. */
export const findBuyers = action(
  z.object({ search: z.string().trim().min(3).max(100) }),
  async (ctx, { search }) => {
    const { rows } = await listMembers(ctx, { search, sort: "recent", limit: 8, cursor: null });
    return rows.map(({ id, name, phone, email }) => ({ id, name: name ?? phone ?? email ?? id.toString() }));
  },
);
