import { z } from "zod";
import { id, line } from "../../access/schema";
import { parseAmount } from "../../kernel/money";

/** An amount in units of the currency or points, two decimals at most, as hundredths. */
const amount = z.union([z.number(), z.string()]).transform((value, check) => {
  const parsed = parseAmount(value);
  if (parsed.ok) return parsed.value;
  check.addIssue({ code: "custom", message: parsed.problem });
  return z.NEVER;
});
const LINES_MAX = 500;

const customer = z
  .object({
    id: id.nullable().default(null),
    code: z.string().trim().min(1).max(60).nullable().default(null),
    phone: z.string().trim().min(1).max(40).nullable().default(null),
    uid: z.string().trim().min(1).max(60).nullable().default(null),
  })
  .refine((each) => Object.values(each).filter((way) => way !== null).length === 1, "one_way");

const billLine = z.object({
  itemId: id.nullable().default(null),
  name: line(255),
  category: line(100).nullable().default(null),
  quantity: z.int().min(1).max(1_000_000).default(1),
  amount,
});

const bill = {
  customer,
  total: amount,
  /** The part that earns nothing and gets no discount, and the part points cannot pay. */
  outside: amount.default(0n),
  unredeemable: amount.default(0n),
  lines: z.array(billLine).max(LINES_MAX).default([]),
  locationId: id.nullable().default(null),
  prepaid: z.boolean().default(false),
  holds: z.array(id).max(20).default([]),
  certificate: z.string().trim().min(1).max(60).nullable().default(null),
};
const lang = z.enum(["en", "ru", "uk"]).optional().catch(undefined);

/** A bill before it is paid. `points`: null asks for as many as allowed. */
export const quoteForm = z.object({ ...bill, lang, points: amount.nullable().default(null) });

/** A bill that is paid. `cash`: what the till takes in money, checked when it is said. */
export const saleForm = z.object({
  ...bill,
  lang,
  points: amount.default(0n),
  cash: amount.nullable().default(null),
  receiptNumber: line(255).nullable().default(null),
  cashier: line(100).nullable().default(null),
});
export const refundForm = z.object({ id, lang, amount: amount.nullable().default(null) });
export const oneForm = z.object({ id, lang });

export type QuoteForm = z.output<typeof quoteForm>;
export type SaleForm = z.output<typeof saleForm>;
