import "server-only";
import { Refused } from "../kernel/refusals";
import type { Prisma, Tx } from "../platform/db";
import { type Context, may, type Permission } from "./model";
import * as store from "./store";

/** Stops a verb whose caller may not do it. Refuses: `forbidden`. */
export function require(ctx: Context, permission: Permission): void {
  if (!may(ctx.actor, permission)) throw new Refused("forbidden", { permission });
}

/**
 * Writes who did what, in the transaction of the change.
 *
 * Shape: action is `noun.verb`; detail holds plain values that are neither personal nor secret.
 */
export async function audit(
  tx: Tx,
  ctx: Context,
  action: string,
  subject: { kind: string; id: bigint } | null = null,
  detail: Prisma.InputJsonObject = {},
): Promise<void> {
  await store.insertAudit(tx, ctx, action, subject, detail);
}
