import { z } from "zod";
import { parseId } from "../kernel/ids";
import { type AmountProblem, parseAmount } from "../kernel/money";

/**
 * What tills send, read as tolerantly as the contract asks: null, "" and a missing field are the same, numbers come as
 * numbers or numeric strings, an empty PHP array stands for an empty object, unknown fields are ignored.
 */

/** Names of constraints, as `errors[].errorCode` carries them. */
export const FIELD_PROBLEMS = ["nullable", "typeMismatch", "min", "max", "scale", "size", "invalid"] as const;
export type FieldProblem = (typeof FIELD_PROBLEMS)[number];

const TEXT_MAX = 255;
const COMMENT_MAX = 1_000;
const TAGS_MAX = 100;
const PARTICIPANTS_MAX = 10_000;
export const PAGE_MAX = 50;
const PAGE_DEFAULT = 10;
const OFFSET_MAX = 10_000;

const PROBLEM_OF: Readonly<Record<AmountProblem, FieldProblem>> = {
  missing: "nullable",
  not_a_number: "typeMismatch",
  negative: "min",
  too_precise: "scale",
  too_large: "max",
};

/** What a field is refused for. */
class Bad {
  readonly problem: FieldProblem;
  constructor(problem: FieldProblem) {
    this.problem = problem;
  }
}
const bad = (problem: FieldProblem) => new Bad(problem);

/** A field read by one function, which answers a value or says what is bad; absent reads as null. */
function field<T>(read: (value: unknown) => T | Bad) {
  return z
    .unknown()
    .optional()
    .transform((value, check): T => {
      const result = read(isBlank(value) ? null : value);
      if (!(result instanceof Bad)) return result;
      check.issues.push({ code: "custom", message: result.problem, input: value });
      return z.NEVER;
    });
}

const isBlank = (value: unknown) => value === undefined || value === null || value === "";

function amountOf(value: unknown, rounding: "exact" | "down" = "exact"): bigint | Bad {
  const parsed = parseAmount(value, rounding);
  return parsed.ok ? parsed.value : bad(PROBLEM_OF[parsed.problem]);
}

function textOf(value: unknown, max: number): string | null | Bad {
  if (value === null) return null;
  if (typeof value !== "string" && typeof value !== "number") return bad("typeMismatch");
  const text = String(value).trim().toWellFormed();
  if (text.includes("\0")) return bad("invalid");
  return text.length > max ? bad("size") : text || null;
}

const amount = field((value) => amountOf(value));
const amountOrZero = field((value) => (value === null ? 0n : amountOf(value)));
const amountOrNull = field((value) => (value === null ? null : amountOf(value)));
const points = field((value) => amountOf(value, "down"));
const pointsOrNull = field((value) => (value === null ? null : amountOf(value, "down")));
/** A bill of nothing is no purchase. */
const positive = field((value) => {
  const parsed = amountOf(value);
  return parsed === 0n ? bad("min") : parsed;
});
/** Below zero: to be written off. Further decimals are cut off towards zero. */
const signedPoints = field((value) => {
  const text = typeof value === "string" ? value.trim() : value;
  const isNegative = typeof text === "string" ? text.startsWith("-") : typeof text === "number" && text < 0;
  const size = isNegative ? (typeof text === "string" ? text.slice(1) : -Number(text)) : text;
  const parsed = amountOf(size, "down");
  if (typeof parsed !== "bigint") return parsed;
  if (parsed === 0n) return bad("invalid");
  return isNegative ? -parsed : parsed;
});
const text = field((value) => textOf(value, TEXT_MAX));
const comment = field((value) => textOf(value, COMMENT_MAX));
/** A plus sign that was lost on the way stays visible as a leading space, so a phone is not trimmed. */
const phone = field((value) => {
  if (value === null) return null;
  if (typeof value !== "string" && typeof value !== "number") return bad("typeMismatch");
  return String(value).length > TEXT_MAX ? bad("size") : String(value);
});
/** Six digits, however they were written: 4321 and "004 321" are one code. */
const code = field((value) => {
  const read = textOf(value, TEXT_MAX);
  if (typeof read !== "string") return read;
  const tight = read.replaceAll(/\s/g, "");
  return /^\d{1,5}$/.test(tight) ? tight.padStart(6, "0") : tight;
});
const flag = field((value) => value === true || value === 1 || /^(true|1|yes)$/i.test(String(value)));

