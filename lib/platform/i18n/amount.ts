/** Amounts as people type and read them. Pure and browser-safe; units are whole hundredths throughout. */

/** More digits than any bill or balance has; beyond it a typed text is a mistake. */
const DIGITS_MAX = 13;

/**
 * Reads what a person typed: "1 234,50", "1,234.50", "1'234.5", "1234". Null when it is not an amount.
 * A lone separator before exactly three digits groups ("1,234" is a thousand and more): no currency here has three decimals.
 */
export function parseAmount(typed: string): bigint | null {
  const text = typed.trim().replace(/^[−–]/, "-");
  const match = /^(-?)(\d[\d\s.,'’]*)$/u.exec(text);
  if (!match) return null;
  const [sign, body] = [match[1], (match[2] ?? "").replace(/\s/gu, " ")];
  const [whole, fraction] = split(body);
  if (!/^\d{1,3}([ .,'’])\d{3}(\1\d{3})*$|^\d+$/u.test(whole) || fraction.length > 2) return null;
  const digits = whole.replace(/\D/g, "");
  if (digits.length > DIGITS_MAX) return null;
  const amount = BigInt(digits + fraction.padEnd(2, "0"));
  return sign ? -amount : amount;
}

/** The whole and the fraction: the last dot or comma is the decimal sign unless it groups. */
function split(body: string): [whole: string, fraction: string] {
  const at = Math.max(body.lastIndexOf("."), body.lastIndexOf(","));
  if (at < 0) return [body, ""];
  const [whole, rest, sign] = [body.slice(0, at), body.slice(at + 1), body[at] ?? ""];
  const groups = rest.length === 3 && (whole.includes(sign) || !/[.,]/.test(whole)) && !whole.startsWith("0");
  return groups ? [body, ""] : [whole, rest];
}

/** Hundredths as an exact decimal, "-1234.05": what `Intl` formats without a float in between. */
export function decimalText(hundredths: bigint): Intl.StringNumericLiteral {
  const digits = (hundredths < 0n ? -hundredths : hundredths).toString().padStart(3, "0");
  // No type says "digits, dot, digits" for a text built at run time; the line above says it.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- digits and one point are a numeric literal
  return `${hundredths < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}` as Intl.StringNumericLiteral;
}

/** An amount without a unit, decimals only when there are any: "1 234" or "1,234.50". */
export function amountText(hundredths: bigint, locale: string): string {
  return numberFormat(locale, {
    minimumFractionDigits: hundredths % 100n === 0n ? 0 : 2,
    maximumFractionDigits: 2,
  }).format(decimalText(hundredths));
}

const made = new Map<string, Intl.NumberFormat>();

/** `Intl.NumberFormat` costs far more to make than to use, so each kind is made once. */
export function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const format = made.get(key) ?? new Intl.NumberFormat(locale, options);
  made.set(key, format);
  return format;
}
