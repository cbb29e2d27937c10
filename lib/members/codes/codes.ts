import "server-only";
import { audit, type Context, require } from "../../access";
import { Refused } from "../../kernel/refusals";
import { withBusiness } from "../../platform/db";
import { requireOwn } from "../guard";
import { CODE_MINUTES, CODE_REFRESH_MINUTES, LONG_CODE_HOURS, type ShownCode } from "../model";
import * as codes from "./store";

const MINUTE_MS = 60_000;

/**
 * The six-digit code a member shows: the live one, or a new one when it was used or has little time left.
 *
 * Time: lives 45 minutes. Refuses: `busy` when no free code is found.
 */
export async function showCode(ctx: Context, memberId: bigint): Promise<ShownCode> {
  requireOwn(ctx, memberId);
  const shown = await codes.showCode(ctx, memberId, {
    until: new Date(ctx.now.getTime() + CODE_REFRESH_MINUTES * MINUTE_MS),
    expires: new Date(ctx.now.getTime() + CODE_MINUTES * MINUTE_MS),
  });
  if (!shown) throw new Refused("busy");
  return shown;
}

/** A code for a purchase made within a day, for tills that hold a bill open. */
export async function exchangeCode(ctx: Context, memberId: bigint): Promise<ShownCode> {
  require(ctx, "members:read");
  return await withBusiness(ctx.business.id, async (tx) => {
    const expiresAt = new Date(ctx.now.getTime() + LONG_CODE_HOURS * 60 * MINUTE_MS);
    const code = await codes.takeLongCode(tx, ctx, memberId, expiresAt);
    await audit(tx, ctx, "code.exchange", { kind: "member", id: memberId });
    return code;
  });
}

/** Clears codes that died more than a day ago; the nightly job's. Answers how many. */
export async function forgetDeadCodes(ctx: Context): Promise<number> {
  require(ctx, "jobs:run");
  const before = new Date(ctx.now.getTime() - 24 * 60 * MINUTE_MS);
  return await withBusiness(ctx.business.id, (tx) => codes.forgetDeadCodes(tx, ctx.business.id, before));
}
