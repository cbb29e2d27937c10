import "server-only";
import type { Context } from "../../access";
import type { Programme } from "../model";
import type { RuleUse } from "./model";
import { budgetsUsed } from "./store";

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
