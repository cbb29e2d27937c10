/** Rules an owner writes: what must hold, what is given then, and how much of it. Pure and browser-safe. */
import type { Day } from "../../kernel/time";

/** Which goods of a bill a rule looks at; `isExcept`: all but these. Goods a till does not name belong to no item or category. */
export type Goods = {
  readonly items: readonly bigint[];
  readonly categories: readonly string[];
  readonly isExcept: boolean;
};

/** Days around a date of the member's own: a birthday, the day they joined. */
export type Around = { readonly before: number; readonly after: number };

/** Hours of some weekdays (1 Monday to 7 Sunday), in minutes of the day; `to` at or before `from` ends on the next day. */
export type Hours = { readonly weekdays: readonly number[]; readonly from: number; readonly to: number };

/** Everything that must hold together; null asks for nothing. Lists mean any of. Days and hours are the business's own. */
export type When = {
  readonly goods: Goods | null;
  readonly locations: readonly bigint[] | null;
  readonly hours: readonly Hours[] | null;
  /** Both ends included. */
  readonly dates: { readonly from: Day | null; readonly to: Day | null } | null;
  /** "MM-DD", both ends included; may run over the new year. */
  readonly yearly: { readonly from: string; readonly to: string } | null;
  readonly tiers: readonly string[] | null;
  readonly segments: readonly bigint[] | null;
  readonly tags: readonly bigint[] | null;
  readonly first: "day" | "month" | "ever" | null;
  /** The number of the visit this purchase is. */
  readonly visit: { readonly is: "every" | "exactly" | "atLeast"; readonly n: number } | null;
  readonly minBillMinor: bigint | null;
  /** Paid before the visit. */
  readonly isPrepaid: boolean;
  readonly birthday: Around | null;
  readonly anniversary: Around | null;
  /** Only for who brings it, by a promo code or an entitlement. */
  readonly isHeld: boolean;
};

/**
 * What a rule gives on its goods. Units: hundredths and basis points.
 *
 * `rate` stands in the place of the tier's rate; `times` 20000 doubles what the rate earns; `extra` adds a rate; `bands` is a
 * discount by all the member ever spent; `exclude` takes goods out; `share` is how much of them points may pay.
 */
export type Gives =
  | { readonly is: "rate" | "times" | "extra" | "discount" | "share"; readonly bps: number }
  | { readonly is: "points"; readonly points: bigint; readonly per: "bill" | "unit" }
  | { readonly is: "off"; readonly minor: bigint }
  | { readonly is: "bands"; readonly bands: readonly { readonly fromMinor: bigint; readonly bps: number }[] }
  | {
      readonly is: "exclude";
      readonly earning: boolean;
      readonly paying: boolean;
      readonly discounts: boolean;
    };
export type GivesKind = Gives["is"];

/** The most a rule gives, in points or money by what it gives; times count purchases. Null: no limit. */
export type Caps = {
  readonly perBill: bigint | null;
  readonly perDay: bigint | null;
  readonly perMonth: bigint | null;
  readonly ever: bigint | null;
  readonly timesPerDay: number | null;
  readonly timesPerMonth: number | null;
  readonly timesEver: number | null;
  /** Of the whole rule, for all members together. */
  readonly budget: bigint | null;
};

/**
 * What an owner writes. Rules without a group add up. Of a group one holds: the one of the highest `priority`, or the best for the
 * member; where its rules disagree on how, the one of the highest priority says. Ties: the older rule.
 */
export type RuleBody = {
  readonly name: string;
  readonly isOn: boolean;
  readonly when: When;
  readonly gives: Gives;
  readonly group: { readonly name: string; readonly choose: "priority" | "best" } | null;
  readonly priority: number;
  readonly caps: Caps;
  /** Days the points of this rule live; null: as earned ones. */
  readonly livesDays: number | null;
};
export type Rule = RuleBody & { readonly id: bigint };

export const PERIODS = ["day", "month", "ever", "budget"] as const;
/** What a rule has given: to the member in a day, a month or ever; `budget`: to everybody. */
export type RuleUse = {
  readonly ruleId: bigint;
  readonly period: (typeof PERIODS)[number];
  readonly amount: bigint;
  readonly times: number;
};

/** Codes of explanations by rules. All carry `rule` (its name) and `ruleId`. */
export const RULE_REASONS = [
  "rule_rate", // rateBps, minor, points
  "rule_times", // bps, points
  "rule_extra", // rateBps, minor, points
  "rule_points", // points
  "rule_discount", // rateBps, minor
  "rule_off", // minor
  "rule_bands", // rateBps, minor
  "rule_excluded", // what (all, or earning, paying, discounts joined by _), minor
  "rule_share", // bps, minor
  "rule_limited", // by (perBill | perDay | perMonth | ever | budget), points or minor
  "rule_lives", // points, days
] as const;

export type RuleCode = (typeof RULE_REASONS)[number];

/** Why a rule that was near did not fire. All carry `rule` and `ruleId`. */
export const MISSED_REASONS = [
  "missed_limit", // by (perDay | perMonth | ever | timesPerDay | timesPerMonth | timesEver | budget; less: than the tier gives)
  "missed_other", // other: the rule of its group that held
  "missed_minimum", // minor: what is missing
  "missed_visit", // left: visits until the one it is for; 0: past
  "missed_first", // of (day | month | ever)
  "missed_tier",
  "missed_prepaid",
  "missed_birthday",
  "missed_anniversary",
  "missed_hours",
  "missed_location",
  "missed_tag",
  "missed_segment",
  "missed_goods",
] as const;
export type MissedCode = (typeof MISSED_REASONS)[number];

/** Reasons of rules that did not fire; screens show them apart from what happened. */
export const isMissed = (code: string): boolean => code.startsWith("missed_");

const EARNING: ReadonlySet<GivesKind> = new Set(["rate", "times", "extra", "points"]);
const DISCOUNTS: ReadonlySet<GivesKind> = new Set(["discount", "off", "bands"]);

/** What a rule's caps and budget count. */
export function unitOf(kind: GivesKind): "points" | "money" | null {
  if (EARNING.has(kind)) return "points";
  return DISCOUNTS.has(kind) ? "money" : null;
}

export const NO_CAPS: Caps = {
  perBill: null,
  perDay: null,
  perMonth: null,
  ever: null,
  timesPerDay: null,
  timesPerMonth: null,
  timesEver: null,
  budget: null,
};
export const ALWAYS: When = {
  goods: null,
  locations: null,
  hours: null,
  dates: null,
  yearly: null,
  tiers: null,
  segments: null,
  tags: null,
  first: null,
  visit: null,
  minBillMinor: null,
  isPrepaid: false,
  birthday: null,
  anniversary: null,
  isHeld: false,
};
