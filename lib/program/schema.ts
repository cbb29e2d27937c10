import { z } from "zod";
import { AMOUNT_MAX, BPS_WHOLE } from "../kernel/money";
import { FOR_EVER, keepOf, NO_EXPERIENCE, PERK_KINDS, THRESHOLDS, type Tier } from "../tiers/model";
import { EXPIRY_KINDS, PLAIN_EXPIRY } from "./deadlines/model";
import type { Programme, RuleBody } from "./model";
import { NO_REFERRALS, referralTerms } from "./referral/schema";
import { ruleBody } from "./rules/schema";

export { certificateInput } from "./certificates/schema";
export { OCCASIONS, occasionInput } from "./occasions/schema";
export { bulkInput, promoInput } from "./promo/schema";
export { NO_REFERRALS, type ReferralTerms } from "./referral/schema";
export { rewardInput } from "./rewards/schema";
export { RULES_MAX, ruleBody } from "./rules/schema";
export { stampInput } from "./stamps/schema";

const TIERS_MAX = 20;
const DAYS_MAX = 3_650;
const PERKS_MAX = 12;
const REMINDERS_MAX = 4;

/** Stored and sent as a JSON integer of hundredths; used as bigint. */
const hundredths = z
  .union([z.int().min(0).max(Number(AMOUNT_MAX)), z.bigint().min(0n).max(AMOUNT_MAX)])
  .transform(BigInt);
const bps = z.int().min(0).max(BPS_WHOLE);
const days = z.int().min(1).max(DAYS_MAX);

const count = z.int().min(1).max(1_000_000);

const thresholds = {
  spentMinor: hundredths.nullable(),
  invited: z.int().min(1).max(100_000).nullable(),
  visits: count.nullable().default(null),
  experience: count.nullable().default(null),
};
const perk = z.object({
  kind: z.enum(PERK_KINDS),
  text: z.string().trim().max(120).nullable(),
});

const tier = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: z.string().trim().min(1).max(60),
  rateBps: bps,
  maxPointsBps: bps.nullable(),
  ...thresholds,
  keep: z.object(thresholds).nullable().default(null),
  gift: z.object({ points: hundredths, days: days.nullable() }).nullable().default(null),
  perks: z.array(perk).max(PERKS_MAX).readonly().default([]),
}) satisfies z.ZodType<Tier>;

const window = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ever") }),
  z.object({ kind: z.literal("rolling"), days: z.int().min(7).max(1_095) }),
  z.object({ kind: z.enum(["month", "quarter", "year"]) }),
]);
const qualifying = z.object({
  window,
  graceDays: z.int().min(0).max(365),
  downgrade: z.enum(["step", "full"]),
});
const perUnit = z.int().min(0).max(100_000);
const experience = z.object({ perVisit: perUnit, perHundred: perUnit, perFriend: perUnit });
const expiry = z.object({
  kind: z.enum(EXPIRY_KINDS),
  months: z.int().min(1).max(120),
  month: z.int().min(1).max(12),
  day: z.int().min(1).max(31),
  minDays: z.int().min(0).max(366),
  toMonthEnd: z.boolean(),
  extends: z.boolean(),
});

/** As the database keeps them: what was once accepted is read for ever, whatever is refused today. */
const stored = z.object({
  policy: z.enum(["points", "discount"]),
  base: tier,
  tiers: z.array(tier).max(TIERS_MAX),
  maxPointsBps: bps,
  qualifying: qualifying.default(FOR_EVER),
  experience: experience.default(NO_EXPERIENCE),
  welcome: z
    .object({
      points: hundredths,
      days: days.nullable(),
      kept: z.object({ days: days.nullable() }).nullable().default(null),
    })
    .nullable(),
  firstPurchasePoints: hundredths,
  earnedDays: days.nullable(),
  pendingDays: z.int().min(0).max(365),
  confirmEarned: z.boolean().default(false),
  expiry: expiry.default(PLAIN_EXPIRY),
  remindDays: z.array(z.int().min(1).max(90)).max(REMINDERS_MAX).readonly().default([14, 3]),
  receiptLimitMinor: hundredths.nullable(),
  purchaseByPhone: z.boolean(),
  spendByPhone: z.boolean(),
  receiptNumberRequired: z.boolean(),
  voucherDays: days,
  referral: referralTerms,
});

/**
 * A programme's settings as the office saves them and the database keeps them.
 *
 * Refuses (issue messages are codes): `base_id`, `tier_id_repeated`, `tier_without_threshold`, `tier_name_repeated`,
 * `tier_unreachable`, `keep_over_enter`, `keep_without_enter`, `perk_without_text`, `no_inactive_days`.
 * Shape: what later versions of Kolo added has defaults, so that every stored state still reads.
 */
