import "server-only";
/**
 * Access: who is asking and what they may do.
 *
 * Owns businesses, staff, sign-in, sessions, keys and the audit trail. Always true: a Context is minted here and nowhere
 * else, and every write leaves an audit row in its own transaction.
 */
import { Refused } from "../kernel/refusals";
import type { Prisma, Tx } from "../platform/db";
import { type Business, type Context, may, type Permission } from "./model";
import * as store from "./store";

export type { Actor, Business, Context, Permission, Role } from "./model";

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

/** A business by its id, slug or join code, or nothing: for edges that must know it before anybody signed in. */
export async function findBusiness(by: {
  id?: bigint;
  slug?: string;
  joinCode?: string;
}): Promise<Business | undefined> {
  return await store.findBusiness(by);
}

/** A context for a job, a seed or a test: acts as the system, at the given moment. */
export function systemContext(business: Business, job: string, now: Date): Context {
  return { actor: { kind: "system", job }, business, now };
}

/** Every business, for jobs that go round. */
export async function allBusinesses(): Promise<Business[]> {
  const found: Business[] = [];
  for (const id of await store.businessIds()) {
    const business = await store.findBusiness({ id });
    if (business) found.push(business);
  }
  return found;
}
