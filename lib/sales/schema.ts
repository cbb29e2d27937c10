import { z } from "zod";
import { parseId } from "../kernel/ids";
import { AMOUNT_MAX } from "../kernel/money";

/** Whole hundredths as JSON carries them between our own pages and us. */
const hundredths = (min: number) => z.int().min(min).max(Number(AMOUNT_MAX)).transform(BigInt);

const id = z.union([z.string(), z.number()]).transform((value, check) => {
  const parsed = parseId(value);
  if (parsed !== undefined) return parsed;
  check.addIssue({ code: "custom", message: "invalid_id" });
  return z.NEVER;
});

/** Who stands at the desk: exactly one way of naming them. */
const named = z.union([
  z.strictObject({ code: z.string().regex(/^(\d{6}|L-[\da-f-]{36})$/) }),
  z.strictObject({ phone: z.string().regex(/^\+[1-9]\d{7,14}$/) }),
  z.strictObject({ memberId: id }),
]);
export type Named = z.input<typeof named>;

/** Which purchase is meant. */
export const confirmInput = z.object({ operationId: id });

export const guestInput = z.object({ by: named });

/** What is brought to a bill besides points. */
const brings = {
  holds: z.array(id).max(20).optional(),
  certificate: z.string().trim().min(1).max(60).nullish(),
};

const DESK_LINES_MAX = 100;
/** What the staff picked from the catalogue; the rest of the bill is goods unknown. */
const picked = {
  lines: z
    .array(
      z.object({
        itemId: id,
        name: z.string().trim().min(1).max(200),
        quantity: z.int().min(1).max(1_000),
        amountMinor: hundredths(0),
      }),
    )
    .max(DESK_LINES_MAX)
    .optional(),
};

/** `points`: null asks for as many as allowed. */
export const deskQuoteInput = z.object({
  ...brings,
  ...picked,
  by: named,
  totalMinor: hundredths(1),
  points: hundredths(0).nullable(),
});

/** What the staff saw and confirmed: `cashMinor` must still be the price when it is recorded. */
export const deskSaleInput = z.object({
  ...brings,
  ...picked,
  by: named,
  totalMinor: hundredths(1),
  points: hundredths(0),
  cashMinor: hundredths(0),
  receiptNumber: z
    .string()
    .trim()
    .max(60)
    .regex(/^[^\p{Cc}]*$/u)
    .transform((text) => text || null)
    .nullable(),
});

/** `partMinor`: null is all that is left. */
export const deskRefundInput = z.object({ operationId: id, partMinor: hundredths(1).nullable() });

/** What a member holds, and what the desk does with it. */
export const deskHoldingsInput = z.object({ memberId: id });
export const deskHoldInput = z.object({ entitlementId: id });
export const deskSettleInput = z.object({ holdId: id, act: z.enum(["confirm", "release"]) });
export const deskTakeInput = z.object({ memberId: id, rewardId: id, pays: z.enum(["points", "money"]) });
export const deskFindInput = z.object({ code: z.string().trim().min(1).max(60) });
export const deskCodeInput = z.object({ memberId: id.nullable(), code: z.string().trim().min(1).max(60) });

const TRIAL_LINES_MAX = 20;
/** A made-up bill to try a rule on: what is bought, by whom, when and where. */
export const trialInput = z.object({
  lines: z
    .array(
      z.object({
        itemId: z.bigint().nullable(),
        category: z.string().max(100).nullable(),
        quantity: z.int().min(1).max(1_000),
        amountMinor: z.bigint().min(1n).max(AMOUNT_MAX),
      }),
    )
    .min(1)
    .max(TRIAL_LINES_MAX),
  memberId: z.bigint().nullable(),
  tierId: z.string().max(40),
  visits: z.int().min(0).max(100_000),
  spentMinor: z.bigint().min(0n).max(AMOUNT_MAX),
  isBirthday: z.boolean(),
  isInGroups: z.boolean(),
  isHeld: z.boolean(),
  isPrepaid: z.boolean(),
  day: z.iso.date(),
  minute: z.int().min(0).max(1_439),
  locationId: z.bigint().nullable(),
});
export type TrialInput = z.output<typeof trialInput>;
