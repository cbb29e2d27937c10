import "server-only";
import type { Context } from "../access/model";
import { newId } from "../kernel/ids";
import { callIn, type Tx } from "../platform/db";
import { type Category, ITEM_KINDS, type Item, placeOf } from "./model";
import type { ItemEdit, ItemQuery } from "./schema";

type Row = Omit<Item, "kind"> & { readonly kind: string };

const toItem = ({ id, kind, name, category, priceMinor, archivedAt }: Row): Item => ({
  id,
  kind: ITEM_KINDS.find((one) => one === kind) ?? "service",
  name,
  category,
  priceMinor,
  archivedAt,
});

/** One page by category and name as people sort them; what is in no category comes last. */
export async function page(tx: Tx, businessId: bigint, query: ItemQuery): Promise<Item[]> {
  const after = placeOf(query.cursor);
  const rows = await callIn<Row>(
    tx,
    `SELECT id, kind, name, category, price_minor AS "priceMinor", archived_at AS "archivedAt" FROM item
     WHERE business_id = $1::bigint AND (archived_at IS NOT NULL) = $2::boolean
       AND ($3::text IS NULL OR kind = $3::text) AND ($4::text IS NULL OR category = $4::text)
       AND lower(concat_ws(' ', name, category) COLLATE "und-x-icu") LIKE $5::text
       AND ($6::text IS NULL OR (category IS NULL, coalesce(category, '') COLLATE "und-x-icu", name COLLATE "und-x-icu", id)
         > ($7::boolean, $8::text COLLATE "und-x-icu", $6::text COLLATE "und-x-icu", $9::bigint))
     ORDER BY category IS NULL, coalesce(category, '') COLLATE "und-x-icu", name COLLATE "und-x-icu", id LIMIT $10::int`,
    [
      businessId,
      query.away,
      query.kind,
      query.category,
      `%${query.search.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`,
      after?.[1] ?? null,
      after ? after[0] === null : null,
      after?.[0] ?? "",
      after?.[2] ?? null,
      query.limit,
    ],
  );
  return rows.map(toItem);
}

export async function categories(tx: Tx, businessId: bigint): Promise<Category[]> {
  return await callIn<Category>(
    tx,
    `SELECT category AS name, count(*) FILTER (WHERE archived_at IS NULL)::int AS "onSale",
       count(*) FILTER (WHERE archived_at IS NOT NULL)::int AS away
     FROM item WHERE business_id = $1::bigint AND category IS NOT NULL
     GROUP BY category ORDER BY category COLLATE "und-x-icu"`,
    [businessId],
  );
}

/** How many are on sale and how many were put away. */
export async function counts(tx: Tx, businessId: bigint): Promise<{ onSale: number; away: number }> {
  const [row] = await callIn<{ onSale: number; away: number }>(
    tx,
    `SELECT count(*) FILTER (WHERE archived_at IS NULL)::int AS "onSale",
       count(*) FILTER (WHERE archived_at IS NOT NULL)::int AS away FROM item WHERE business_id = $1::bigint`,
    [businessId],
  );
  return row ?? { onSale: 0, away: 0 };
}

/** One writer of a catalogue at a time, so that limits and names hold. */
export async function holdCatalogue(tx: Tx, businessId: bigint): Promise<void> {
  await callIn(tx, "SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))::text AS held", [
    `catalogue ${businessId}`,
  ]);
}

export async function item(tx: Tx, businessId: bigint, id: bigint): Promise<Item | undefined> {
  const row = await tx.item.findUnique({ where: { businessId_id: { businessId, id } } });
  return row ? toItem(row) : undefined;
}

/** Whether another item on sale has the name, in the same category. */
export async function isNamed(tx: Tx, businessId: bigint, wanted: Omit<ItemEdit, "kind" | "priceMinor">) {
  const [row] = await callIn<{ yes: boolean }>(
    tx,
    `SELECT EXISTS (SELECT FROM item WHERE business_id = $1::bigint AND archived_at IS NULL AND id IS DISTINCT FROM $2::bigint
       AND category IS NOT DISTINCT FROM $3::text
       AND lower(name COLLATE "und-x-icu") = lower($4::text COLLATE "und-x-icu")) AS yes`,
    [businessId, wanted.id, wanted.category, wanted.name],
  );
  return row?.yes ?? false;
}

export async function insertItem(tx: Tx, ctx: Context, edit: ItemEdit): Promise<bigint> {
  const id = newId(ctx.now);
  await tx.item.create({ data: { ...edit, id, businessId: ctx.business.id, createdAt: ctx.now } });
  return id;
}

export async function updateItem(
  tx: Tx,
  businessId: bigint,
  id: bigint,
  data: Partial<Omit<Item, "id">>,
): Promise<void> {
  await tx.item.updateMany({ where: { businessId, id }, data });
}

export async function deleteItem(tx: Tx, businessId: bigint, id: bigint): Promise<void> {
  await tx.item.deleteMany({ where: { businessId, id } });
}

/** Gives all items of a category another one, those put away too; answers how many. */
export async function moveCategory(
  tx: Tx,
  businessId: bigint,
  from: string,
  to: string | null,
): Promise<number> {
  const { count } = await tx.item.updateMany({
    where: { businessId, category: from },
    data: { category: to },
  });
  return count;
}

/** Whether anything of the past names an item: a purchase, or a rule, reward or stamp card of any time. */
export async function hasPast(tx: Tx, businessId: bigint, id: bigint): Promise<boolean> {
  const [row] = await callIn<{ yes: boolean }>(
    tx,
    `SELECT EXISTS (SELECT FROM reward WHERE business_id = $1::bigint AND item_id = $2::bigint)
       OR EXISTS (SELECT FROM entitlement WHERE business_id = $1::bigint AND item_id = $2::bigint)
       OR EXISTS (SELECT FROM stamp_programme WHERE business_id = $1::bigint AND $2::bigint = ANY (item_ids))
       OR EXISTS (SELECT FROM programme_rule
         WHERE business_id = $1::bigint AND body->'when'->'goods'->'items' @> to_jsonb($2::bigint))
       OR EXISTS (SELECT FROM operation_line WHERE business_id = $1::bigint AND item_id = $2::bigint) AS yes`,
    [businessId, id],
  );
  return row?.yes ?? false;
}

/** All of them by name, those on sale first. */
export async function all(tx: Tx, businessId: bigint, take: number): Promise<Item[]> {
  const rows = await tx.item.findMany({
    where: { businessId },
    orderBy: [{ archivedAt: { sort: "asc", nulls: "first" } }, { name: "asc" }],
    take,
  });
  return rows.map(toItem);
}

export async function categoriesOf(
  tx: Tx,
  businessId: bigint,
  ids: readonly bigint[],
): Promise<Map<bigint, string | null>> {
  const rows = await tx.item.findMany({
    where: { businessId, id: { in: [...ids] } },
    select: { id: true, category: true },
  });
  return new Map(rows.map((row) => [row.id, row.category]));
}
