import "server-only";
import { type Context, require } from "../access";
import { itemsOnSale } from "../catalog";
import { type Tx, withBusiness } from "../platform/db";
import { mayCallOutward } from "../platform/outward";
import { programmeIn } from "../program";
import { STEP_KINDS } from "./engine/effects";
import * as names from "./names/store";
import type { Known } from "./problems/model";
import type { StepKind } from "./schema";

/** Something a journey can name: its id and what people call it. */
export type Named = { readonly id: string; readonly name: string };
/** What a journey of this business may name, for the builder's lists, its sentence and its checks. */
export type Vocabulary = {
  readonly segments: readonly Named[];
  readonly templates: readonly Named[];
  readonly tags: readonly Named[];
  readonly items: readonly Named[];
  readonly categories: readonly string[];
  readonly promos: readonly Named[];
  readonly rewards: readonly Named[];
  readonly tiers: readonly Named[];
  readonly steps: readonly StepKind[];
};

/** Everything the builder offers to choose from. Shape: at most 500 of each, by name. */
export async function vocabulary(ctx: Context): Promise<Vocabulary> {
  require(ctx, "journeys:read");
  return await withBusiness(ctx.business.id, (tx) => vocabularyIn(tx, ctx.business.id));
}

/** The same inside a running transaction. */
export async function vocabularyIn(tx: Tx, businessId: bigint): Promise<Vocabulary> {
  const { base, tiers } = await programmeIn(tx, businessId);
  const items = await itemsOnSale(tx, businessId);
  return {
    segments: await names.segments(tx, businessId),
    templates: await names.templates(tx, businessId),
    tags: await names.tags(tx, businessId),
    items: items.map(({ id, name }) => ({ id: id.toString(), name })),
    categories: [...new Set(items.flatMap((item) => item.category ?? []))].toSorted(),
    promos: await names.promos(tx, businessId),
    rewards: await names.rewards(tx, businessId),
    tiers: [base, ...tiers].map(({ id, name }) => ({ id, name })),
    steps: STEP_KINDS,
  };
}

const ids = (list: readonly Named[]) => list.map((one) => one.id);

/** The vocabulary as the checks take it. */
export const knownOf = (words: Vocabulary): Known => ({
  segments: ids(words.segments),
  templates: ids(words.templates),
  tags: ids(words.tags),
  items: ids(words.items),
  tiers: ids(words.tiers),
  promos: ids(words.promos),
  rewards: ids(words.rewards),
  steps: words.steps,
  mayCall: mayCallOutward,
});
