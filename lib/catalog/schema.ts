import { z } from "zod";
import { AMOUNT_MAX } from "../kernel/money";
import { CATEGORY_NAME_MAX, ITEM_KINDS, ITEM_NAME_MAX } from "./model";

const categoryName = z.string().trim().min(1).max(CATEGORY_NAME_MAX);

/** An item as it is made or changed. Units: the price in hundredths; 0: agreed on at the counter. */
export const itemEdit = z.object({
  /** Null: a new one. */
  id: z.bigint().nullable(),
  kind: z.enum(ITEM_KINDS),
  name: z.string().trim().min(1).max(ITEM_NAME_MAX),
  category: categoryName.nullable(),
  priceMinor: z.bigint().min(0n).max(AMOUNT_MAX),
});
export type ItemEdit = z.output<typeof itemEdit>;

/** A category's new name; one that is there already takes the items in. */
export const categoryRename = z.object({ name: categoryName, to: categoryName });
export type CategoryRename = z.output<typeof categoryRename>;
export const categoryNamed = z.object({ name: categoryName });

/** What a page of the list is asked by. `category`: its name; `away`: those put away instead of those on sale. */
export const itemQuery = z.object({
  search: z.string().trim().max(100).default(""),
  kind: z.enum(ITEM_KINDS).nullable().default(null),
  category: z.string().max(CATEGORY_NAME_MAX).nullable().default(null),
  away: z.boolean().default(false),
  limit: z.int().min(1).max(200).default(100),
  cursor: z.string().max(1_000).nullable().default(null),
});
export type ItemQuery = z.output<typeof itemQuery>;
