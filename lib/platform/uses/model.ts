/** What other things of a business may name, and so keep from being taken away. */
export type Nameable = "tier" | "item" | "category" | "segment" | "tag" | "location" | "reward" | "rule";

/** What names things: `occasion` has its kind (birthday, anniversary) for a name. */
export const USE_KINDS = [
  "rule",
  "reward",
  "stamps",
  "promo",
  "occasion",
  "segment",
  "journey",
  "campaign",
] as const;
export type UseKind = (typeof USE_KINDS)[number];
export type Use = { readonly kind: UseKind; readonly ref: string; readonly name: string };

/** Places told with a refusal; the rest is a number. */
export const TOLD_MAX = 20;

/** The places of a refusal `in_use`, as they come in its detail. */
export function usesIn(text: unknown): Use[] {
  if (typeof text !== "string") return [];
  return (JSON.parse(text) as Use[]).filter(({ kind }) => USE_KINDS.includes(kind));
}
