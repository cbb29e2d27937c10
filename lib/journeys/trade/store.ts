import "server-only";
import { callIn, type Tx } from "../../platform/db";
import type { Properties } from "../facts/model";

/**
 * What each purchase had on its bill: items and categories by id and name, for filters and for words in messages. A line's own category
 * counts before the catalogue's: a till may say it of goods that nobody keeps here.
 */
export async function bought(
  tx: Tx,
  businessId: bigint,
  operationIds: readonly bigint[],
): Promise<Map<string, Properties>> {
  const rows = await callIn<{
    operation_id: bigint;
    items: string[];
    categories: string[];
    item_name: string | null;
    category_name: string | null;
  }>(
    tx,
    `SELECT l.operation_id, coalesce(array_agg(l.item_id::text) FILTER (WHERE l.item_id IS NOT NULL), '{}') AS items,
       coalesce(array_agg(DISTINCT coalesce(l.category, i.category)) FILTER (WHERE coalesce(l.category, i.category) IS NOT NULL), '{}') AS categories,
       (array_agg(l.name ORDER BY l.amount_minor DESC, l.no))[1] AS item_name,
       (array_agg(coalesce(l.category, i.category) ORDER BY l.amount_minor DESC, l.no)
         FILTER (WHERE coalesce(l.category, i.category) IS NOT NULL))[1] AS category_name
     FROM operation_line l LEFT JOIN item i ON i.business_id = l.business_id AND i.id = l.item_id
     WHERE l.business_id = $1::bigint AND l.operation_id = ANY($2::bigint[]) GROUP BY l.operation_id`,
    [businessId, operationIds],
  );
  return new Map(
    rows.map((row) => [
      row.operation_id.toString(),
      {
        item: row.items,
        category: row.categories,
        ...(row.item_name === null ? {} : { itemName: row.item_name }),
        ...(row.category_name === null ? {} : { categoryName: row.category_name }),
      },
    ]),
  );
}
