import type { Category, Item } from "@/lib/catalog";
import type { Formats } from "@/lib/platform/i18n/format";
import { CategoryHead } from "./category-head";
import { ItemRow } from "./item-row";

/** Items under their categories, in the order they come. */
export function ItemList({
  items,
  categories,
  away,
  inNone,
  mayWrite,
  currency,
  f,
}: {
  items: readonly Item[];
  categories: readonly Category[];
  away: boolean;
  /** How many are in no category. */
  inNone: number;
  mayWrite: boolean;
  currency: string;
  f: Formats;
}) {
  const names = categories.map(({ name }) => name);
  return [...Map.groupBy(items, ({ category }) => category)].map(([name, own]) => {
    const category = categories.find((one) => one.name === name) ?? null;
    return (
      <section
        key={name ?? ""}
        className="overflow-hidden first:rounded-t-[inherit] last:rounded-b-[inherit]"
      >
        <CategoryHead
          category={category}
          count={category === null ? inNone : away ? category.away : category.onSale}
          others={names.filter((one) => one !== name)}
          mayWrite={mayWrite}
        />
        <ul className="divide-y divide-line">
          {own.map((item) => (
            <ItemRow
              key={item.id.toString()}
              item={item}
              price={f.money(item.priceMinor, { whole: "drop" })}
              categories={names}
              currency={currency}
              mayWrite={mayWrite}
            />
          ))}
        </ul>
      </section>
    );
  });
}
