/** What is wrong, or looks wrong, with a rule before it is saved: as codes with values. */
import type { Day } from "../../../kernel/time";
import type { Programme } from "../../model";
import { inOrder } from "../compile/model";
import { covers, meetsWeek, meetsYear, overlap } from "../cover/model";
import { type Rule, type RuleBody, unitOf } from "../model";

/** `refuse`: it cannot be saved; `warn`: the owner may have meant it. `other`: the rule it is about. */
export type Finding = {
  readonly level: "refuse" | "warn";
  readonly code: FindingCode;
  readonly other?: { readonly ruleId: bigint; readonly name: string };
  /** Names or ids that are unknown; an amount in hundredths; a rate in basis points. */
  readonly value?: string | number;
};
export const FINDINGS = [
  "dates_empty",
  "dates_passed",
  "yearly_outside_dates",
  "hours_outside_dates",
  "first_not_that_visit",
  "min_over_receipt",
  "nobody_brings",
  "unknown_items",
  "unknown_categories",
  "unknown_locations",
  "unknown_tiers",
  "unknown_segments",
  "unknown_tags",
  "cap_without_amount",
  "lives_without_points",
  "group_of_exclusions",
  "unit_without_goods",
  "cap_over_budget",
  "rate_not_above_tiers",
  "points_over_bill",
  "off_over_bill",
  "earns_over_bill",
  "discounts_over_bill",
  "excluded_by",
  "shadowed_by",
  "ties_with",
  "group_disagrees",
] as const;
export type FindingCode = (typeof FINDINGS)[number];

/** What there is to name; null: not known here, not looked at. */
export type Names = {
  readonly items: ReadonlySet<bigint>;
  readonly categories: ReadonlySet<string>;
  readonly locations: ReadonlySet<bigint>;
  readonly tags: ReadonlySet<bigint>;
  readonly segments: ReadonlySet<bigint> | null;
  /** Whether a reward brings the rule; left out: not looked at. */
  readonly isBrought?: boolean;
};

const WHOLE = 10_000;

/** Looks at a rule by itself and among the others. `others`: without its own earlier body. */
export function findingsOf(
  rule: Rule,
  others: readonly Rule[],
  programme: Programme,
  names: Names,
  today: Day,
): Finding[] {
  const live = others.filter(({ isOn }) => isOn);
  const findings = [
    ...never(rule, today),
    ...seldom(rule, programme, names),
    ...unknown(rule, programme, names),
    ...shape(rule),
  ];
  if (!rule.isOn) return findings;
  return [...findings, ...worth(rule, live, programme), ...among(rule, live)];
}

const refuse = (code: FindingCode, value?: string | number): Finding => ({
  level: "refuse",
  code,
  ...(value !== undefined && { value }),
});
const warn = (code: FindingCode, value?: string | number): Finding => ({
  ...refuse(code, value),
  level: "warn",
});
const about = (code: FindingCode, { id, name }: Rule): Finding => ({
  level: "warn",
  code,
  other: { ruleId: id, name },
});

/** Conditions that cannot hold together, ever or any more. */
function never({ when }: RuleBody, today: Day): Finding[] {
  const { dates, yearly, hours, first, visit } = when;
  const findings: Finding[] = [];
  if (dates?.from && dates.to && dates.from > dates.to) findings.push(refuse("dates_empty"));
  else if (dates?.to && dates.to < today) findings.push(warn("dates_passed", dates.to));
  if (yearly && dates?.from && dates.to && dates.from <= dates.to && !meetsYear(yearly, dates.from, dates.to))
    findings.push(refuse("yearly_outside_dates"));
  if (hours && dates?.from && dates.to && dates.from <= dates.to && !meetsWeek(hours, dates.from, dates.to))
    findings.push(refuse("hours_outside_dates"));
  if (first === "ever" && visit && visit.n !== 1) findings.push(refuse("first_not_that_visit"));
  return findings;
}

/** What keeps a rule from ever holding as things are, and may change. */
function seldom({ when }: RuleBody, { receiptLimitMinor }: Programme, { isBrought }: Names): Finding[] {
  const findings: Finding[] = [];
  if (when.minBillMinor !== null && receiptLimitMinor !== null && when.minBillMinor > receiptLimitMinor)
    findings.push(warn("min_over_receipt", receiptLimitMinor.toString()));
  if (when.isHeld && isBrought === false) findings.push(warn("nobody_brings"));
  return findings;
}

function unknown({ when }: RuleBody, programme: Programme, names: Names): Finding[] {
  const tiers = new Set([programme.base, ...programme.tiers].map(({ id }) => id));
  const missing = <T>(
    code: FindingCode,
    asked: readonly T[] | null | undefined,
    known: ReadonlySet<T> | null,
  ) => {
    const lost = known ? (asked ?? []).filter((each) => !known.has(each)) : [];
    return lost.length > 0 ? [refuse(code, lost.map(String).join(", "))] : [];
  };
  return [
    ...missing("unknown_items", when.goods?.items, names.items),
    ...missing("unknown_categories", when.goods?.categories, names.categories),
    ...missing("unknown_locations", when.locations, names.locations),
    ...missing("unknown_tiers", when.tiers, tiers),
    ...missing("unknown_segments", when.segments, names.segments),
    ...missing("unknown_tags", when.tags, names.tags),
  ];
}

