import { cx } from "./cx";

/** The place of something that is coming; give it the size of what will stand there. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cx("animate-pulse rounded-md bg-sunken", className)} />;
}
