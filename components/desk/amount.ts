import { AMOUNT_MAX } from "@/lib/kernel/money";
import { parseAmount } from "@/lib/platform/i18n/amount";

export type Typing =
  | { readonly is: "empty" }
  | { readonly is: "wrong"; readonly why: "notNumber" | "zero" | "tooLarge" }
  | { readonly is: "amount"; readonly value: number };

/** What an amount field holds, in whole hundredths, or what is wrong with it. */
export function readAmount(text: string): Typing {
  if (text.trim() === "") return { is: "empty" };
  const isLong = text.replace(/\D/g, "").length > 13;
  const value = parseAmount(text);
  if (value === null)
    return { is: "wrong", why: isLong && /^[\d\s.,]+$/.test(text) ? "tooLarge" : "notNumber" };
  if (value < 0n) return { is: "wrong", why: "notNumber" };
  if (value === 0n) return { is: "wrong", why: "zero" };
  if (value > AMOUNT_MAX) return { is: "wrong", why: "tooLarge" };
  return { is: "amount", value: Number(value) };
}
