import type { ComponentProps } from "react";
import { cx } from "./cx";

/** The name of a field; give it `htmlFor`. `Field` does that by itself. */
export function Label({ className, children, ...props }: ComponentProps<"label"> & { htmlFor: string }) {
  return (
    <label className={cx("block text-sm font-medium text-ink", className)} {...props}>
      {children}
    </label>
  );
}
