/** What a business sells. Money in hundredths. */
export const ITEM_KINDS = ["service", "good"] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

export type Item = {
  readonly id: bigint;
  readonly kind: ItemKind;
  readonly name: string;
  /** Null: in none. */
  readonly category: string | null;
  readonly priceMinor: bigint;
  /** Put away: sold no more, its past kept. */
  readonly archivedAt: Date | null;
};

/** A category is a name that items share; it begins and ends with them. */
export type Category = {
  readonly name: string;
  /** Items of it on sale, and put away. */
  readonly onSale: number;
  readonly away: number;
};

/** As many as a desk can list and a rule's editor can offer. */
export const ITEMS_MAX = 1_000;
/** With those put away. */
export const ITEMS_EVER_MAX = 20_000;
export const ITEM_NAME_MAX = 120;
export const CATEGORY_NAME_MAX = 100;

/** A row's place in the list: its category, its name, its number. */
export type Place = readonly [category: string | null, name: string, id: bigint];

/** Where a page ended, as it travels in an address. */
export const cursorOf = ({ category, name, id }: Item): string =>
  JSON.stringify([category, name, id.toString()]);

/** The place a cursor names; nothing for one that was tampered with. */
export function placeOf(cursor: string | null): Place | undefined {
  if (cursor === null) return undefined;
  try {
    const [category, name, id] = JSON.parse(cursor) as unknown[];
    const isPlace =
      (category === null || typeof category === "string") &&
      typeof name === "string" &&
      typeof id === "string" &&
      /^\d{1,16}$/.test(id);
    return isPlace ? [category, name, BigInt(id)] : undefined;
  } catch {
    return undefined;
  }
}

/** The category as it is written already, where there is one that differs in letters' case only. */
export function spelledAs(known: readonly string[], name: string): string {
  const lower = name.toLowerCase();
  return known.find((one) => one === name) ?? known.find((one) => one.toLowerCase() === lower) ?? name;
}
