import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

const TONES = {
  plain: "bg-sunken text-muted",
  brand: "bg-soft text-brand",
  success: "bg-success-soft text-success",
  danger: "bg-danger-soft text-danger",
  warning: "bg-warning-soft text-warning",
  info: "bg-info-soft text-info",
} as const;
export type Tone = keyof typeof TONES;

/** One row of a timeline: what, how much, when and by whom, and what belongs to it underneath. */
export function TimelineLine({
  icon,
  tone = "plain",
  title,
  badge,
  facts,
  amount,
  menu,
  children,
}: {
  icon: ReactNode;
  tone?: Tone;
  title: ReactNode;
  badge?: ReactNode;
  /** When, where, by whom: said on one line. */
  facts: readonly ReactNode[];
  amount?: ReactNode;
  menu?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="relative flex items-start gap-3">
      <span
        aria-hidden="true"
        className={cx(
          "z-[1] grid size-9 shrink-0 place-items-center rounded-full ring-4 ring-surface [&_svg]:size-4.5",
          TONES[tone],
        )}
      >
        {icon}
      </span>
      <div className="min-w-0 flex-1 pt-0.5">
        <div className="flex items-start justify-between gap-3">
          <div className="min-w-0">
            <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
              <span className="min-w-0 wrap-anywhere">{title}</span>
              {badge}
            </p>
            <p className="text-sm text-faint wrap-anywhere">
              {facts
                .filter((fact) => Boolean(fact))
                .map((fact, index) => (
                  // A row's facts never change places.
                  // oxlint-disable-next-line react/no-array-index-key -- parts stand in their order and never move
                  <span key={index}>
                    {index > 0 && " · "}
                    {fact}
                  </span>
                ))}
            </p>
          </div>
          {(amount || menu) && (
            <div className="flex shrink-0 items-start gap-1 text-right">
              {amount}
              {menu}
            </div>
          )}
        </div>
        {children && <div className="mt-1.5 grid gap-1">{children}</div>}
      </div>
    </div>
  );
}
