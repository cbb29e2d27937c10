import { cx } from "./cx";

/** A quiet line between two things. */
export function Separator({ vertical = false, className }: { vertical?: boolean; className?: string }) {
  return (
    <div
      aria-hidden="true"
      className={cx("shrink-0 bg-line", vertical ? "w-px self-stretch" : "h-px w-full", className)}
    />
  );
}
