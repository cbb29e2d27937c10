"use client";
import { type ComponentProps, type ReactNode, useState } from "react";
import { amountText, decimalText, parseAmount } from "@/lib/platform/i18n/amount";
import { InputWith } from "./input";

/**
 * Money or points as people type them: "1 234,50", "1,234.50", "1234.5". Shows them tidied on leaving the field.
 * Units: `value`, `defaultValue` and `onAmount` speak whole hundredths; `onAmount(null)` means "not a number (yet)".
 * In a form, the field called `name` carries a plain decimal ("1234.50"), or what was typed if it is no number.
 */
export function AmountInput({
  name,
  locale,
  defaultValue,
  onAmount,
  unit,
  whole = false,
  ...props
}: Omit<
  ComponentProps<typeof InputWith>,
  "defaultValue" | "value" | "name" | "type" | "onChange" | "after"
> & {
  name?: string;
  locale: string;
  defaultValue?: bigint;
  onAmount?: (amount: bigint | null) => void;
  unit?: ReactNode;
  /** Only whole units: a fraction counts as "not a number". */
  whole?: boolean;
}) {
  const [text, setText] = useState(defaultValue === undefined ? "" : amountText(defaultValue, locale));
  const read = (typed: string) => {
    const amount = parseAmount(typed);
    return whole && amount !== null && amount % 100n !== 0n ? null : amount;
  };
  const amount = read(text);
  return (
    <>
      <InputWith
        inputMode={whole ? "numeric" : "decimal"}
        autoComplete="off"
        {...props}
        {...(unit !== undefined && { after: unit })}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          onAmount?.(read(event.target.value));
        }}
        onBlur={(event) => {
          if (amount !== null) setText(amountText(amount, locale));
          props.onBlur?.(event);
        }}
      />
      {name && <input type="hidden" name={name} value={amount === null ? text : decimalText(amount)} />}
    </>
  );
}
