import { CircleAlert } from "lucide-react";
import { cloneElement, type ReactElement, type ReactNode, useId } from "react";
import { cx } from "./cx";
import { Label } from "./label";

type Wired = { id?: string; "aria-describedby"?: string; "aria-invalid"?: boolean };

/**
 * A label, one control, a hint and an error, tied together for screen readers.
 * Shape: exactly one child that takes `id`, `aria-describedby`, `aria-invalid` (all controls here do).
 */
export function Field({
  label,
  hint,
  error,
  optional,
  hideLabel = false,
  className,
  children,
}: {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  /** The word to show beside the label when the field may stay empty, e.g. t("optional"). */
  optional?: string;
  hideLabel?: boolean;
  className?: string;
  children: ReactElement<Wired>;
}) {
  const made = useId();
  const id = children.props.id ?? made;
  const [hintId, errorId] = [`${id}-hint`, `${id}-error`];
  const described = [hint && hintId, error && errorId].filter(Boolean).join(" ");
  return (
    <div className={cx("grid gap-1.5", className)}>
      <Label htmlFor={id} className={cx(hideLabel && "sr-only")}>
        {label}
        {optional !== undefined && <span className="ml-1.5 font-normal text-faint">{optional}</span>}
      </Label>
      {cloneElement(children, {
        id,
        ...(described && { "aria-describedby": described }),
        ...(error ? { "aria-invalid": true } : {}),
      })}
      {hint && (
        <p id={hintId} className="text-sm text-faint">
          {hint}
        </p>
      )}
      {error && (
        <p id={errorId} role="alert" className="flex items-start gap-1.5 text-sm text-danger">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          <span>{error}</span>
        </p>
      )}
    </div>
  );
}
