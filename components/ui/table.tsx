import type { ComponentProps } from "react";
import { cx } from "./cx";

/** A table that scrolls sideways inside itself on small screens. `label`: what it lists, for screen readers. */
export function Table({ label, className, ...props }: ComponentProps<"table"> & { label: string }) {
  return (
    // Focusable, so that a keyboard can scroll it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table is scrolled with the keyboard
    <section aria-label={label} tabIndex={0} className="w-full overflow-x-auto">
      <table className={cx("w-full border-collapse text-left text-[0.9375rem]", className)} {...props} />
    </section>
  );
}

export function TableHead({ className, ...props }: ComponentProps<"thead">) {
  return <thead className={cx("border-b text-sm text-faint", className)} {...props} />;
}

export function TableBody({ className, ...props }: ComponentProps<"tbody">) {
  return <tbody className={cx("divide-y divide-line", className)} {...props} />;
}

/** `interactive`: the row leads somewhere and answers to the pointer; put a real link in its first cell. */
export function TableRow({
  interactive = false,
  className,
  ...props
}: ComponentProps<"tr"> & { interactive?: boolean }) {
  return <tr className={cx(interactive && "relative hover:bg-sunken/60", className)} {...props} />;
}

/** `numeric`: right-aligned, digits in columns. */
export function Th({ numeric = false, className, ...props }: ComponentProps<"th"> & { numeric?: boolean }) {
  return (
    <th
      scope="col"
      className={cx(
        "px-4 py-2.5 font-medium whitespace-nowrap first:pl-6 last:pr-6",
        numeric && "text-right",
        className,
      )}
      {...props}
    />
  );
}

export function Td({ numeric = false, className, ...props }: ComponentProps<"td"> & { numeric?: boolean }) {
  return (
    <td
      className={cx(
        "px-4 py-3 align-middle first:pl-6 last:pr-6",
        numeric && "text-right whitespace-nowrap tabular-nums",
        className,
      )}
      {...props}
    />
  );
}
