/** A server's answer as JSON has it: ids, points and money as whole numbers, instants as texts. */
export type Wire<T> = T extends bigint
  ? number
  : T extends Date
    ? string
    : T extends readonly (infer Item)[]
      ? readonly Wire<Item>[]
      : T extends object
        ? { readonly [Key in keyof T]: Wire<T[Key]> }
        : T;

/** Turns what a page read on the server into what the same page will later fetch. */
export function wire<T>(value: T): Wire<T> {
  return JSON.parse(JSON.stringify(value, (_key, item) => (typeof item === "bigint" ? Number(item) : item)));
}
