import { cx } from "@/components/ui/cx";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Operation } from "@/lib/sales";

/** What an operation gave the member and what it took, in points; nothing when it did neither. */
export function PointsMoved({
  operation,
  f,
  className,
}: {
  operation: Pick<Operation, "kind" | "pointsEarned" | "pointsSpent">;
  f: Formats;
  className?: string;
}) {
  const { kind, pointsEarned, pointsSpent } = operation;
  // A refund gives back what was spent and takes back what was earned.
  const [gave, took] = kind === "refund" ? [pointsSpent, pointsEarned] : [pointsEarned, pointsSpent];
  if (gave === 0n && took === 0n) return null;
  return (
    <span className={cx("inline-flex gap-2 text-sm whitespace-nowrap tabular-nums", className)}>
      {gave > 0n && <span className="text-success">{f.pointsSigned(gave)}</span>}
      {took > 0n && <span className="text-muted">{f.pointsSigned(-took)}</span>}
    </span>
  );
}
