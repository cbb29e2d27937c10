import "server-only";
import type { Context } from "../access";
import { categoriesOf } from "../catalog";
import { elapsedMs } from "../platform/clock";
import { withBusiness } from "../platform/db";
import { budgetUses, liveStampProgrammes } from "../program";
import type { Bill, Programme, RuleUse, Standing } from "../program/model";
import type { Customer, Line } from "./model";

/** What a price stands on besides the member's row: looked up only where the programme's rules ask for it. */
export type Basis = {
  readonly budgets: readonly RuleUse[];
  readonly categories: ReadonlyMap<bigint, string | null>;
};

/** A category moved from one item to another is believed for this long. */
const FRESH_MS = 10_000;
const KEPT_MAX = 1_000;
const kept = new Map<bigint, { categories: Map<bigint, string | null>; until: number }>();

/** Shape: asks nothing for a programme whose rules have no budgets, and no categories where neither rules nor stamps name any. `anew`: past what is believed. */
export async function basisOf(
  ctx: Context,
  programme: Programme,
  lines: readonly Pick<Line, "itemId" | "category">[],
  anew = false,
): Promise<Basis> {
  const budgets = await budgetUses(ctx, programme, anew);
  const isAsked =
    lines.length > 0 &&
    (programme.rules?.needs.categories ||
      (await liveStampProgrammes(ctx)).some(({ category }) => category !== null));
  const unknown = isAsked
    ? lines.flatMap(({ itemId, category }) => (itemId !== null && category == null ? [itemId] : []))
    : [];
  return { budgets, categories: unknown.length === 0 ? new Map() : await categories(ctx, unknown) };
}

async function categories(ctx: Context, items: readonly bigint[]): Promise<Map<bigint, string | null>> {
  const { id } = ctx.business;
  // Not by the context's clock: what is recorded of the past, thousands at a time, must not ask each time.
  const elapsed = elapsedMs();
  let known = kept.get(id);
  if (!known || elapsed >= known.until) known = { categories: new Map(), until: elapsed + FRESH_MS };
  const found = known.categories;
  const missing = items.filter((item) => !found.has(item));
  if (missing.length > 0) {
    const rows = await withBusiness(id, (tx) => categoriesOf(tx, id, missing));
    for (const item of missing) found.set(item, rows.get(item) ?? null);
  }
  kept.delete(id);
  const [oldest] = kept.keys();
  if (kept.size >= KEPT_MAX && oldest !== undefined) kept.delete(oldest);
  kept.set(id, known);
  return found;
}

/** Lines with the categories the catalogue knows, where the caller named none. */
export const withCategories = <L extends Pick<Line, "itemId" | "category">>(
  lines: readonly L[],
  { categories: known }: Basis,
): (L & { category: string | null })[] =>
  lines.map((line) => ({
    ...line,
    category: line.category ?? (line.itemId === null ? null : (known.get(line.itemId) ?? null)),
  }));

/** What the evaluator needs to know of whoever buys; without a customer, somebody who buys the first time. */
export function standingOf(customer: Customer | undefined, budgets: readonly RuleUse[]): Standing {
  if (!customer) return { tierId: "base", available: 0n, isFirst: true, uses: budgets };
  const { member, tierId, available, visits, lastAt, segments, cashSpentMinor } = customer;
  const { birthDate, createdAt } = member;
  return {
    tierId,
    available,
    isFirst: visits === 0,
    visits,
    lastAt,
    birthDate,
    createdAt,
    segments,
    tags: member.tags.map((tag) => tag.id),
    cashSpentMinor,
    uses: budgets.length === 0 ? customer.uses : [...customer.uses, ...budgets],
  };
}

/** What a price hung on that nobody can read later: kept with the purchase, so that it can be priced again. */
export type Extras = {
  readonly prepaid?: true;
  readonly held?: readonly string[];
  readonly segments?: readonly string[];
  readonly tags?: readonly string[];
};

/** Null where nothing of it mattered. */
export function extrasOf(programme: Programme, bill: Bill, customer: Customer): Extras | null {
  const { rules } = programme;
  const segments = customer.segments.filter((id) => rules?.segments.has(Number(id)));
  const tags = customer.member.tags.filter(({ id }) => rules?.tags.has(Number(id)));
  const extras: Extras = {
    ...(bill.isPrepaid && { prepaid: true }),
    ...(bill.held?.length && { held: bill.held.map(({ ruleId }) => ruleId.toString()) }),
    ...(segments.length > 0 && { segments: segments.map(String) }),
    ...(tags.length > 0 && { tags: tags.map(({ id }) => id.toString()) }),
  };
  return Object.keys(extras).length > 0 ? extras : null;
}
