import "server-only";
import { type Context, require } from "../../access";
import { addDays, dayOf, startOfDay } from "../../kernel/time";
import { withBusiness } from "../../platform/db";
import type { Programme } from "../model";
import type { RuleUse } from "./model";
import { budgetsUsed, forgetUses } from "./store";

/** What is used of budgets is believed for this long; taking from one is exact whatever is believed. */
const FRESH_MS = 2_000;
const KEPT_MAX = 5_000;
const kept = new Map<string, { uses: readonly RuleUse[]; at: number }>();

/**
 * What is used of the budgets of a programme's rules, for the evaluator; asks nothing where no rule has one.
 *
 * Time: believed for two seconds, unless `anew`: a decision made on old figures is refused when it is posted, and made again.
 */
export async function budgetUses(
  ctx: Context,
  programme: Programme,
  anew = false,
): Promise<readonly RuleUse[]> {
  const budgets = programme.rules?.needs.budgets ?? [];
  if (budgets.length === 0) return [];
  const key = `${ctx.business.id}:${programme.version}`;
  const known = kept.get(key);
  const now = ctx.now.getTime();
  if (!anew && known && Math.abs(now - known.at) < FRESH_MS) return known.uses;
  const uses = await budgetsUsed(ctx.business.id, budgets);
  kept.delete(key);
  const [oldest] = kept.keys();
  if (kept.size >= KEPT_MAX && oldest !== undefined) kept.delete(oldest);
  kept.set(key, { uses, at: now });
  return uses;
}

/** A simulation looks back a year and asks what rules had given in the periods before. */
const KEPT_DAYS = 400;
const BATCH = 5_000;

/** Forgets what rules gave in days and months nobody looks at any more; what they gave ever stays. Answers how many rows went. */
export async function forgetRuleUses(ctx: Context, stopping: () => boolean): Promise<number> {
  require(ctx, "programme:write");
  const { id, zone } = ctx.business;
  const before = startOfDay(addDays(dayOf(ctx.now, zone), -KEPT_DAYS), zone);
  let gone = 0;
  while (!stopping()) {
    const rows = await withBusiness(id, (tx) => forgetUses(tx, id, before, BATCH));
    gone += rows;
    if (rows < BATCH) break;
  }
  return gone;
}
