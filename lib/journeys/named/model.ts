/** What a journey names: things of other modules it cannot go on without. */
import type { Filter, Predicate } from "../facts/schema";
import type { Definition, EventMatch, Step, Trigger } from "../schema";
import { allSteps } from "../walk/model";

export const NAMED_KINDS = ["segment", "template", "tag", "item", "tier", "promo", "reward"] as const;
export type NamedKind = (typeof NAMED_KINDS)[number];
/** Ids by kind, as decimal strings; a tier's is its own word. */
export type NamedIds = Readonly<Record<NamedKind, readonly string[]>>;
type One = readonly [NamedKind, string];

/** Everything a definition names, each once. */
export function namedIn({ triggers, only, goal, steps }: Definition): NamedIds {
  const all: One[] = [
    ...triggers.flatMap(inTrigger),
    ...(only ? inPredicate(only) : []),
    ...(goal ? inMatch(goal.match) : []),
    ...allSteps(steps).flatMap(inStep),
  ];
  const of = (kind: NamedKind) => [...new Set(all.flatMap(([each, id]) => (each === kind ? [id] : [])))];
  return {
    segment: of("segment"),
    template: of("template"),
    tag: of("tag"),
    item: of("item"),
    tier: of("tier"),
    promo: of("promo"),
    reward: of("reward"),
  };
}

function inTrigger(trigger: Trigger): One[] {
  if (trigger.kind === "event") return inMatch(trigger.match);
  if (trigger.kind === "segment") return [["segment", trigger.segmentId]];
  if (trigger.kind !== "schedule" || trigger.audience.kind !== "segment") return [];
  return [["segment", trigger.audience.segmentId]];
}

const inMatch = ({ where }: EventMatch): One[] => where.flatMap(inFilter);

function inFilter({ property, value }: Filter): One[] {
  if (property === "item") return [["item", String(value)]];
  return property === "tierBefore" || property === "tierAfter" ? [["tier", String(value)]] : [];
}

function inPredicate(predicate: Predicate): One[] {
  if ("of" in predicate) return predicate.of.flatMap(inPredicate);
  if (predicate.kind === "segment") return [["segment", predicate.segmentId]];
  if (predicate.kind === "tag") return [["tag", predicate.tagId]];
  if (predicate.kind === "tier") return [["tier", predicate.tierId]];
  return predicate.kind === "trigger" ? inFilter(predicate.filter) : [];
}

function inStep(step: Step): One[] {
  if (step.kind === "message") return step.templateId === null ? [] : [["template", step.templateId]];
  if (step.kind === "promo") return [["promo", step.promoId]];
  if (step.kind === "reward") return [["reward", step.rewardId]];
  if (step.kind === "tag") return [["tag", step.tagId]];
  if (step.kind === "await") return inMatch(step.match);
  return step.kind === "condition" ? inPredicate(step.when) : [];
}
