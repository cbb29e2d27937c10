import "server-only";
import { withBusiness } from "../../platform/db";
import { require } from "../guard";
import type { Context } from "../model";
import * as store from "./store";

export type AuditRow = {
  readonly id: bigint;
  readonly at: Date;
  readonly actorKind: string;
  readonly actorId: bigint | null;
  readonly action: string;
  readonly subjectKind: string | null;
  readonly subjectId: bigint | null;
  readonly detail: unknown;
};

/**
 * Who did what in the business, newest first, page by page.
 *
 * Shape: `next` is the `before` of the following page, null on the last. `subject` narrows to one thing's history.
 * Needs audit:read.
 */
export async function auditTrail(
  ctx: Context,
  page: {
    before?: bigint | undefined;
    take?: number;
    subject?: { kind: string; id: bigint } | undefined;
  } = {},
): Promise<{ rows: AuditRow[]; next: bigint | null }> {
  require(ctx, "audit:read");
  const take = Math.min(page.take ?? 50, 200);
  const found = await withBusiness(ctx.business.id, (tx) =>
    store.auditRows(tx, ctx.business.id, { before: page.before, take: take + 1, subject: page.subject }),
  );
  const rows = found.slice(0, take);
  return { rows, next: found.length > take ? (rows.at(-1)?.id ?? null) : null };
}
