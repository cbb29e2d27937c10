import "server-only";
import * as db from "../platform/db";
import type { Context } from "./model";

/** Runs many readings as one transaction, for screens that ask a dozen questions; nothing can be written in it. */
export async function readTogether<T>(ctx: Context, run: () => Promise<T>): Promise<T> {
  return await db.readTogether(ctx.business.id, run);
}
