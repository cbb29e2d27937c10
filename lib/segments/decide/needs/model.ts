/** What must be loaded of a member, and which news matters, for rules to be decided. */
import { eventOf } from "../../events/model";
import { fieldOf } from "../../fields/model";
import { type EventQuery, isGroup, type Leaf, nodesOf, type Rule } from "../../rule/model";

export type Needs = {
  readonly fields: ReadonlySet<string>;
  readonly events: boolean;
  /** Items and categories of the bills too. */
  readonly lines: boolean;
  readonly lots: boolean;
};

const queriesOf = (leaf: Leaf): EventQuery[] =>
  leaf.kind === "event" ? [leaf] : leaf.kind === "sequence" ? [leaf.first, leaf.next] : [];

const leavesOf = (rules: readonly Rule[]): Leaf[] =>
  rules.flatMap((rule) => nodesOf(rule.root)).filter((node): node is Leaf => !isGroup(node));

/** Everything some rules ask for together. */
export function needsOf(rules: readonly Rule[]): Needs {
  const leaves = leavesOf(rules);
  const queries = leaves.flatMap(queriesOf);
  return {
    fields: new Set(leaves.flatMap((leaf) => ("field" in leaf ? [leaf.field] : []))),
    events: queries.length > 0,
    lines: leaves.some((leaf) =>
      queriesOf(leaf).some(
        ({ event, where }) =>
          eventOf(event)?.quantity !== null ||
          where.some(({ prop }) => prop === "item" || prop === "category"),
      ),
    ),
    lots: leaves.some((leaf) => leaf.kind === "expiring"),
  };
}

/** The news that can change a rule's answer; other segments count as `segment:<id>`. */
export function topicsOf(rule: Rule): string[] {
  const topics = leavesOf([rule]).flatMap((leaf): string[] => {
    if ("field" in leaf) return [fieldOf(leaf.field)?.topic ?? "profile"];
    if (leaf.kind === "segment") return [`segment:${leaf.segment}`];
    if (leaf.kind === "expiring") return ["points"];
    return queriesOf(leaf).map(({ event }) => eventOf(event)?.topic ?? "purchases");
  });
  return [...new Set(topics)].toSorted();
}
