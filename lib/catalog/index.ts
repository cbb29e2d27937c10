import "server-only";
/**
 * The catalogue: the services and goods a business sells, and the categories they stand in.
 *
 * Always true: what was sold keeps its name; what rules, rewards, stamps, segments or journeys name is not taken away.
 */
import { audit, type Context, require } from "../access";
import { Refused } from "../kernel/refusals";
import { type Tx, withBusiness } from "../platform/db";
import { refuseUsed } from "../platform/uses";
import { type Category, cursorOf, ITEMS_EVER_MAX, ITEMS_MAX, type Item, spelledAs } from "./model";
import type { CategoryRename, ItemEdit, ItemQuery } from "./schema";
import * as store from "./store";

export type { Category, Item } from "./model";
export { categoriesOf } from "./store";

export type ItemPage = { readonly items: readonly Item[]; readonly cursor: string | null };

/** One page of items by category and name. Shape: what is in no category comes last; `cursor` null on the last page. */
export async function items(ctx: Context, query: ItemQuery): Promise<ItemPage> {
  require(ctx, "programme:read");
  const found = await withBusiness(ctx.business.id, (tx) =>
    store.page(tx, ctx.business.id, { ...query, limit: query.limit + 1 }),
  );
  const shown = found.slice(0, query.limit);
  const last = shown.at(-1);
  return { items: shown, cursor: found.length > shown.length && last ? cursorOf(last) : null };
}

/** Everything on sale by category and name, for lists to choose from. */
export async function offered(ctx: Context): Promise<Item[]> {
  require(ctx, "programme:read");
  return await withBusiness(ctx.business.id, (tx) => itemsOnSale(tx, ctx.business.id));
}

/** All categories by name with how much stands in each, and how many items there are in all. */
export async function categories(
  ctx: Context,
): Promise<{ readonly all: readonly Category[]; readonly onSale: number; readonly away: number }> {
  require(ctx, "programme:read");
  const { id } = ctx.business;
  return await withBusiness(id, async (tx) => ({
    all: await store.categories(tx, id),
    ...(await store.counts(tx, id)),
  }));
}

/**
 * Makes an item or changes one; a category that differs in letters' case only is the one there is. Answers its id.
 *
 * Refuses: `name_taken` by another on sale in the category, `limit_reached`, `not_found`; `in_use` with `uses` when it is the last of a
 * category that something names.
 */
export async function saveItem(ctx: Context, edit: ItemEdit): Promise<bigint> {
  require(ctx, "programme:write");
  const { id: businessId } = ctx.business;
  return await withBusiness(businessId, async (tx) => {
    await store.holdCatalogue(tx, businessId);
    const known = await store.categories(tx, businessId);
    const names = known.map(({ name }) => name);
    const saved = { ...edit, category: edit.category === null ? null : spelledAs(names, edit.category) };
    if (await store.isNamed(tx, businessId, saved)) throw new Refused("name_taken", { field: "name" });
    const { id, ...fields } = saved;
    if (id === null) {
      await refuseFull(tx, businessId);
      const made = await store.insertItem(tx, ctx, saved);
      await audit(tx, ctx, "item.add", { kind: "item", id: made }, { name: saved.name });
      return made;
    }
    const before = await store.item(tx, businessId, id);
    if (!before) throw new Refused("not_found");
    if (before.category !== fields.category) await refuseEmptied(tx, ctx, before, known);
    await store.updateItem(tx, businessId, id, fields);
    await audit(tx, ctx, "item.edit", { kind: "item", id }, { name: saved.name });
    return id;
  });
}

/**
 * Puts an item away, so that nothing offers it any more, or takes it back; what was bought stays as it was.
 *
 * Refuses: `not_found`; `in_use` with `uses` while something names it; `name_taken`, `limit_reached` on the way back.
 */
export async function archiveItem(ctx: Context, id: bigint, archived: boolean): Promise<void> {
  const { id: businessId } = ctx.business;
  await withItem(ctx, id, async (tx, found) => {
    if (archived) await refuseUsed(tx, { businessId, now: ctx.now, kind: "item" }, [id]);
    else if (await store.isNamed(tx, businessId, found)) throw new Refused("name_taken");
    else await refuseFull(tx, businessId, 0);
    await store.updateItem(tx, businessId, id, { archivedAt: archived ? ctx.now : null });
    await audit(
      tx,
      ctx,
      archived ? "item.archive" : "item.restore",
      { kind: "item", id },
      { name: found.name },
    );
  });
}