export const programmeSettings = stored.check((check) => {
  const { base, tiers } = check.value;
  const complain = (message: string, path: (string | number)[]) =>
    check.issues.push({ code: "custom", message, path, input: check.value });
  if (base.id !== "base") complain("base_id", ["base", "id"]);
  tiers.forEach((one, index) => {
    if (one.id === "base" || tiers.findIndex((other) => other.id === one.id) !== index)
      complain("tier_id_repeated", ["tiers", index, "id"]);
    if (
      [base, ...tiers].findIndex((other) => other.name.toLowerCase() === one.name.toLowerCase()) !==
      index + 1
    )
      complain("tier_name_repeated", ["tiers", index, "name"]);
    if (THRESHOLDS.every((name) => one[name] === null))
      complain("tier_without_threshold", ["tiers", index, "spentMinor"]);
    tierProblems(check.value, one).forEach(({ code, name }) =>
      complain(code, ["tiers", index, ...name.split(".")]),
    );
  });
  if (check.value.expiry.kind === "inactive" && check.value.earnedDays === null)
    complain("no_inactive_days", ["earnedDays"]);
});

type Judged = { base: Tier; tiers: readonly Tier[]; experience: z.output<typeof experience> };

/** Whether everybody who reaches a tier stands higher already: by every way that leads to it. */
const isHidden = (one: Tier, { base, tiers }: Judged) =>
  one.rateBps < base.rateBps ||
  THRESHOLDS.every((name) => {
    const own = one[name];
    const isPassed = (other: Tier) => {
      const goal = other[name];
      return other.rateBps > one.rateBps && own !== null && goal !== null && goal <= own;
    };
    return own === null || tiers.some(isPassed);
  });

/** What is nonsense about a tier: a way that leads nowhere, or more asked to stay than to come. */
function tierProblems(settings: Judged, one: Tier): { code: string; name: string }[] {
  const { experience: worth } = settings;
  const problems: { code: string; name: string }[] = [];
  const isReached = THRESHOLDS.some((name) => one[name] !== null);
  if (isReached && isHidden(one, settings)) problems.push({ code: "tier_unreachable", name: "rateBps" });
  const isWorthless = worth.perVisit === 0 && worth.perHundred === 0 && worth.perFriend === 0;
  if (one.experience !== null && isWorthless) problems.push({ code: "tier_unreachable", name: "experience" });
  const keep = keepOf(one);
  for (const name of THRESHOLDS) {
    const [stay, enter] = [keep[name], one[name]];
    if (stay === null) continue;
    if (enter === null) problems.push({ code: "keep_without_enter", name: `keep.${name}` });
    else if (stay > enter) problems.push({ code: "keep_over_enter", name: `keep.${name}` });
  }
  one.perks.forEach(({ kind, text }, at) => {
    if (kind === "own" && !text) problems.push({ code: "perk_without_text", name: `perks.${at}` });
  });
  return problems;
}

export type ProgrammeSettings = z.output<typeof programmeSettings>;

/** What a business starts with: 5 % back, a silver and a gold tier, 300 welcome points for two weeks. */
export function startingProgramme(names: { base: string; silver: string; gold: string }): ProgrammeSettings {
  const plain = {
    maxPointsBps: null,
    invited: null,
    visits: null,
    experience: null,
    keep: null,
    gift: null,
    perks: [],
  };
  return {
    policy: "points",
    base: { id: "base", name: names.base, rateBps: 500, spentMinor: null, ...plain },
    tiers: [
      { id: "silver", name: names.silver, rateBps: 700, spentMinor: 1_000_000n, ...plain },
      { id: "gold", name: names.gold, rateBps: 1_000, spentMinor: 3_000_000n, ...plain },
    ],
    qualifying: FOR_EVER,
    experience: NO_EXPERIENCE,
    maxPointsBps: 3_000,
    welcome: { points: 30_000n, days: 14, kept: null },
    firstPurchasePoints: 0n,
    earnedDays: 365,
    pendingDays: 0,
    confirmEarned: false,
    expiry: PLAIN_EXPIRY,
    remindDays: [14, 3],
    receiptLimitMinor: null,
    purchaseByPhone: true,
    spendByPhone: false,
    receiptNumberRequired: false,
    voucherDays: 30,
    referral: NO_REFERRALS,
  };
}

/** Stored settings as they were saved. */
export const toSettings = (settings: unknown): ProgrammeSettings => stored.parse(settings);

/** A stored version as the evaluator takes it, without its rules. */
export function toProgramme(version: number, settings: unknown): Programme {
  return { version, ...stored.parse(settings) };
}

/** A rule as our own pages hold it in hand. */
export const writtenRule = z.preprocess((body: RuleBody) => body, ruleBody);

const SIMULATED_DAYS_MAX = 365;
const SIMULATED_RULES_MAX = 20;
const ruleId = z.coerce.bigint().min(1n);
/**
 * What to play over the last days: nothing changed; or the programme in force with settings and rules changed; or a `version`,
 * past or to come, in its place.
 */
export const simulationAsked = z.object({
  days: z.int().min(1).max(SIMULATED_DAYS_MAX),
  marginBps: z.int().min(0).max(BPS_WHOLE),
  isUnchanged: z.boolean().default(false),
  version: z.int().min(1).nullable().default(null),
  settings: programmeSettings.optional(),
  put: z
    .array(z.object({ id: ruleId.nullable(), body: ruleBody }))
    .max(SIMULATED_RULES_MAX)
    .default([]),
  drop: z.array(ruleId).max(200).default([]),
});
export type SimulationAsked = z.output<typeof simulationAsked>;
