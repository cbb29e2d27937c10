import { z } from "zod";
import { AMOUNT_MAX, BPS_WHOLE } from "../kernel/money";
import type { Tier } from "../tiers/model";
import type { Programme } from "./model";
import { NO_REFERRALS, referralTerms } from "./referral/schema";

export { certificateInput } from "./certificates/schema";
export { OCCASIONS, occasionInput } from "./occasions/schema";
export { bulkInput, promoInput } from "./promo/schema";
export { NO_REFERRALS, type ReferralTerms, referralRates, rewardsFriends } from "./referral/schema";
export { rewardInput } from "./rewards/schema";
export { RULES_MAX, ruleBody, ruleToJson } from "./rules/schema";
export { stampInput } from "./stamps/schema";

const TIERS_MAX = 20;
const DAYS_MAX = 3_650;

/** Stored and sent as a JSON integer of hundredths; used as bigint. */
const hundredths = z
  .union([z.int().min(0).max(Number(AMOUNT_MAX)), z.bigint().min(0n).max(AMOUNT_MAX)])
  .transform(BigInt);
const bps = z.int().min(0).max(BPS_WHOLE);
const days = z.int().min(1).max(DAYS_MAX);

const tier = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: z.string().trim().min(1).max(60),
  rateBps: bps,
  maxPointsBps: bps.nullable(),
  spentMinor: hundredths.nullable(),
  invited: z.int().min(1).max(100_000).nullable(),
}) satisfies z.ZodType<Tier>;

/**
 * A programme's settings as the office saves them and the database keeps them.
 *
 * Refuses (issue messages are codes): `base_id`, `tier_id_repeated`, `tier_without_threshold`, `tier_name_repeated`.
 */
export const programmeSettings = z
  .object({
    policy: z.enum(["points", "discount"]),
    base: tier,
    tiers: z.array(tier).max(TIERS_MAX),
    maxPointsBps: bps,
    welcome: z.object({ points: hundredths, days: days.nullable() }).nullable(),
    firstPurchasePoints: hundredths,
    earnedDays: days.nullable(),
    pendingDays: z.int().min(0).max(365),
    receiptLimitMinor: hundredths.nullable(),
    purchaseByPhone: z.boolean(),
    spendByPhone: z.boolean(),
    receiptNumberRequired: z.boolean(),
    voucherDays: days,
    referral: referralTerms,
  })
  .check((check) => {
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
      if (one.spentMinor === null && one.invited === null)
        complain("tier_without_threshold", ["tiers", index, "spentMinor"]);
    });
  });

export type ProgrammeSettings = z.output<typeof programmeSettings>;

/** What a business starts with: 5 % back, a silver and a gold tier, 300 welcome points for two weeks. */
export function startingProgramme(names: { base: string; silver: string; gold: string }): ProgrammeSettings {
  const plain = { maxPointsBps: null, invited: null };
  return {
    policy: "points",
    base: { id: "base", name: names.base, rateBps: 500, spentMinor: null, ...plain },
    tiers: [
      { id: "silver", name: names.silver, rateBps: 700, spentMinor: 1_000_000n, ...plain },
      { id: "gold", name: names.gold, rateBps: 1_000, spentMinor: 3_000_000n, ...plain },
    ],
    maxPointsBps: 3_000,
    welcome: { points: 30_000n, days: 14 },
    firstPurchasePoints: 0n,
    earnedDays: 365,
    pendingDays: 0,
    receiptLimitMinor: null,
    purchaseByPhone: true,
    spendByPhone: false,
    receiptNumberRequired: false,
    voucherDays: 30,
    referral: NO_REFERRALS,
  };
}

type Json = string | number | boolean | null | readonly Json[] | JsonObject;
type JsonObject = { readonly [key: string]: Json };

/** The settings with amounts as JSON integers. */
export function toJson(settings: ProgrammeSettings): JsonObject {
  return JSON.parse(
    JSON.stringify(settings, (_key, value) => (typeof value === "bigint" ? Number(value) : value)),
  ) as JsonObject;
}

/** Stored settings as they were saved. */
export const toSettings = (settings: unknown): ProgrammeSettings => programmeSettings.parse(settings);

/** A stored version as the evaluator takes it, without its rules. */
export function toProgramme(version: number, settings: unknown): Programme {
  return { version, ...programmeSettings.parse(settings) };
}
