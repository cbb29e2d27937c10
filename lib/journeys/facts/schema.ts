import { z } from "zod";
import { NUMBERS } from "../limits/model";

export const idText = z.string().regex(/^[1-9]\d{0,15}$/);
const value = z.union([z.string().max(200), z.number(), z.boolean()]);

export const FILTER_OPS = ["is", "is_not", "at_least", "at_most"] as const;
/** What must hold of one property of an event; of a list, `is` means that it holds the value. */
export const filter = z.object({
  property: z.string().regex(/^[a-zA-Z]{1,40}$/),
  op: z.enum(FILTER_OPS),
  value,
});
export type Filter = z.output<typeof filter>;

export type NumberFact = (typeof NUMBERS)[number];

const leaf = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("segment"), segmentId: idText, is: z.boolean() }),
  z.object({ kind: z.literal("tag"), tagId: idText, is: z.boolean() }),
  z.object({ kind: z.literal("tier"), tierId: z.string().min(1).max(40), is: z.boolean() }),
  z.object({
    kind: z.literal("number"),
    fact: z.enum(NUMBERS),
    op: z.enum(["at_least", "at_most"]),
    value: z.number().min(0).max(1e12),
  }),
  z.object({ kind: z.literal("gender"), gender: z.enum(["male", "female"]) }),
  z.object({
    kind: z.literal("message"),
    step: z.string().min(1).max(16),
    did: z.enum(["opened", "clicked"]),
    is: z.boolean(),
  }),
  z.object({ kind: z.literal("trigger"), filter }),
]);
export type PredicateLeaf = z.output<typeof leaf>;

/** A question about one member: leaves, joined by all, any and not. */
export type Predicate = PredicateLeaf | { kind: "all" | "any" | "none"; of: Predicate[] };

const group = z.object({
  kind: z.enum(["all", "any", "none"]),
  get of(): z.ZodType<Predicate[]> {
    return z.array(predicate).max(20);
  },
});
export const predicate: z.ZodType<Predicate> = z.lazy(() => z.union([leaf, group]));
