import { cx } from "./cx";

/** How far along, 0 to 1. `label` names it for screen readers; `valueText` says it in words ("1 200 ₴ to Gold"). */
export function Progress({
  value,
  label,
  valueText,
  className,
}: {
  value: number;
  label: string;
  valueText?: string;
  className?: string;
}) {
  const percent = Math.round(Math.min(1, Math.max(0, Number.isFinite(value) ? value : 0)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={valueText}
      className={cx("h-2 w-full overflow-hidden rounded-full bg-sunken", className)}
    >
      <div
        className="h-full rounded-full bg-brand transition-[width] duration-700 ease-out-soft"
        style={{ width: `${percent}%` }}
      />
    </div>
  );
}
