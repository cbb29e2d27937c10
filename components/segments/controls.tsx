"use client";
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { AmountInput } from "@/components/ui/amount-input";
import { Checkbox } from "@/components/ui/choice";
import { Input } from "@/components/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { Select } from "@/components/ui/select";
import type { Choice } from "@/lib/segments";
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

/** Several of a list, behind a button that says which. */
export function PickMany({
  label,
  options,
  values,
  onPick,
}: {
  label: string;
  options: readonly Choice[];
  values: readonly (string | number)[];
  onPick: (values: (string | number)[]) => void;
}) {
  const { text } = useBuilder();
  const [search, setSearch] = useState("");
  const names = values.map((value) => options.find((one) => one.value === value)?.name ?? String(value));
  const shown = options.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()));
  const toggle = (value: string | number, isOn: boolean) => {
    const next = isOn ? [...values, value] : values.filter((one) => one !== value);
    if (next.length > 0) onPick(next);
  };
  return (
    <Popover>
      <PopoverTrigger
        className="input flex max-w-full items-center justify-between gap-2 text-left sm:w-64"
        aria-label={label}
      >
        <span className="truncate">{names.join(", ") || text("build.pick")}</span>
        <ChevronDown aria-hidden="true" className="size-4 shrink-0 text-muted" />
      </PopoverTrigger>
      <PopoverContent aria-label={label} align="start" className="grid max-h-80 gap-2 overflow-y-auto">
        {options.length > 10 && (
          <Input
            type="search"
            aria-label={text("build.pick")}
            placeholder={text("build.pick")}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        )}
        {options.length === 0 && <p className="text-sm text-muted">{text("build.nothing")}</p>}
        {shown.slice(0, 200).map(({ value, name }) => (
          <Checkbox
            key={value}
            label={<span className="wrap-anywhere">{name}</span>}
            checked={values.includes(value)}
            onChange={(event) => toggle(value, event.target.checked)}
          />
        ))}
      </PopoverContent>
    </Popover>
  );
}
