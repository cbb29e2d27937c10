import { ArrowDownRight, ArrowRight, ArrowUpRight } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx";

const ARROWS = { up: ArrowUpRight, down: ArrowDownRight, flat: ArrowRight } as const;
export type Delta = {
  direction: keyof typeof ARROWS;
  /** "+12%": the sign is part of the words, colour only repeats it. */
  text: string;
  /** Whether this direction is welcome; left out, the delta stays neutral. */
  good?: boolean;
};

/** One number with its name, and how it moved. `children`: a sparkline. */
export function StatTile({
  label,
  value,
  delta,
  hint,
  className,
  children,
}: {
  label: ReactNode;
  value: ReactNode;
  delta?: Delta | undefined;
  hint?: ReactNode;
  className?: string;
  children?: ReactNode;
}) {
  const Arrow = delta && ARROWS[delta.direction];
  const tone = delta?.good === undefined ? "text-muted" : delta.good ? "text-success" : "text-danger";
  return (
    <div className={cx("panel flex min-w-0 flex-col gap-1 p-5", className)}>
      <p className="text-sm text-muted">{label}</p>
      <p className="truncate text-[1.75rem] leading-9 font-semibold tracking-tight tabular-nums">{value}</p>
      {(delta || hint) && (
        <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5 text-sm text-faint">
          {delta && Arrow && (
            <span className={cx("inline-flex items-center gap-0.5 font-medium tabular-nums", tone)}>
              <Arrow aria-hidden="true" className="size-4" />
              {delta.text}
            </span>
          )}
          {hint && <span>{hint}</span>}
        </p>
      )}
      {children && <div className="mt-3">{children}</div>}
    </div>
  );
}
