/** What a segment's rule is made of. Plain JSON: ids and amounts (hundredths) are whole numbers below 2^53. */
import type { Day } from "../../kernel/time";

export const RULE_VERSION = 1;

/** A rule as it is kept. A rule of a later version is refused, never guessed at. */
export type Rule = { readonly version: typeof RULE_VERSION; readonly root: Group };

export const GROUP_KINDS = ["all", "any", "none"] as const;
export type GroupKind = (typeof GROUP_KINDS)[number];
/** `none`: not one of its nodes holds. An empty group of any kind holds: it asks nothing. */
export type Group = { readonly kind: GroupKind; readonly nodes: readonly Node[] };

export type Node = Group | Leaf;
export type Leaf = FieldLeaf | EventLeaf | SequenceLeaf | SegmentLeaf | ExpiringLeaf | RandomLeaf | ListLeaf;

/** A question about what is known of the member; the kind is the kind of the field. */
export type FieldLeaf =
  | { readonly kind: "text"; readonly field: string; readonly test: TextTest }
  | { readonly kind: "number"; readonly field: string; readonly test: NumberTest | KnownTest }
  | { readonly kind: "day"; readonly field: string; readonly test: DayTest }
  | { readonly kind: "choice"; readonly field: string; readonly test: ChoiceTest<string> | KnownTest }
  | { readonly kind: "set"; readonly field: string; readonly test: SetTest }
  | { readonly kind: "flag"; readonly field: string; readonly test: { readonly is: boolean } };

export type KnownTest = { readonly op: "known" | "unknown" };
export type TextTest = { readonly op: "is" | "contains" | "starts"; readonly value: string } | KnownTest;
export type NumberTest =
  | { readonly op: "at_least" | "at_most" | "exactly"; readonly value: number }
  | { readonly op: "between"; readonly from: number; readonly to: number };
export type ChoiceTest<T> = { readonly op: "in" | "not_in"; readonly values: readonly T[] };
export type SetTest = {
  readonly op: "any" | "all" | "none";
  readonly values: readonly (string | number)[];
};

/** All units from minutes to years; a day is a calendar day in the business's zone, a month a calendar month. */
export const UNITS = ["minute", "hour", "day", "week", "month", "year"] as const;
export type Unit = (typeof UNITS)[number];
export type DayUnit = Exclude<Unit, "minute" | "hour">;

/** `last`: n units ago or later. `before`: earlier than that. `next`, `anniversary`: from today to so many days on. */
export type DayTest =
  | { readonly op: "on_or_after" | "on_or_before"; readonly day: Day }
  | { readonly op: "between"; readonly from: Day; readonly to: Day }
  | { readonly op: "last" | "before"; readonly n: number; readonly unit: DayUnit }
  | { readonly op: "next" | "anniversary"; readonly days: number }
  | KnownTest;

/** When the events counted happened. `ago`: more than `from` and up to `to` units back. */
export type Window =
  | { readonly in: "ever" }
  | { readonly in: "last" | "before"; readonly n: number; readonly unit: Unit }
  | { readonly in: "ago"; readonly from: number; readonly to: number; readonly unit: Unit }
  | { readonly in: "dates"; readonly from: Day | null; readonly to: Day | null };

/** One property of an event that must fit; several filters must all fit. */
export type Filter =
  | { readonly prop: ChoiceProp; readonly op: "in" | "not_in"; readonly values: readonly (number | string)[] }
  | { readonly prop: "amount" | "quantity"; readonly test: NumberTest };
export const CHOICE_PROPS = ["item", "category", "location", "staff", "weekday", "hour", "source"] as const;
export type ChoiceProp = (typeof CHOICE_PROPS)[number];

/** What is asked of the events that fit. `share`: of all events of that kind in the window, in percent. */
export type Measure =
  | { readonly of: "did" | "did_not" }
  | { readonly of: "count" | "share"; readonly test: NumberTest }
  | {
      readonly of: "sum" | "average" | "min" | "max";
      readonly prop: "amount" | "quantity";
      readonly test: NumberTest;
    }
  | { readonly of: "distinct"; readonly prop: DistinctProp; readonly test: NumberTest }
  | { readonly of: "first" | "last"; readonly test: DayTest };
export const DISTINCT_PROPS = ["item", "category", "location", "staff", "day"] as const;
export type DistinctProp = (typeof DISTINCT_PROPS)[number];

export type EventQuery = { readonly event: string; readonly where: readonly Filter[] };
export type EventLeaf = EventQuery & {
  readonly kind: "event";
  readonly window: Window;
  readonly measure: Measure;
};

/**
 * First one thing, and then (not) another within so many days.
 *
 * `then_not` holds once the days are over for one of the first things; `then` as soon as the second happens.
 */
export type SequenceLeaf = {
  readonly kind: "sequence";
  readonly first: EventQuery;
  readonly op: "then" | "then_not";
  readonly next: EventQuery;
  readonly days: number;
  readonly window: Window;
};

/** In another segment (or not), and `forDays` calendar days already when that is not null: how long a state has lasted. */
export type SegmentLeaf = {
  readonly kind: "segment";
  readonly op: "in" | "not_in";
  readonly segment: number;
  readonly forDays: number | null;
};

/** Points that expire from now until the end of the day so many days on. */
export type ExpiringLeaf = { readonly kind: "expiring"; readonly days: number; readonly test: NumberTest };

/** The same part of the members for the same salt, whenever asked. `percent` has two decimals at most. */
export type RandomLeaf = { readonly kind: "random"; readonly percent: number; readonly salt: number };

export type ListLeaf = { readonly kind: "list"; readonly ids: readonly number[] };

export const LIMITS = {
  depth: 8,
  nodes: 200,
  /** Ids in all lists of a rule together. */
  ids: 10_000,
  filters: 10,
  values: 500,
  text: 120,
  days: 3_660,
  n: 100_000,
} as const;

export const isGroup = (node: Node): node is Group =>
  node.kind === "all" || node.kind === "any" || node.kind === "none";

/** Every node of a rule, parents first. */
export function nodesOf(node: Node): Node[] {
  return isGroup(node) ? [node, ...node.nodes.flatMap(nodesOf)] : [node];
}

/** The segments a rule asks about. */
export function segmentsIn(rule: Rule): number[] {
  const found = nodesOf(rule.root).flatMap((node) => (node.kind === "segment" ? [node.segment] : []));
  return [...new Set(found)];
}

const BUCKETS = 10_000;
const PRIME = 2_147_483_647;

/** The bucket from 0 to 9999 a member falls into; `segment_bucket` in the database answers the same. */
export function bucketOf(memberId: number, salt: number): number {
  let mixed = ((memberId % PRIME) * 48_271 + salt) % PRIME;
  mixed = ((mixed ^ (mixed >> 15)) * 69_621) % PRIME;
  return (mixed ^ (mixed >> 13)) % BUCKETS;
}
