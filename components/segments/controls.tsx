"use client";
import { useState } from "react";
import { AmountInput } from "@/components/ui/amount-input";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { NumberUnit } from "@/lib/segments/model";
import { useBuilder } from "./context";

/** One of a few words. `options`: value and what it is called. */
export function Pick<V extends string>({
  label,
  value,
  options,
  onPick,
  className = "max-w-full",
}: {
  label: string;
  value: V;
  options: readonly { value: V; name: string }[];
  onPick: (value: V) => void;
  className?: string;
}) {
  return (
    <Select
      aria-label={label}
      value={value}
      className={className}
      onChange={(event) => {
        const picked = options.find((one) => one.value === event.target.value);
        if (picked) onPick(picked.value);
      }}
    >
      {options.map((one) => (
        <option key={one.value} value={one.value}>
          {one.name}
        </option>
      ))}
    </Select>
  );
}

/** A whole number as it is typed; an empty field keeps the last one. */
export function NumberBox({
  label,
  value,
  min = 0,
  max,
  step = 1,
  onNumber,
}: {
  label: string;
  value: number;
  min?: number;
  max?: number;
  step?: number;
  onNumber: (value: number) => void;
}) {
  const [text, setText] = useState(String(value));
  const shown = Number(text) === value || text === "" ? text : String(value);
  return (
    <Input
      type="number"
      inputMode={step < 1 ? "decimal" : "numeric"}
      aria-label={label}
      className="w-24"
      min={min}
      step={step}
      {...(max !== undefined && { max })}
      value={shown}
      onChange={(event) => {
        setText(event.target.value);
        if (event.target.value !== "" && event.target.validity.valid) onNumber(event.target.valueAsNumber);
      }}
    />
  );
}

const NUMBER_MAX = 1_000_000_000;

/** A number in its own unit: money and points are typed in whole units and kept in hundredths. */
export function UnitBox({
  label,
  unit,
  value,
  onNumber,
}: {
  label: string;
  unit: NumberUnit | "plain";
  value: number;
  onNumber: (value: number) => void;
}) {
  const { locale, currency } = useBuilder();
  if (unit === "money" || unit === "points")
    return (
      <span className="inline-block w-36">
        <AmountInput
          locale={locale}
          aria-label={label}
          defaultValue={BigInt(Math.round(value))}
          onAmount={(amount) => amount !== null && onNumber(Number(amount))}
          {...(unit === "money" && { unit: currency })}
        />
      </span>
    );
  const any = unit === "any" ? { min: -NUMBER_MAX, step: 0.01 } : {};
  return <NumberBox label={label} value={value} onNumber={onNumber} {...any} />;
}
