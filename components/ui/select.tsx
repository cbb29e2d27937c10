import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cx } from "./cx";
import type { InputSize } from "./input";

/** The platform's own select: the best wheel on a phone, type-ahead on a keyboard, and no script. */
export function Select({
  size = "md",
  className,
  ...props
}: Omit<ComponentProps<"select">, "size"> & { size?: InputSize }) {
  return (
    <span className={cx("relative block", className)}>
      <select
        className={cx("input appearance-none truncate pr-10!", size !== "md" && `input-${size}`)}
        {...props}
      />
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-muted"
      />
    </span>
  );
}
