import type { ReactNode } from "react";
import { cx } from "./cx";

/**
 * A few choices side by side, one taken: a radio group, so arrow keys work and a form carries it.
 * Without `onValueChange` it keeps its own state (`defaultValue`); with it, pass `value`.
 */
export function Segmented<Value extends string>({
  name,
  legend,
  options,
  value,
  defaultValue,
  onValueChange,
  size = "md",
  className,
}: {
  name: string;
  legend: string;
  options: readonly { value: Value; label: ReactNode }[];
  value?: Value;
  defaultValue?: Value;
  onValueChange?: (value: Value) => void;
  size?: "md" | "lg";
  className?: string;
}) {
  return (
    <fieldset className={cx("inline-flex max-w-full min-w-0 rounded-lg bg-sunken p-1", className)}>
      <legend className="sr-only">{legend}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className={cx(
            "segment flex flex-1 cursor-pointer items-center justify-center rounded-md px-3.5 text-center font-medium whitespace-nowrap text-muted",
            size === "lg" ? "min-h-12 text-base" : "min-h-8 text-sm",
          )}
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            className="sr-only"
            {...(onValueChange
              ? { checked: value === option.value, onChange: () => onValueChange(option.value) }
              : { defaultChecked: defaultValue === option.value })}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
