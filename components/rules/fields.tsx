"use client";
import { useTranslations } from "next-intl";
import { NumberField } from "@/components/office/number-field";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useEditing } from "./edit-context";

/** A number of the rule: tells the editor when it is none. `whole` numbers are counts, others hundredths. */
export function RuleNumber({
  field,
  label,
  hint,
  value,
  onValue,
  unit,
  whole = false,
  isRequired = true,
  min = 1n,
  max = 1_000_000_000_000n,
}: {
  field: string;
  label: string;
  hint?: string;
  value: bigint | null;
  onValue: (value: bigint | null) => void;
  unit?: string;
  whole?: boolean;
  isRequired?: boolean;
  min?: bigint;
  max?: bigint;
}) {
  const t = useTranslations("rules.edit");
  const { mark } = useEditing();
  return (
    <NumberField
      label={label}
      error={t("number")}
      value={value}
      whole={whole}
      isRequired={isRequired}
      min={min}
      max={max}
      {...(hint !== undefined && { hint })}
      {...(unit !== undefined && { unit })}
      onValue={(next) => {
        mark(field, next !== undefined);
        if (next !== undefined) onValue(next);
      }}
    />
  );
}

/** A rate, typed in percent and kept in basis points. */
export function RateField({
  field,
  label,
  bps,
  max = 10_000,
  onBps,
}: {
  field: string;
  label: string;
  bps: number;
  max?: number;
  onBps: (bps: number) => void;
}) {
  return (
    <RuleNumber
      field={field}
      label={label}
      value={BigInt(bps)}
      max={BigInt(max)}
      unit="%"
      onValue={(value) => value !== null && onBps(Number(value))}
    />
  );
}

/** A calendar date, or none. */
export function DateField({
  label,
  value,
  onDay,
}: {
  label: string;
  value: string | null;
  onDay: (day: string | null) => void;
}) {
  return (
    <Field label={label}>
      <Input type="date" value={value ?? ""} onChange={(event) => onDay(event.target.value || null)} />
    </Field>
  );
}

/** A time of the day in minutes. */
export function TimeField({
  label,
  minute,
  onMinute,
}: {
  label: string;
  minute: number;
  onMinute: (minute: number) => void;
}) {
  const shown = minute % 1_440;
  const text = `${String(Math.floor(shown / 60)).padStart(2, "0")}:${String(shown % 60).padStart(2, "0")}`;
  return (
    <Field label={label}>
      <Input
        type="time"
        value={text}
        onChange={(event) => {
          const [hour, rest] = event.target.value.split(":").map(Number);
          if (hour !== undefined && rest !== undefined) onMinute(hour * 60 + rest);
        }}
      />
    </Field>
  );
}
