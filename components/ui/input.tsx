import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx";

export type InputSize = "md" | "lg" | "xl";

/** A one-line text field. `size` md 40 px, lg 48 px, xl 64 px (desk). */
export function Input({
  size = "md",
  className,
  ...props
}: Omit<ComponentProps<"input">, "size"> & { size?: InputSize }) {
  return <input className={cx("input", size !== "md" && `input-${size}`, className)} {...props} />;
}

/** Text of several lines. */
export function Textarea({ className, rows = 4, ...props }: ComponentProps<"textarea">) {
  return <textarea rows={rows} className={cx("input resize-y", className)} {...props} />;
}

/** A text field with something before or after it inside its frame: an icon, a unit, a currency. */
export function InputWith({
  before,
  after,
  size = "md",
  className,
  ...props
}: Omit<ComponentProps<"input">, "size"> & { before?: ReactNode; after?: ReactNode; size?: InputSize }) {
  return (
    <span
      className={cx(
        "input flex items-center gap-2 has-disabled:bg-sunken has-disabled:text-muted",
        size !== "md" && `input-${size}`,
        className,
      )}
    >
      {before !== undefined && <span className="flex shrink-0 text-faint [&_svg]:size-4.5">{before}</span>}
      <input
        className="w-full min-w-0 flex-1 bg-transparent outline-none placeholder:text-faint"
        {...props}
      />
      {after !== undefined && <span className="flex shrink-0 text-muted [&_svg]:size-4.5">{after}</span>}
    </span>
  );
}
