import { keepOf, THRESHOLDS, type Tier, windowKey } from "../tiers/model";
import type { Programme } from "./model";
import { referralRates } from "./referral/model";
import type { ReferralTerms } from "./referral/schema";

type Settings = Omit<Programme, "version">;
export type ChangeValue = string | number | bigint | boolean | null;

/** What a value counts, so that a screen can write it: basis points, hundredths, days, a switch ... */
export type ChangeUnit =
  | "rate"
  | "points"
  | "money"
  | "days"
  | "count"
  | "switch"
  | "policy"
  | "name"
  /** `ever`, `rolling:90`, `month` ... */
  | "window"
  | "downgrade"
  /** `never`, `days:365`, `months:12`, `date:12-31`, `inactive:90` */
  | "expiry"
  /** `no`, `ever`, `days:90` */
  | "kept"
  /** Perks as JSON. */
  | "perks";

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
  pendingDays: "days",
  confirmEarned: "switch",
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
  visits: "count",
  invited: "count",
  experience: "count",
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
  | "tierVisits"
  | "tierInvited"
  | "tierExperience"
  | "tierKeepSpent"
  | "tierKeepVisits"
  | "tierKeepInvited"
  | "tierKeepExperience"
  | "tierGift"
  | "tierGiftDays"
  | "tierPerks"
  | "window"
  | "graceDays"
  | "downgrade"
  | "perVisit"
  | "perHundred"
  | "perFriend"
  | "welcomeKept"
  | "earnedDays"
  | "expiry"
  | "minDays"
  | "toMonthEnd"
  | "extends"
  | "remindDays"
  | ReferralChange;

const TIER_CODES: Readonly<Record<keyof typeof TIER_FIELDS, ChangeCode>> = {
  name: "tierName",
  rateBps: "tierRate",
  maxPointsBps: "tierCap",
  spentMinor: "tierSpent",
  visits: "tierVisits",
  invited: "tierInvited",
  experience: "tierExperience",
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
  compareQualifying(from, to, note);
  note("welcomePoints", "points", from.welcome?.points ?? 0n, to.welcome?.points ?? 0n);
  note("welcomeDays", "days", from.welcome?.days ?? null, to.welcome?.days ?? null);
  note("welcomeKept", "kept", keptKey(from.welcome), keptKey(to.welcome));
  compareDeadlines(from, to, note);
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

function compareQualifying(from: Settings, to: Settings, note: Note): void {
  const [a, b] = [from.qualifying, to.qualifying];
  note("window", "window", windowKey(a.window), windowKey(b.window));
  note("graceDays", "days", a.graceDays, b.graceDays);
  note("downgrade", "downgrade", a.downgrade, b.downgrade);
  for (const name of ["perVisit", "perHundred", "perFriend"] as const)
    note(name, "count", from.experience[name], to.experience[name]);
}

/** How earned points end, as one word. */
export function expiryKey({ expiry, earnedDays }: Pick<Settings, "expiry" | "earnedDays">): string {
  switch (expiry.kind) {
    case "days":
    case "inactive":
      return earnedDays === null ? "never" : `${expiry.kind}:${earnedDays}`;
    case "months":
      return `months:${expiry.months}`;
    case "date":
      return `date:${expiry.month}-${expiry.day}`;
  }
}

const keptKey = (welcome: Settings["welcome"]): string => {
  if (!welcome?.kept) return "no";
  return welcome.kept.days === null ? "ever" : `days:${welcome.kept.days}`;
};

function compareDeadlines(from: Settings, to: Settings, note: Note): void {
  const [a, b] = [from.expiry, to.expiry];
  if (a.kind === "days" && b.kind === "days") note("earnedDays", "days", from.earnedDays, to.earnedDays);
  else note("expiry", "expiry", expiryKey(from), expiryKey(to));
  if (b.kind === "date") note("minDays", "days", a.minDays, b.minDays);
  note("toMonthEnd", "switch", a.toMonthEnd, b.toMonthEnd);
  note("extends", "switch", a.extends, b.extends);
  note("remindDays", "name", from.remindDays.join(", ") || null, to.remindDays.join(", ") || null);
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
    compareTierLife(old, tier, note);
  }
}

function compareTierLife(old: Tier, tier: Tier, note: Note): void {
  const [a, b] = [keepOf(old), keepOf(tier)];
  // Kept by the same as entered, a change of the one says both.
  if (old.keep || tier.keep) {
    note("tierKeepSpent", "money", a.spentMinor, b.spentMinor, tier.name);
    note("tierKeepVisits", "count", a.visits, b.visits, tier.name);
    note("tierKeepInvited", "count", a.invited, b.invited, tier.name);
    note("tierKeepExperience", "count", a.experience, b.experience, tier.name);
  }
  note("tierGift", "points", old.gift?.points ?? 0n, tier.gift?.points ?? 0n, tier.name);
  if (tier.gift) note("tierGiftDays", "days", old.gift?.days ?? null, tier.gift.days, tier.name);
  note("tierPerks", "perks", JSON.stringify(old.perks), JSON.stringify(tier.perks), tier.name);
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
  | { readonly code: "nothing_earned" }
  | { readonly code: "keep_without_window"; readonly tier: string }
  | { readonly code: "grace_over_window"; readonly grace: number }
  | { readonly code: "remind_over_life"; readonly days: number };

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
    if (THRESHOLDS.some((name) => lower(tier[name], other[name])))
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
  return [...warnings, ...lifeWarnings(settings)];
}

const WINDOW_DAYS = { month: 31, quarter: 92, year: 366 } as const;

/** What can never happen with tiers and deadlines as they are set. */
function lifeWarnings({ tiers, qualifying, expiry, earnedDays, remindDays }: Settings): Warning[] {
  const { window, graceDays } = qualifying;
  const warnings: Warning[] = [];
  if (window.kind === "ever") {
    for (const tier of tiers) if (tier.keep) warnings.push({ code: "keep_without_window", tier: tier.name });
  } else if (graceDays > (window.kind === "rolling" ? window.days : WINDOW_DAYS[window.kind]))
    warnings.push({ code: "grace_over_window", grace: graceDays });
  const isShort = (days: number) => earnedDays !== null && days > earnedDays;
  if (expiry.kind === "days" || expiry.kind === "inactive")
    if (remindDays.length > 0 && remindDays.every(isShort))
      warnings.push({ code: "remind_over_life", days: Math.min(...remindDays) });
  return warnings;
}

const lower = (a: bigint | number | null, b: bigint | number | null) => a !== null && b !== null && a <= b;
