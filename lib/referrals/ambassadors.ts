import "server-only";
import { type Context, require } from "../access";
import { addDays, dayOf } from "../kernel/time";
import { withBusiness } from "../platform/db";
import * as office from "./office/store";
import type { AmbassadorSort, BranchQuery } from "./schema";

const PAGE = 25;
const BRANCH = 20;
/** A file for a spreadsheet ends here; whoever has more inviters wants an export. */
const CSV_MAX = 10_000;
const CSV_PAGE = 1_000;

export type AmbassadorPage = { readonly rows: readonly office.Ambassador[]; readonly next: string | null };

/**
 * Who brought most, by money, points or heads.
 *
 * Shape: 25 a page; `after` as the page before gave it. Source: sums kept per inviter, so it costs the same at any size.
 */
export async function ambassadors(
  ctx: Context,
  query: { readonly sort: AmbassadorSort; readonly after: string | null },
): Promise<AmbassadorPage> {
  require(ctx, "analytics:read");
  return await page(ctx, query.sort, query.after, PAGE);
}

async function page(
  ctx: Context,
  sort: AmbassadorSort,
  cursor: string | null,
  limit: number,
): Promise<AmbassadorPage> {
  const { id } = ctx.business;
  const after = placeOf(cursor);
  const found = await withBusiness(id, (tx) => office.ambassadors(tx, id, { sort, after, limit: limit + 1 }));
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  const value = last && { cash: last.cashMinor, points: last.points, joined: last.joined }[sort];
  return { rows, next: found.length > limit && last ? `${value}_${last.memberId}` : null };
}

function placeOf(cursor: string | null): { value: bigint; id: bigint } | null {
  const [, value, id] = /^(-?\d{1,18})_(\d{1,16})$/.exec(cursor ?? "") ?? [];
  return value === undefined || id === undefined ? null : { value: BigInt(value), id: BigInt(id) };
}

/** Inviters by the money their friends paid, in pages, for a file. Shape: at most 10,000. */
export async function* everyAmbassador(ctx: Context): AsyncGenerator<readonly office.Ambassador[]> {
  require(ctx, "analytics:read");
  let [after, told]: [string | null, number] = [null, 0];
  do {
    const next: AmbassadorPage = await page(ctx, "cash", after, CSV_PAGE);
    yield next.rows;
    told += next.rows.length;
    after = next.next;
  } while (after !== null && told < CSV_MAX);
}

export type BranchPage = { readonly rows: readonly office.Branch[]; readonly next: bigint | null };

/** Friends somebody brought, the newest first: one branch of the tree. Shape: 20 at a time. */
export async function friendsOf(ctx: Context, { inviterId, before }: BranchQuery): Promise<BranchPage> {
  require(ctx, "analytics:read");
  const { id } = ctx.business;
  const found = await withBusiness(id, (tx) => office.friendsOf(tx, id, inviterId, before, BRANCH + 1));
  const rows = found.slice(0, BRANCH);
  return { rows, next: found.length > BRANCH ? (rows.at(-1)?.memberId ?? null) : null };
}

/** How far invitations went lately: links opened, friends who joined, friends who bought. Time: days up to today in the zone. */
export async function funnel(ctx: Context, days: number): Promise<office.Funnel> {
  require(ctx, "analytics:read");
  const { id, zone } = ctx.business;
  const today = dayOf(ctx.now, zone);
  return await withBusiness(id, (tx) => office.funnel(tx, id, addDays(today, 1 - days), today));
}
