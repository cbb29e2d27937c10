import type { ComponentProps } from "react";
import { cx } from "./cx";

/** A panel: one subject on its own surface. */
export function Card({ className, ...props }: ComponentProps<"section">) {
  return <section className={cx("panel", className)} {...props} />;
}

/** Top of a `Card`: title, a line about it, and actions at the end of the row. */
export function CardHeader({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      className={cx(
        "flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-5 pt-5 sm:px-6",
        className,
      )}
      {...props}
    />
  );
}

/** The name of a panel; an h2 unless `as` says h3. */
export function CardTitle({
  as: Heading = "h2",
  className,
  ...props
}: ComponentProps<"h2"> & { as?: "h2" | "h3" }) {
  return <Heading className={cx("text-base font-semibold", className)} {...props} />;
}

export function CardDescription({ className, ...props }: ComponentProps<"p">) {
  return <p className={cx("mt-0.5 text-sm text-muted", className)} {...props} />;
}

export function CardBody({ className, ...props }: ComponentProps<"div">) {
  return <div className={cx("px-5 py-5 sm:px-6", className)} {...props} />;
}

export function CardFooter({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      className={cx("flex flex-wrap items-center justify-end gap-3 border-t px-5 py-4 sm:px-6", className)}
      {...props}
    />
  );
}
