"use client";
import { useLocale } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { InputWith } from "@/components/ui/input";
import { amountText, parseAmount } from "@/lib/platform/i18n/amount";

/**
 * A number as people type it. Answers hundredths; `whole` fields answer units.
 * Shape: `onValue(null)` empty, `onValue(undefined)` not a number that is allowed here; `error` shows from outside.
 */
export function NumberField({
  label,
  hint,
  error,
  optional,
  value,
  onValue,
  unit,
  whole = false,
  isRequired = false,
  min = 0n,
  max = 1_000_000_000_000n,
  placeholder,
  className,
}: {
  label: string;
  hint?: string;
  error: string;
  optional?: string;
  value: bigint | null;
  onValue: (value: bigint | null | undefined) => void;
  unit?: string;
  whole?: boolean;
  isRequired?: boolean;
  min?: bigint;
  max?: bigint;
  placeholder?: string;
  className?: string;
}) {
  const locale = useLocale();
  const scale = whole ? 100n : 1n;
  const [text, setText] = useState(value === null ? "" : amountText(value * scale, locale));
  const read = (typed: string): bigint | null | undefined => {
    if (typed.trim() === "") return isRequired ? undefined : null;
    const parsed = parseAmount(typed);
    if (parsed === null || parsed % scale !== 0n) return undefined;
    const found = parsed / scale;
    return found >= min && found <= max ? found : undefined;
  };
  return (
    <Field
      label={label}
      hint={hint}
      error={read(text) === undefined ? error : undefined}
      {...(optional !== undefined && { optional })}
      {...(className !== undefined && { className })}
    >
      <InputWith
        inputMode={whole ? "numeric" : "decimal"}
        autoComplete="off"
        value={text}
        {...(placeholder !== undefined && { placeholder })}
        {...(unit !== undefined && { after: unit })}
        onChange={(event) => {
          setText(event.target.value);
          onValue(read(event.target.value));
        }}
      />
    </Field>
  );
}
