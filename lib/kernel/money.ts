/** Money and points are whole hundredths in `bigint`: 1 point = 1 currency unit = 100n. */

/** The most any amount may be: 10 billion currency units; over it is a mistake or an attack. */
export const AMOUNT_MAX = 1_000_000_000_000n;

export const BPS_WHOLE = 10_000;

/** How many hundredths a finer number may be off and still count as float noise of a till. */
const NOISE = 1e-6;

export type AmountProblem = "missing" | "not_a_number" | "negative" | "too_precise" | "too_large";
export type ParsedAmount = { ok: true; value: bigint } | { ok: false; problem: AmountProblem };

/**
 * Reads an amount as clients send it: a JSON number or a numeric string, at most two decimals.
 *
 * Units: currency units or points in, hundredths out. `down` cuts further decimals off (points may only be rounded down);
 * otherwise they are refused, float noise aside.
 */
export function parseAmount(input: unknown, rounding: "exact" | "down" = "exact"): ParsedAmount {
  if (input === undefined || input === null || input === "") return { ok: false, problem: "missing" };
  const text = typeof input === "string" ? input.trim().replace(",", ".") : input;
  if (typeof text === "string" && !/^-?\d{1,15}(\.\d{1,18})?$/.test(text))
    return { ok: false, problem: "not_a_number" };
  const number = typeof text === "string" ? Number(text) : text;
  if (typeof number !== "number" || !Number.isFinite(number)) return { ok: false, problem: "not_a_number" };
  if (number < 0) return { ok: false, problem: "negative" };
  const hundredths = number * 100;
  if (hundredths > Number(AMOUNT_MAX)) return { ok: false, problem: "too_large" };
  const nearest = Math.round(hundredths);
  if (Math.abs(hundredths - nearest) <= Math.max(NOISE, hundredths * Number.EPSILON * 4)) {
    return { ok: true, value: BigInt(nearest) };
  }
  return rounding === "down"
    ? { ok: true, value: BigInt(Math.floor(hundredths)) }
    : { ok: false, problem: "too_precise" };
}

/** Hundredths as the JSON number clients read: 1234n is 12.34, whole numbers carry no decimals. */
export function toDecimal(hundredths: bigint): number {
  return Number(hundredths) / 100;
}

/** A share of an amount, half up. Units: amount in hundredths, rate in basis points. */
export function shareHalfUp(amount: bigint, bps: number): bigint {
  const scaled = amount * BigInt(bps);
  return scaled >= 0n ? (scaled + 5_000n) / 10_000n : -((-scaled + 4_999n) / 10_000n);
}

/** A share of an amount, rounded down. Units as `shareHalfUp`; the amount is not negative. */
export function shareDown(amount: bigint, bps: number): bigint {
  return (amount * BigInt(bps)) / 10_000n;
}

/** `amount * part / whole`, half up, for parts of a purchase; all arguments not negative, whole above zero. */
export function proportion(amount: bigint, part: bigint, whole: bigint): bigint {
  return (2n * amount * part + whole) / (2n * whole);
}

export const minBig = (...values: [bigint, ...bigint[]]): bigint => values.reduce((a, b) => (b < a ? b : a));
export const maxBig = (...values: [bigint, ...bigint[]]): bigint => values.reduce((a, b) => (b > a ? b : a));
