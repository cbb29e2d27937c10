import { cx } from "./cx";

/** Kolo's ring: it comes almost all the way round, and the visitor closes it. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={cx("size-7", className)}>
      <path
        d="M18.1 5.2A11 11 0 1 0 27 15.8"
        fill="none"
        stroke="var(--brand)"
        strokeWidth="5"
        strokeLinecap="round"
      />
      <circle cx="24.4" cy="8.9" r="3.2" fill="#f2a93b" />
    </svg>
  );
}

/** The mark with the name beside it. */
export function Logo({ className }: { className?: string }) {
  return (
    <span
      className={cx(
        "inline-flex items-center gap-2 text-[1.375rem] font-bold tracking-[-0.04em] text-ink",
        className,
      )}
    >
      <LogoMark />
      <span>kolo</span>
    </span>
  );
}