/**
 * Deletes an item nothing ever named, for good.
 *
 * Refuses: `not_found`; `in_use` with `uses` while something names it; `has_past` once it was sold or named: it can be put away.
 */
export async function deleteItem(ctx: Context, id: bigint): Promise<void> {
  const { id: businessId } = ctx.business;
  await withItem(ctx, id, async (tx, found) => {
    await refuseUsed(tx, { businessId, now: ctx.now, kind: "item" }, [id]);
    if (await store.hasPast(tx, businessId, id)) throw new Refused("has_past");
    await refuseEmptied(tx, ctx, found, await store.categories(tx, businessId));
    await store.deleteItem(tx, businessId, id);
    await audit(tx, ctx, "item.delete", { kind: "item", id }, { name: found.name });
  });
}

/** Does something to an item there is, while nobody else writes in the catalogue. */
async function withItem(ctx: Context, id: bigint, work: (tx: Tx, found: Item) => Promise<void>) {
  require(ctx, "programme:write");
  const { id: businessId } = ctx.business;
  await withBusiness(businessId, async (tx) => {
    await store.holdCatalogue(tx, businessId);
    const found = await store.item(tx, businessId, id);
    if (!found) throw new Refused("not_found");
    await work(tx, found);
  });
}

/**
 * Gives a category another name; one that is there already takes its items in. Answers how many items moved.
 *
 * Refuses: `not_found`; `in_use` with `uses` while something names it, since what names it would no longer find it.
 */
export async function renameCategory(ctx: Context, { name, to }: CategoryRename): Promise<number> {
  return await moved(ctx, name, "category.rename", async (tx) => {
    const known = await store.categories(tx, ctx.business.id);
    const others = known.filter((one) => one.name !== name);
    return spelledAs(
      others.map((one) => one.name),
      to,
    );
  });
}

/** Takes a category away; its items stay, in none. Answers how many. Refuses: as `renameCategory`. */
export async function deleteCategory(ctx: Context, name: string): Promise<number> {
  return await moved(ctx, name, "category.delete", () => Promise.resolve(null));
}

async function moved(
  ctx: Context,
  name: string,
  action: string,
  target: (tx: Tx) => Promise<string | null>,
): Promise<number> {
  require(ctx, "programme:write");
  const { id: businessId } = ctx.business;
  return await withBusiness(businessId, async (tx) => {
    await store.holdCatalogue(tx, businessId);
    const to = await target(tx);
    if (to === name) return 0;
    await refuseUsed(tx, { businessId, now: ctx.now, kind: "category" }, [name]);
    const count = await store.moveCategory(tx, businessId, name, to);
    if (count === 0) throw new Refused("not_found");
    await audit(tx, ctx, action, null, { name, to, count });
    return count;
  });
}

/** A category ends with its last item: not while something names it. */
async function refuseEmptied(
  tx: Tx,
  ctx: Context,
  { category }: Item,
  known: readonly Category[],
): Promise<void> {
  const own = known.find(({ name }) => name === category);
  if (own && own.onSale + own.away === 1)
    await refuseUsed(tx, { businessId: ctx.business.id, now: ctx.now, kind: "category" }, [own.name]);
}

async function refuseFull(tx: Tx, businessId: bigint, more = 1): Promise<void> {
  const { onSale, away } = await store.counts(tx, businessId);
  if (onSale >= ITEMS_MAX || onSale + away + more > ITEMS_EVER_MAX)
    throw new Refused("limit_reached", { max: ITEMS_MAX });
}

const EVERYTHING = { search: "", kind: null, category: null, away: false, cursor: null } as const;

/** What can be picked at a desk or named in something new, by category and name; inside a running transaction. */
export async function itemsOnSale(tx: Tx, businessId: bigint): Promise<Item[]> {
  return await store.page(tx, businessId, { ...EVERYTHING, limit: ITEMS_MAX });
}

/** Everything that has a name, those on sale first: for reading what names items; inside a running transaction. */
export async function itemsEver(tx: Tx, businessId: bigint): Promise<Item[]> {
  return await store.all(tx, businessId, ITEMS_EVER_MAX);
}
