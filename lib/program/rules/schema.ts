import { z } from "zod";
import { parseId } from "../../kernel/ids";
import { AMOUNT_MAX, BPS_WHOLE } from "../../kernel/money";
import type { Caps, Gives, Rule, RuleBody, When } from "./model";

/** As many rules as one business may have; the evaluator is measured at this. */
export const RULES_MAX = 10_000;
const LIST_MAX = 200;
const HOURS_MAX = 14;
const BANDS_MAX = 10;
const PRIORITY_MAX = 1_000;
const AROUND_MAX = 60;
const TIMES_MAX = 100_000;
const DAYS_MAX = 3_650;
/** Ten times what the rate earns. */
const TIMES_BPS_MAX = 100_000;

/** Stored and sent as a JSON integer of hundredths; used as bigint. */
const hundredths = z
  .union([z.int().min(1).max(Number(AMOUNT_MAX)), z.bigint().min(1n).max(AMOUNT_MAX)])
  .transform(BigInt);
const orZero = z
  .union([z.int().min(0).max(Number(AMOUNT_MAX)), z.bigint().min(0n).max(AMOUNT_MAX)])
  .transform(BigInt);
const id = z.union([z.string(), z.number(), z.bigint()]).transform((value, check) => {
  const parsed = parseId(value);
  if (parsed !== undefined) return parsed;
  check.addIssue({ code: "custom", message: "invalid_id" });
  return z.NEVER;
});
const ids = z.array(id).min(1).max(LIST_MAX).nullable();
const bps = z.int().min(1).max(BPS_WHOLE);
const count = z.int().min(1).max(TIMES_MAX).nullable();
const cap = hundredths.nullable();

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine((text) => isDate(text), "no_such_day");
/** 29 February is a day of every year here: it simply does not come in most. */
const yearDay = z
  .string()
  .regex(/^\d{2}-\d{2}$/)
  .refine((text) => isDate(`2024-${text}`), "no_such_day");
const isDate = (text: string) => {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
};
const around = z
  .object({ before: z.int().min(0).max(AROUND_MAX), after: z.int().min(0).max(AROUND_MAX) })
  .nullable();
const hours = z.object({
  weekdays: z.array(z.int().min(1).max(7)).min(1).max(7),
  from: z.int().min(0).max(1_439),
  to: z.int().min(1).max(1_440),
});

const when = z.object({
  goods: z
    .object({
      items: z.array(id).max(LIST_MAX),
      categories: z.array(z.string().trim().min(1).max(100)).max(LIST_MAX),
      isExcept: z.boolean(),
    })
    .refine(({ items, categories }) => items.length + categories.length > 0, "goods_empty")
    .nullable(),
  locations: ids,
  hours: z.array(hours).min(1).max(HOURS_MAX).nullable(),
  dates: z.object({ from: day.nullable(), to: day.nullable() }).nullable(),
  yearly: z.object({ from: yearDay, to: yearDay }).nullable(),
  tiers: z.array(z.string().min(1).max(40)).min(1).max(LIST_MAX).nullable(),
  segments: ids,
  tags: ids,
  first: z.enum(["day", "month", "ever"]).nullable(),
  visit: z
    .object({ is: z.enum(["every", "exactly", "atLeast"]), n: z.int().min(1).max(TIMES_MAX) })
    .nullable(),
  minBillMinor: cap,
  isPrepaid: z.boolean(),
  birthday: around,
  anniversary: around,
  isHeld: z.boolean(),
}) satisfies z.ZodType<When>;

const gives = z.discriminatedUnion("is", [
  z.object({ is: z.enum(["rate", "extra", "discount"]), bps }),
  z.object({ is: z.literal("share"), bps: z.int().min(0).max(BPS_WHOLE) }),
  z.object({
    is: z.literal("times"),
    bps: z
      .int()
      .min(BPS_WHOLE + 1)
      .max(TIMES_BPS_MAX),
  }),
  z.object({ is: z.literal("points"), points: hundredths, per: z.enum(["bill", "unit"]) }),
  z.object({ is: z.literal("off"), minor: hundredths }),
  z.object({
    is: z.literal("bands"),
    bands: z
      .array(z.object({ fromMinor: orZero, bps }))
      .min(1)
      .max(BANDS_MAX),
  }),
  z
    .object({ is: z.literal("exclude"), earning: z.boolean(), paying: z.boolean(), discounts: z.boolean() })
    .refine(({ earning, paying, discounts }) => earning || paying || discounts, "exclude_nothing"),
]) satisfies z.ZodType<Gives>;

const caps = z.object({
  perBill: cap,
  perDay: cap,
  perMonth: cap,
  ever: cap,
  timesPerDay: count,
  timesPerMonth: count,
  timesEver: count,
  budget: cap,
}) satisfies z.ZodType<Caps>;

/** A rule as the office saves it and the database keeps it. Refuses (issue messages are codes): see the parts. */
export const ruleBody = z.object({
  name: z.string().trim().min(1).max(80),
  isOn: z.boolean(),
  when,
  gives,
  group: z
    .object({ name: z.string().trim().min(1).max(60), choose: z.enum(["priority", "best"]) })
    .nullable(),
  priority: z.int().min(0).max(PRIORITY_MAX),
  caps,
  livesDays: z.int().min(1).max(DAYS_MAX).nullable(),
}) satisfies z.ZodType<RuleBody>;

/** A stored rule as the evaluator takes it. */
export function toRule(ruleId: bigint, body: unknown): Rule {
  return { id: ruleId, ...ruleBody.parse(body) };
}
