import type { Tier } from "../tiers/model";
import type { Programme } from "./model";
import { type ReferralTerms, referralRates } from "./referral/schema";

type Settings = Omit<Programme, "version">;
export type ChangeValue = string | number | bigint | boolean | null;

/** What a value counts, so that a screen can write it: basis points, hundredths, days, a switch ... */
export type ChangeUnit = "rate" | "points" | "money" | "days" | "count" | "switch" | "policy" | "name";

/** One difference between two states of a programme. `tier`: whose, by name. */
export type Change = {
  readonly code: ChangeCode;
  readonly tier: string | null;
  readonly unit: ChangeUnit;
  readonly from: ChangeValue;
  readonly to: ChangeValue;
};

const FIELDS = {
  policy: "policy",
  maxPointsBps: "rate",
  firstPurchasePoints: "points",
  earnedDays: "days",
  pendingDays: "days",
  receiptLimitMinor: "money",
  purchaseByPhone: "switch",
  spendByPhone: "switch",
  receiptNumberRequired: "switch",
  voucherDays: "days",
} as const satisfies Partial<Record<keyof Settings, ChangeUnit>>;

const TIER_FIELDS = {
  name: "name",
  rateBps: "rate",
  maxPointsBps: "rate",
  spentMinor: "money",
  invited: "count",
} as const satisfies Partial<Record<keyof Tier, ChangeUnit>>;

export type ChangeCode =
  | keyof typeof FIELDS
  | "welcomePoints"
  | "welcomeDays"
  | "tierAdded"
  | "tierRemoved"
  | "tierName"
  | "tierRate"
  | "tierCap"
  | "tierSpent"
  | "tierInvited"
  | ReferralChange;

const TIER_CODES: Readonly<Record<keyof typeof TIER_FIELDS, ChangeCode>> = {
  name: "tierName",
  rateBps: "tierRate",
  maxPointsBps: "tierCap",
  spentMinor: "tierSpent",
  invited: "tierInvited",
};

/** What differs from one state to another, in the order of the settings page; nothing when they promise the same. */
export function changesBetween(from: Settings, to: Settings): Change[] {
  const changes: Change[] = [];
  const note = (
    code: ChangeCode,
    unit: ChangeUnit,
    a: ChangeValue,
    b: ChangeValue,
    tier: string | null = null,
  ) => {
    if (a !== b) changes.push({ code, tier, unit, from: a, to: b });
  };
  note("policy", "policy", from.policy, to.policy);
  compareTiers([from.base, ...from.tiers], [to.base, ...to.tiers], note);
  note("welcomePoints", "points", from.welcome?.points ?? 0n, to.welcome?.points ?? 0n);
  note("welcomeDays", "days", from.welcome?.days ?? null, to.welcome?.days ?? null);
  for (const [field, unit] of entriesOf(FIELDS))
    if (field !== "policy") note(field, unit, from[field], to[field]);
  compareReferral(from.referral, to.referral, note);
  return changes;
}

const REFERRAL_FIELDS = {
  invitationPoints: ["referralInvitation", "points"],
  invitationMinMinor: ["referralMin", "money"],
  friendJoinPoints: ["referralFriendJoin", "points"],
  friendFirstPoints: ["referralFriendFirst", "points"],
  days: ["referralDays", "days"],
  activeDays: ["referralActive", "days"],
  hourMax: ["referralHour", "count"],
  dayMax: ["referralDay", "count"],
} as const satisfies Record<Exclude<keyof ReferralTerms, "levels">, readonly [string, ChangeUnit]>;
const LEVEL_CODES = ["referralLevel1", "referralLevel2", "referralLevel3"] as const;
type ReferralChange =
  | (typeof LEVEL_CODES)[number]
  | (typeof REFERRAL_FIELDS)[keyof typeof REFERRAL_FIELDS][0];

function compareReferral(before: ReferralTerms, after: ReferralTerms, note: Note): void {
  const [was, will] = [referralRates(before), referralRates(after)];
  for (const [index, code] of LEVEL_CODES.entries()) note(code, "rate", was[index] ?? 0, will[index] ?? 0);
  for (const [field, [code, unit]] of entriesOf(REFERRAL_FIELDS))
    note(code, unit, before[field], after[field]);
}

type Note = (
  code: ChangeCode,
  unit: ChangeUnit,
  from: ChangeValue,
  to: ChangeValue,
  tier?: string | null,
) => void;

function compareTiers(before: readonly Tier[], after: readonly Tier[], note: Note): void {
  for (const tier of before)
    if (!after.some(({ id }) => id === tier.id)) note("tierRemoved", "name", tier.name, null, tier.name);
  for (const tier of after) {
    const old = before.find(({ id }) => id === tier.id);
    if (!old) {
      note("tierAdded", "rate", null, tier.rateBps, tier.name);
      continue;
    }
    for (const [field, unit] of entriesOf(TIER_FIELDS))
      note(TIER_CODES[field], unit, old[field], tier[field], tier.name);
  }
}

const entriesOf = <T extends object>(value: T) => Object.entries(value) as [keyof T, T[keyof T]][];

/** Something an owner may not have meant; saving is allowed all the same. */
export type Warning =
  | { readonly code: "rates_close"; readonly tier: string; readonly other: string; readonly bps: number }
  | { readonly code: "rate_lower"; readonly tier: string; readonly other: string }
  | { readonly code: "threshold_lower"; readonly tier: string; readonly other: string }
  | { readonly code: "cap_zero"; readonly tier: string | null }
  | { readonly code: "earned_before_pending"; readonly days: number; readonly pending: number }
  | { readonly code: "welcome_before_pending"; readonly days: number; readonly pending: number }
  | { readonly code: "nothing_earned" };

/** A step between two tiers smaller than this many basis points is hardly felt. */
const STEP_MIN_BPS = 500;

/** What looks like a slip in a programme's settings, the gravest first. */
export function warningsOf(settings: Settings): Warning[] {
  const { base, tiers, welcome, earnedDays, pendingDays } = settings;
  const ladder = [base, ...tiers];
  const warnings: Warning[] = [];
  if (ladder.every((tier) => tier.rateBps === 0)) warnings.push({ code: "nothing_earned" });
  for (const [index, tier] of ladder.entries()) {
    const other = ladder[index - 1];
    if (!other) continue;
    const names = { tier: tier.name, other: other.name };
    if (lower(tier.spentMinor, other.spentMinor) || lower(tier.invited, other.invited))
      warnings.push({ code: "threshold_lower", ...names });
    const bps = tier.rateBps - other.rateBps;
    if (bps < 0) warnings.push({ code: "rate_lower", ...names });
    else if (bps < STEP_MIN_BPS) warnings.push({ code: "rates_close", ...names, bps });
  }
  if (settings.policy === "points") {
    if (settings.maxPointsBps === 0) warnings.push({ code: "cap_zero", tier: null });
    for (const tier of ladder)
      if (tier.maxPointsBps === 0) warnings.push({ code: "cap_zero", tier: tier.name });
  }
  if (earnedDays !== null && earnedDays < pendingDays)
    warnings.push({ code: "earned_before_pending", days: earnedDays, pending: pendingDays });
  if (welcome?.days && welcome.points > 0n && welcome.days < pendingDays)
    warnings.push({ code: "welcome_before_pending", days: welcome.days, pending: pendingDays });
  return warnings;
}

const lower = (a: bigint | number | null, b: bigint | number | null) => a !== null && b !== null && a <= b;
