import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx";

type Choice = Omit<ComponentProps<"input">, "type" | "size"> & { label: ReactNode; hint?: ReactNode };

/** A box to tick, with its words. A real form control: works in a form without script. */
export function Checkbox({ label, hint, className, ...props }: Choice) {
  return (
    <Row label={label} hint={hint} className={className}>
      <input type="checkbox" className="choice choice-box" {...props} />
    </Row>
  );
}

/** One of several; give all of them the same `name` and put them in a `RadioGroup`. */
export function Radio({ label, hint, className, ...props }: Choice) {
  return (
    <Row label={label} hint={hint} className={className}>
      <input type="radio" className="choice choice-dot" {...props} />
    </Row>
  );
}

/** On or off, effective at once or on saving; announced as a switch. */
export function Switch({ label, hint, className, ...props }: Choice) {
  return (
    <Row label={label} hint={hint} className={cx("flex-row-reverse justify-between", className)}>
      <input type="checkbox" role="switch" className="choice choice-switch" {...props} />
    </Row>
  );
}

/** A named group of `Radio`s. */
export function RadioGroup({
  legend,
  className,
  children,
}: {
  legend: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <fieldset className={className}>
      <legend className="mb-2 text-sm font-medium">{legend}</legend>
      <div className="grid gap-1">{children}</div>
    </fieldset>
  );
}

function Row({
  label,
  hint,
  className,
  children,
}: {
  label: ReactNode;
  hint?: ReactNode;
  className?: string | undefined;
  children: ReactNode;
}) {
  return (
    <label className={cx("flex min-h-8 cursor-pointer items-start gap-3 py-1", className)}>
      {children}
      <span className="grid">
        <span className="leading-6">{label}</span>
        {hint && <span className="text-sm text-faint">{hint}</span>}
      </span>
    </label>
  );
}
