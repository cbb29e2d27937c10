import type { ReactNode } from "react";
import { cx } from "./cx";

/** Nothing here yet: what will be here, and what to do next. `icon`: a lucide icon element. */
export function EmptyState({
  icon,
  title,
  children,
  action,
  className,
}: {
  icon?: ReactNode;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
}) {
  return (
    <div className={cx("mx-auto flex max-w-md flex-col items-center px-6 py-12 text-center", className)}>
      {icon && (
        <span
          className="relative mb-5 grid size-16 place-items-center rounded-full bg-soft text-brand [&_svg]:size-7"
          aria-hidden="true"
        >
          {icon}
        </span>
      )}
      <div className="text-lg font-semibold tracking-tight">{title}</div>
      {children && <div className="mt-1.5 text-muted">{children}</div>}
      {action && <div className="mt-6 flex flex-wrap justify-center gap-3">{action}</div>}
    </div>
  );
}
