"use server";
import { z } from "zod";
import { action } from "../access";
import * as catalog from "./index";
import { categoryNamed, categoryRename, itemEdit } from "./schema";

/** Makes an item or changes one; answers its id. */
export const keepItem = action(itemEdit, catalog.saveItem);

/** Puts an item away or takes it back. */
export const putItemAway = action(
  z.object({ id: z.bigint(), archived: z.boolean() }),
  (ctx, { id, archived }) => catalog.archiveItem(ctx, id, archived),
);

/** Deletes an item that was never sold or named. */
export const removeItem = action(z.object({ id: z.bigint() }), (ctx, { id }) => catalog.deleteItem(ctx, id));

/** Gives a category another name, or brings it into another. */
export const renameCategory = action(categoryRename, catalog.renameCategory);

/** Takes a category away from its items. */
export const removeCategory = action(categoryNamed, (ctx, { name }) => catalog.deleteCategory(ctx, name));
