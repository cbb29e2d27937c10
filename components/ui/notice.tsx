import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx";

const LOOKS = {
  info: { icon: Info, look: "bg-info-soft text-info" },
  success: { icon: CircleCheck, look: "bg-success-soft text-success" },
  warning: { icon: TriangleAlert, look: "bg-warning-soft text-warning" },
  danger: { icon: CircleAlert, look: "bg-danger-soft text-danger" },
} as const;

/** Something to know, in place. `live`: appears after the fact and is read out (errors at once, the rest politely). */
export function Notice({
  tone = "info",
  title,
  live = false,
  action,
  className,
  children,
}: {
  tone?: keyof typeof LOOKS;
  title?: ReactNode;
  live?: boolean;
  action?: ReactNode;
  className?: string;
  children?: ReactNode;
}) {
  const { icon: Icon, look } = LOOKS[tone];
  const role = !live ? undefined : tone === "danger" ? "alert" : "status";
  return (
    <div role={role} className={cx("flex items-start gap-3 rounded-lg px-4 py-3 text-sm", look, className)}>
      <Icon aria-hidden="true" className="mt-px size-4.5 shrink-0" />
      <div className="min-w-0 flex-1">
        {title && <p className="font-semibold">{title}</p>}
        {children && <div className={cx(title !== undefined && "mt-0.5", "text-ink")}>{children}</div>}
      </div>
      {action}
    </div>
  );
}
