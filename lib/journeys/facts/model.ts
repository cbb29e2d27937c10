/** What is known of a member, and the questions a journey may ask about it. */
import { type Day, dayOf, daysBetween } from "../../kernel/time";
import type { EventMatch } from "../schema";
import type { Filter, NumberFact, Predicate } from "./schema";

export type PropertyValue = string | number | boolean | readonly string[];
export type Properties = Readonly<Record<string, PropertyValue>>;

/** An event as journeys see it: plain properties, ids as decimal strings, amounts in hundredths. */
export type Happening = { readonly type: string; readonly at: Date; readonly properties: Properties };

/** Units: `spent` and `points` in hundredths. */
export type Facts = {
  readonly visits: number;
  readonly spent: number;
  readonly points: number;
  /** What is left to spend to the next tier; nothing for who is at the top. */
  readonly toNextTier: number | null;
  readonly tierId: string;
  readonly joinedAt: Date;
  readonly lastVisitAt: Date | null;
  readonly birthDate: Day | null;
  readonly gender: string | null;
  readonly tags: readonly string[];
  readonly segments: readonly string[];
  /** Message steps of this run by what the member did with them. */
  readonly opened: readonly string[];
  readonly clicked: readonly string[];
  /** Properties of what made the member enter. */
  readonly trigger: Properties;
};

/** Nothing is known yet; for dry runs to start from. */
export const noFacts = (joinedAt: Date): Facts => ({
  visits: 0,
  spent: 0,
  points: 0,
  toNextTier: null,
  tierId: "base",
  joinedAt,
  lastVisitAt: null,
  birthDate: null,
  gender: null,
  tags: [],
  segments: [],
  opened: [],
  clicked: [],
  trigger: {},
});

/** The kinds of property a filter may ask for; `choice` properties hold an id of something the business keeps. */
export type PropertyKind = "money" | "points" | "number" | "yes" | "item" | "category" | "tier" | "text";
export type EventKind = {
  readonly type: string;
  readonly properties: Readonly<Record<string, PropertyKind>>;
};

/** Events a journey may begin with or wait for. Whoever publishes one of these sends these properties. */
export const EVENTS: readonly EventKind[] = [
  {
    type: "purchase.recorded",
    properties: {
      item: "item",
      category: "category",
      totalMinor: "money",
      isFirst: "yes",
      pointsSpent: "points",
    },
  },
  { type: "purchase.refunded", properties: { totalMinor: "money", isFull: "yes" } },
  { type: "member.joined", properties: { source: "text", invited: "yes" } },
  { type: "card.installed", properties: {} },
  { type: "tier.changed", properties: { isUp: "yes", tierBefore: "tier", tierAfter: "tier" } },
  { type: "points.granted", properties: { points: "points" } },
  { type: "points.available", properties: { points: "points" } },
  { type: "points.expiring", properties: { points: "points", days: "number" } },
  { type: "points.expired", properties: { pointsExpired: "points" } },
  { type: "referral.joined", properties: {} },
  { type: "referral.bought", properties: {} },
  { type: "entitlement.given", properties: {} },
  { type: "entitlement.used", properties: {} },
  { type: "message.opened", properties: { sourceId: "text", step: "text" } },
  { type: "message.clicked", properties: { sourceId: "text", step: "text" } },
];

/** Whether an event is the one looked for; every filter must hold. */
export function matches(match: EventMatch, event: { type: string; properties: Properties }): boolean {
  return match.type === event.type && match.where.every((filter) => holdsOf(filter, event.properties));
}

/** Whether a property satisfies a filter; one that is not there satisfies `is_not` alone. */
export function holdsOf({ property, op, value }: Filter, properties: Properties): boolean {
  const found = properties[property];
  switch (op) {
    case "is":
      return found !== undefined && isValue(found, value);
    case "is_not":
      return found === undefined || !isValue(found, value);
    case "at_least":
      return typeof found === "number" && found >= Number(value);
    case "at_most":
      return typeof found === "number" && found <= Number(value);
  }
}

const isValue = (found: PropertyValue, value: string | number | boolean) =>
  Array.isArray(found) ? found.includes(String(value)) : found === value;

/** What of a member a predicate must know; unknown numbers (no visit yet) satisfy neither bound. */
export function holds(predicate: Predicate, facts: Facts, now: Date, zone: string): boolean {
  switch (predicate.kind) {
    case "all":
      return predicate.of.every((one) => holds(one, facts, now, zone));
    case "any":
      return predicate.of.some((one) => holds(one, facts, now, zone));
    case "none":
      return !predicate.of.some((one) => holds(one, facts, now, zone));
    case "segment":
      return facts.segments.includes(predicate.segmentId) === predicate.is;
    case "tag":
      return facts.tags.includes(predicate.tagId) === predicate.is;
    case "tier":
      return (facts.tierId === predicate.tierId) === predicate.is;
    case "gender":
      return facts.gender === predicate.gender;
    case "message":
      return facts[predicate.did].includes(predicate.step) === predicate.is;
    case "trigger":
      return holdsOf(predicate.filter, facts.trigger);
    case "number": {
      const number = numberOf(predicate.fact, facts, now, zone);
      if (number === undefined) return false;
      return predicate.op === "at_least" ? number >= predicate.value : number <= predicate.value;
    }
  }
}

function numberOf(fact: NumberFact, facts: Facts, now: Date, zone: string): number | undefined {
  const daysSince = (at: Date) => daysBetween(dayOf(at, zone), dayOf(now, zone));
  if (fact === "daysSinceVisit") return facts.lastVisitAt ? daysSince(facts.lastVisitAt) : undefined;
  return fact === "daysAsMember" ? daysSince(facts.joinedAt) : (facts[fact] ?? undefined);
}