function idsOf(value: unknown, max: number): bigint[] | Bad {
  if (value === null) return bad("nullable");
  if (!Array.isArray(value)) return bad("typeMismatch");
  if (value.length > max) return bad("size");
  const ids = value.map(parseId);
  return ids.includes(undefined) ? bad("typeMismatch") : [...new Set(ids.filter((id) => id !== undefined))];
}

/** An object that may be left out; PHP writes an empty one as []. */
const isEmpty = (value: unknown) => isBlank(value) || (Array.isArray(value) && value.length === 0);
const part = <S extends z.ZodRawShape>(shape: S) =>
  z.preprocess((value) => (isEmpty(value) ? {} : value), z.object(shape));
const required = <S extends z.ZodRawShape>(shape: S) =>
  z.preprocess((value) => (isEmpty(value) ? undefined : value), z.object(shape));

const participant = part({ uid: text, phone });
/** Existing samples misspell `externalId`. */
const cashier = part({ externalId: text, extrnalId: text }).transform(
  ({ externalId, extrnalId }) => externalId ?? extrnalId,
);

/** POST operations/calc. `points`: null asks for as many as allowed. */
export const calcForm = z.object({
  code,
  participant,
  receipt: required({
    total: amount,
    skipLoyaltyTotal: amountOrZero,
    unredeemableTotal: amountOrZero,
    points: pointsOrNull,
  }),
});

/** POST operations. */
export const purchaseForm = z.object({
  code,
  participant,
  nonce: text,
  cashier,
  receipt: required({
    total: positive,
    cash: amount,
    points,
    number: text,
    skipLoyaltyTotal: amountOrZero,
    unredeemableTotal: amountOrZero,
  }),
  tags: field((value) => (value === null ? null : idsOf(value, TAGS_MAX))),
});
export type PurchaseForm = z.output<typeof purchaseForm>;

/** POST operations/{id}/refund. Nothing at all means all that is left. `nonce` is ours. */
export const refundForm = z.preprocess(
  (value) => (isEmpty(value) ? {} : value),
  z.object({
    partialAmount: field((value) => {
      const parsed = value === null ? null : amountOf(value);
      return parsed === 0n ? bad("min") : parsed;
    }),
    nonce: text,
  }),
);

/** POST operations/reward. Existing samples send the comment as `code`. `nonce` is ours. */
export const rewardForm = z
  .object({
    points: signedPoints,
    participants: field((value) => {
      const ids = idsOf(value, PARTICIPANTS_MAX);
      return Array.isArray(ids) && ids.length === 0 ? bad("size") : ids;
    }),
    comment,
    code: comment,
    silent: flag,
    nonce: text,
  })
  .transform(({ code: misnamed, ...form }) => ({ ...form, comment: form.comment ?? misnamed }));

/** POST operations/voucher. */
export const voucherForm = z.object({
  nonce: text,
  cashier,
  receipt: required({ total: positive, number: text, skipLoyaltyTotal: amountOrZero }),
});

/** POST customers/{id}/tags, also as the ["ids", [...]] of an existing sample. */
export const tagsForm = z.preprocess(
  (value) => (Array.isArray(value) && value[0] === "ids" ? { ids: value[1] as unknown } : value),
  z.object({ ids: field((value) => idsOf(value, TAGS_MAX)) }),
);

/** GET customers/find. */
export const findQuery = z.object({
  code,
  phone,
  uid: text,
  exchangeCode: flag,
  total: amountOrNull,
  skipLoyaltyTotal: amountOrZero,
  unredeemableTotal: amountOrZero,
});

const wholeNumber = (value: unknown, fallback: number): number | Bad => {
  if (value === null) return fallback;
  const isWhole = (typeof value === "string" || typeof value === "number") && /^-?\d{1,9}$/.test(`${value}`);
  return isWhole ? Number(value) : bad("typeMismatch");
};

/** Lists. More than a page holds is not an error: the till gets what a page holds. */
export const pageQuery = z.object({
  max: field((value) => {
    const max = wholeNumber(value, PAGE_DEFAULT);
    return typeof max === "number" ? (max < 1 ? bad("min") : Math.min(max, PAGE_MAX)) : max;
  }),
  offset: field((value) => {
    const offset = wholeNumber(value, 0);
    if (typeof offset !== "number") return offset;
    return offset < 0 ? bad("min") : offset > OFFSET_MAX ? bad("max") : offset;
  }),
  cursor: field((value) => (value === null ? null : (parseId(value) ?? bad("invalid")))),
});
export type PageQuery = z.output<typeof pageQuery>;
