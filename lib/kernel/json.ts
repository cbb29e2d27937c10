type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

/** A value as JSON keeps it: amounts as plain numbers (they stay below 2^53), what is undefined left out. */
export function plain(value: object): JsonObject {
  return JSON.parse(
    JSON.stringify(value, (_key, each) => (typeof each === "bigint" ? Number(each) : each)),
  ) as JsonObject;
}