/** Parts that do not go together. */
function shape({ gives, caps, livesDays, group, when }: RuleBody): Finding[] {
  const findings: Finding[] = [];
  const amounts = [caps.perBill, caps.perDay, caps.perMonth, caps.ever, caps.budget];
  const unit = unitOf(gives.is);
  if (unit === null && amounts.some((cap) => cap !== null)) findings.push(refuse("cap_without_amount"));
  if (livesDays !== null && (unit !== "points" || gives.is === "rate"))
    findings.push(refuse("lives_without_points"));
  if (gives.is === "exclude" && group) findings.push(refuse("group_of_exclusions"));
  if (gives.is === "points" && gives.per === "unit" && !when.goods)
    findings.push(refuse("unit_without_goods"));
  const { budget } = caps;
  if (budget !== null && amounts.slice(0, 4).some((cap) => cap !== null && cap > budget))
    findings.push(warn("cap_over_budget"));
  return findings;
}

/** More than the bill is worth, or less than there is without it. */
function worth(rule: Rule, others: readonly Rule[], programme: Programme): Finding[] {
  const { gives, when, caps } = rule;
  const findings: Finding[] = [];
  const least = when.minBillMinor ?? 1n;
  const tiers = [programme.base, ...programme.tiers].filter(
    ({ id }) => !when.tiers || when.tiers.includes(id),
  );
  const best = Math.max(0, ...tiers.map(({ rateBps }) => rateBps));
  if (gives.is === "points" && gives.points > least && caps.timesEver === null && when.first !== "ever")
    findings.push(warn("points_over_bill", least.toString()));
  if (gives.is === "off" && gives.minor > least) findings.push(warn("off_over_bill", least.toString()));
  if (gives.is === "rate" && programme.policy === "points" && gives.bps <= best && when.goods === null)
    findings.push(warn("rate_not_above_tiers", best));
  const together = [rule, ...others.filter((other) => isTogether(rule, other))];
  const unit = unitOf(gives.is);
  const earn = programme.policy === "points" ? best : 0;
  const total = unit === "points" ? earned(together, earn) : discounted(together);
  if (unit && total > WHOLE)
    findings.push(warn(unit === "points" ? "earns_over_bill" : "discounts_over_bill", total));
  return findings;
}

function earned(rules: readonly Rule[], own: number): number {
  const bps = (is: "rate" | "extra" | "times") =>
    rules.flatMap(({ gives }) => (gives.is === is ? [gives.bps] : []));
  const rate = Math.max(own, ...bps("rate"));
  const times = bps("times").reduce((sum, each) => sum + each - WHOLE, WHOLE);
  return Math.round((rate * times) / WHOLE) + bps("extra").reduce((sum, each) => sum + each, 0);
}

const discounted = (rules: readonly Rule[]) =>
  rules.reduce((sum, { gives }) => {
    if (gives.is === "discount") return sum + gives.bps;
    return gives.is === "bands" ? sum + Math.max(...gives.bands.map(({ bps }) => bps)) : sum;
  }, 0);

/** Whether both can give on one bill: the same goods, members and places, and not one in the place of the other. */
function isTogether(a: Rule, b: Rule): boolean {
  if (a.group && b.group && a.group.name === b.group.name) return false;
  return overlap(a.when, b.when);
}

/** What another rule makes of this one. */
function among(rule: Rule, others: readonly Rule[]): Finding[] {
  const findings: Finding[] = [];
  const earns = unitOf(rule.gives.is) === "points";
  for (const other of others) {
    if (!overlap(rule.when, other.when)) continue;
    const { gives } = other;
    const isShut =
      gives.is === "exclude" &&
      (earns ? gives.earning : unitOf(rule.gives.is) === "money" && gives.discounts);
    if (isShut && covers(other.when, rule.when)) findings.push(about("excluded_by", other));
    const sameGroup = rule.group && other.group && rule.group.name === other.group.name;
    if (sameGroup && rule.group?.choose !== other.group?.choose)
      findings.push(about("group_disagrees", other));
    const instead = sameGroup
      ? rule.group?.choose === "priority"
      : rule.gives.is === gives.is && (gives.is === "rate" || gives.is === "share");
    if (!instead) continue;
    if (rule.priority === other.priority) findings.push(about("ties_with", other));
    if (inOrder(other, rule) < 0 && covers(other.when, rule.when)) findings.push(about("shadowed_by", other));
  }
  return findings.slice(0, FINDINGS_MAX);
}
const FINDINGS_MAX = 20;
