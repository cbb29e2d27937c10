import { z } from "zod";
import { AMOUNT_MAX, BPS_WHOLE } from "../../kernel/money";
import { referralRates } from "./model";

const hundredths = z
  .union([z.int().min(0).max(Number(AMOUNT_MAX)), z.bigint().min(0n).max(AMOUNT_MAX)])
  .transform(BigInt);
const days = z.int().min(1).max(3_650).nullable();
/** One step from a friend upward: switched on or off, and its share of what the friend pays in money. */
const level = z.object({ on: z.boolean(), rateBps: z.int().min(0).max(BPS_WHOLE) });

/** What a business gives for friends. `levels`: the one who invited, who invited them, and one further. */
const terms = z.object({
  levels: z.tuple([level, level, level]),
  /** To the inviter, once for each friend whose first purchase reaches the least amount. */
  invitationPoints: hundredths,
  invitationMinMinor: hundredths,
  /** To the friend: on joining by invitation, and with that first purchase. */
  friendJoinPoints: hundredths,
  friendFirstPoints: hundredths,
  /** Days these points live; null: for ever. */
  days,
  /** Who wants to spend what friends brought was here within so many days; null: no such wish. */
  activeDays: days,
  /** More friends than this from one inviter, or one browser, are looked at before anything is given. */
  hourMax: z.int().min(1).max(10_000),
  dayMax: z.int().min(1).max(10_000),
});
export type ReferralTerms = z.output<typeof terms>;

/** Nothing for friends: what a programme starts with, and what versions older than referrals meant. */
export const NO_REFERRALS: ReferralTerms = {
  levels: [
    { on: false, rateBps: 500 },
    { on: false, rateBps: 200 },
    { on: false, rateBps: 100 },
  ],
  invitationPoints: 0n,
  invitationMinMinor: 0n,
  friendJoinPoints: 0n,
  friendFirstPoints: 0n,
  days: 365,
  activeDays: null,
  hourMax: 5,
  dayMax: 20,
};

/** The terms as a programme keeps them. Refuses (issue code): `referral_over_bill` when all levels together give more than is paid. */
export const referralTerms = terms
  .check((check) => {
    if (referralRates(check.value).reduce((sum, rate) => sum + rate, 0) > BPS_WHOLE)
      check.issues.push({
        code: "custom",
        message: "referral_over_bill",
        path: ["levels"],
        input: check.value,
      });
  })
  .default(NO_REFERRALS);
