"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";

/** A whole number between two bounds; what is no number leaves the value as it was. */
export function NumberInput({
  label,
  value,
  min = 0,
  max,
  step = 1,
  hint,
  onChange,
}: {
  label: ReactNode;
  value: number;
  min?: number;
  max: number;
  step?: number;
  hint?: ReactNode;
  onChange: (value: number) => void;
}) {
  return (
    <Field label={label} hint={hint}>
      <Input
        type="number"
        inputMode="decimal"
        min={min}
        max={max}
        step={step}
        value={Number.isFinite(value) ? value : ""}
        onChange={(event) => {
          const typed = event.currentTarget.valueAsNumber;
          if (Number.isFinite(typed)) onChange(Math.min(max, Math.max(min, typed)));
        }}
      />
    </Field>
  );
}

export type Choice<Value extends string> = { readonly value: Value; readonly label: string };

/** One of a few, by its words. `empty`: what to show while nothing fits. */
export function Pick<Value extends string>({
  label,
  value,
  options,
  empty,
  onChange,
}: {
  label: ReactNode;
  value: string;
  options: readonly Choice<Value>[];
  empty?: string;
  onChange: (value: Value) => void;
}) {
  const isKnown = options.some((one) => one.value === value);
  return (
    <Field label={label}>
      <Select
        value={isKnown ? value : ""}
        onChange={(event) => {
          const chosen = options.find((one) => one.value === event.currentTarget.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {!isKnown && <option value="">{empty ?? "…"}</option>}
        {options.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
      </Select>
    </Field>
  );
}

type AnyOp = "is" | "is_not" | "at_least" | "at_most";

/** How a value is compared, as a word of its own. */
export function OpPick<Op extends AnyOp>({
  op,
  ops,
  onChange,
}: {
  op: Op;
  ops: readonly Op[];
  onChange: (op: Op) => void;
}) {
  const t = useTranslations("journeys.field");
  const labelOf = (value: AnyOp) => t(`ops.${value}`);
  return (
    <Pick
      label={t("op")}
      value={op}
      options={ops.map((value): Choice<Op> => ({ value, label: labelOf(value) }))}
      onChange={onChange}
    />
  );
}
